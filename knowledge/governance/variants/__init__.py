"""Variants of a standard: derived from it, kept level with it, and tried before they become it."""
