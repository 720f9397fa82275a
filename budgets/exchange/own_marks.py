"""The marks by which our own workbook is recognised when it comes back. Pure.

Row keys stand in the hidden first column and column keys in a hidden row, so that they follow what they
name wherever it is moved. A very hidden sheet keeps what every cell held when the file was made; so a
figure that was changed in the file is told from one that somebody has changed here since.
"""

FORMAT = "finsam-arbetsbok 1"
BUDGET, REMARKS, NOTES, ABOUT, KEEPER = "Budget", "Anmärkningar", "Noter", "Om", "Finsam"

LINE, PART, ROW = "post:", "varav:", "rad:"
"""In the first column: a line, a line that is part of another, and any other row."""
YEAR, NAMES, NOTE = "år:", "namn", "anmärkning"
"""In the hidden row."""
NEW = "ny:"
