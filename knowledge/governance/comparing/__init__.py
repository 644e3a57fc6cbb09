"""What differs between two versions, in words and pieces that a reader understands.

Pure: it knows block definitions and their stored (JSON) values, and none of our models. What an id
stands for is told by the caller (``Names``), for the person who will read the result. The work is
bounded: a ``Budget`` is spent on fine differences, and when it is used up, texts are shown whole.
"""
