"""The blocks of a paste, written in the small vocabulary. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from plans.text.pasting.words import Signs, html_of


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    signs: Signs
    quoted: bool = False


@dataclass(frozen=True)
class ListItem:
    """What stands at a bullet or number. Items of the same `list` and level are one list; `level` from 1."""

    paragraphs: tuple[Signs, ...]
    list: str
    level: int
    ordered: bool = False


@dataclass(frozen=True)
class Cell:
    blocks: tuple["Block", ...]
    is_head: bool
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    in_head: bool = False


@dataclass(frozen=True)
class Grid:
    """A table."""

    caption: Signs
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Picture:
    """A picture, `tag` as the text names it."""

    tag: str


Block = Words | ListItem | Grid | Picture


def written(blocks: Iterable[Block]) -> str:
    """The blocks as HTML, each on a line: items after each other as lists, quoted paragraphs together."""
    return "\n".join(_lines(blocks))


def _lines(blocks: Iterable[Block]) -> list[str]:
    lines: list[str] = []
    for kind, group in groupby(blocks, key=_kind):
        if kind is ListItem:
            lines += _lists([block for block in group if isinstance(block, ListItem)])
            continue
        parts = [_part(block) for block in group]
        lines += [f"<blockquote>{''.join(parts)}</blockquote>"] if kind == "quoted" else parts
    return lines


def _kind(block: Block) -> object:
    return "quoted" if isinstance(block, Words) and block.quoted else type(block)


def _part(block: Block) -> str:
    if isinstance(block, Grid):
        return _grid(block)
    if isinstance(block, Picture):
        return block.tag
    return f"<p>{html_of(block.signs)}</p>" if isinstance(block, Words) else ""


def _within(paragraphs: Iterable[Signs]) -> str:
    """Paragraphs inside of an item or cell: one alone needs no element."""
    parts = [html_of(signs) for signs in paragraphs]
    return parts[0] if len(parts) == 1 else "".join(f"<p>{part}</p>" for part in parts)


# -- lists ---------------------------------------------------------------------------------------


@dataclass
class _List:
    name: str
    level: int
    ordered: bool
    entries: list["_Entry"] = field(default_factory=list)

    def html(self) -> str:
        tag = "ol" if self.ordered else "ul"
        return f"<{tag}>{''.join(entry.html() for entry in self.entries)}</{tag}>"


@dataclass
class _Entry:
    paragraphs: tuple[Signs, ...]
    lists: list[_List] = field(default_factory=list)

    def html(self) -> str:
        return f"<li>{_within(self.paragraphs)}{''.join(each.html() for each in self.lists)}</li>"


def _lists(items: list[ListItem]) -> list[str]:
    """The items as lists within each other; an item deeper than the one before is beneath it."""
    outermost: list[_List] = []
    open_lists: list[_List] = []
    for item in items:
        while open_lists and not _belongs(item, open_lists[-1]):
            open_lists.pop()
        if not open_lists or open_lists[-1].level < item.level:
            beneath = open_lists[-1].entries[-1].lists if open_lists else outermost
            beneath.append(_List(item.list, item.level, item.ordered))
            open_lists.append(beneath[-1])
        open_lists[-1].entries.append(_Entry(item.paragraphs))
    return [each.html() for each in outermost]


def _belongs(item: ListItem, to: _List) -> bool:
    """Whether an item goes on with a list, or beneath its last item."""
    if item.level == to.level:
        return item.list == to.name and item.ordered == to.ordered
    return item.level > to.level


# -- tables --------------------------------------------------------------------------------------


def _grid(grid: Grid) -> str:
    caption = f"<caption>{html_of(grid.caption)}</caption>" if grid.caption else ""
    parts = []
    for in_head, rows in groupby(grid.rows, key=lambda row: row.in_head):
        tag = "thead" if in_head else "tbody"
        parts.append(f"<{tag}>{''.join(map(_row, rows))}</{tag}>")
    return f"<table>{caption}{''.join(parts)}</table>"


def _row(row: Row) -> str:
    return f"<tr>{''.join(_cell(cell, row.in_head) for cell in row.cells)}</tr>"


def _cell(cell: Cell, in_head: bool) -> str:
    tag = "th" if cell.is_head or in_head else "td"
    spans = "".join(
        f' {name}="{count}"'
        for name, count in (("colspan", cell.columns), ("rowspan", cell.rows))
        if count > 1
    )
    if all(isinstance(block, Words) for block in cell.blocks):
        inner = _within(block.signs for block in cell.blocks if isinstance(block, Words))
    else:
        inner = "".join(_lines(cell.blocks))
    return f"<{tag}{spans}>{inner}</{tag}>"
