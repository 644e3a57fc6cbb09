"""Signals to watch for, and common mistakes."""
