"""The portable form of an artifact: metadata and body as plain data that a person can edit.

The keys are those of the content files under fixtures/demo and of the JSON download.
"""
