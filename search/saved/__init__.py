"""Searches that people keep, and hear of when something new matches: by mail or in a feed reader.

What somebody is told is searched with the rights of that person at that moment.
"""
