"""How much of a file somebody sends is read, and the sentence that says no. Pure.

The limits are judged before a file is unpacked or parsed, and again by the process that parses it.
"""

MAX_UPLOAD = 5_000_000
"""Bytes of a file, and of pasted text."""
MAX_UNPACKED = 50_000_000
"""Bytes of all parts of an unpacked workbook together."""
MAX_PARTS = 2_000
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_CELLS = 250_000
"""Cells with something in them, in the whole file."""
MAX_TEXT = 2_000
"""Signs kept of one cell."""
MAX_SECONDS = 20
MAX_MEMORY = 1_500_000_000
"""Address space of the process that parses, bytes."""


class UnreadableTableError(Exception):
    """A file or a text that cannot be read as a table; the message is a Swedish sentence for the user."""


def megabytes(size: int) -> str:
    """A size as people say it: 52 MB, 0,4 MB."""
    return (
        f"{size / 1_000_000:.0f} MB" if size >= 10_000_000 else f"{size / 1_000_000:.1f} MB".replace(".", ",")
    )


def check_size(size: int) -> None:
    """Raises UnreadableTableError when a file or a text is larger than is read."""
    if size > MAX_UPLOAD:
        raise UnreadableTableError(
            f"Filen är {megabytes(size)}. Högst {megabytes(MAX_UPLOAD)} läses in; en budget brukar "
            "vara mindre "
            "än 0,1 MB. Spara bara bladet med budgeten i en egen fil."
        )
