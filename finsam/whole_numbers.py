"""Whole numbers in addresses and forms, where anybody may write anything. Standard library only."""

DIGITS_OF_A_KEY = 18
"""As many fit in the primary keys of both databases."""


def whole_number(text: str, digits: int = DIGITS_OF_A_KEY) -> int | None:
    """The number that plain digits (0 to 9, at most `digits` of them) stand for; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
