"""An artifact as a file: PDF, DOCX, Markdown, JSON; a section as a ZIP."""
