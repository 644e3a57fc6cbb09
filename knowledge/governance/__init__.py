"""Moderation, versions, reviews, feedback: what keeps artifacts true."""
