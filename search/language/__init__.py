"""What words mean here: which the library knows, how they are written, what says the same.

``understanding.understand`` turns what was typed into what is looked for, the same for all engines.
"""
