"""No-break spaces between a number and what belongs to it: "8 kap.", "5 a §", "25 november", "4 324 kr",
"avsnitt 5.1"."""

import re

NO_BREAK_SPACE = "\u00a0"

MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
BELONGS_TO_NUMBER = re.compile(
    rf"(?<=\d) (?=(?:[a-z] )?§|kap\.|%|(?:procent|kronor|[tm]?kr|{MONTHS})\b)|(?<=\d [a-z]) (?=§)"
    r"|(?:(?<=(?<!\d)\d)|(?<=(?<!\d)\d{2})|(?<=(?<!\d)\d{3})) (?=\d{3}(?!\d))"
    r"|(?:(?<=§)|(?<=\b[Aa]vsnitt)) (?=\d)"
)


def unbreakable(text: str) -> str:
    """The text as long as before, with such spaces made no-break spaces."""
    return BELONGS_TO_NUMBER.sub(NO_BREAK_SPACE, text)
