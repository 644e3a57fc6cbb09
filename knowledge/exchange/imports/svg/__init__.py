"""Drawings (SVG) as PNG: what a drawing can do, such as run scripts, stays outside."""
