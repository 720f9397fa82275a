"""How the rows of the workbook look. Pure."""

from typing import Any

from budgets.table import Row

ACCENT, RULE, QUIET = "#0B5563", "#7C848C", "#565D66"


def look(kind: str) -> dict[str, Any]:
    """How a row of each kind is set."""
    looks: dict[str, dict[str, Any]] = {
        "section": {
            "bold": True,
            "valign": "bottom",
            "font_color": ACCENT,
            "bottom": 1,
            "bottom_color": RULE,
        },
        "group": {"bold": True},
        "subgroup": {"bold": True},
        "part": {"italic": True, "font_color": QUIET},
        "subtotal": {"bold": True, "top": 1, "top_color": RULE},
        "total": {"bold": True, "top": 1, "top_color": RULE, "bottom": 6, "bottom_color": RULE},
        "key": {"bold": True},
        "limit": {"font_color": QUIET},
        "printed": {"font_color": QUIET},
    }
    return looks.get(kind, {})


def height(row: Row) -> float:
    """Room for the name and the note on as many lines as they take, in points."""
    name = -(-(len(row.label) + 2 * row.depth) // 44)
    note = -(-len(row.note) // 48)
    return 24 if row.kind == "section" else 15.75 * max(1, name, note)


def borders(look: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in look.items() if name.startswith(("top", "bottom"))}


def short(text: str) -> str:
    """A footer is at most 255 signs in all."""
    return text[:70]
