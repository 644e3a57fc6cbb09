"""PDF by typst: ``nodes`` turns our Markdown into data, ``document.typ`` sets the data."""
