"""The form of the file: one part per table with a line of JSON per row, one part per file, and a manifest."""

FORM = "finsam-federation-1"
KIND = "ett förbund"
LOGOTYPE = "logotype"
LARGEST = 16 * 1024**3
"""Bytes unpacked: twenty years with ten versions each are about two GB."""
LONGEST_LINE = 128 * 1024**2
"""Bytes: the content of a version with many pictures is some ten MB."""


def rows_part(label: str) -> str:
    """The part with the rows of a model."""
    return f"rows/{label}.jsonl"


def file_part(sha256: str) -> str:
    """The part with a file, called by its SHA-256: the same bytes are there once."""
    return f"files/{sha256}"
