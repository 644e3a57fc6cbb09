"""What people search for and whether they find it, without knowing who they are (docs/adr/0009).

``recording`` notes searches, ``selectors`` read them, ``admin`` shows them. Nothing else of search
knows of this app but the one line that announces a page of results.
"""
