"""JSON that people read and compare: short lists and objects on one line, exact decimal numbers."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

LINE_LENGTH = 110


def dumps(value: object) -> str:
    """The value as indented JSON text ending in a newline.

    Decimals are written as exact numbers (150, 150.25), never through float.
    Raises TypeError for a type that JSON has no form for.
    """
    return _text(value, indent=0, prefix=0) + "\n"


def _text(value: object, indent: int, prefix: int) -> str:
    on_one_line = _compact(value)
    is_container = isinstance(value, Mapping | list | tuple)
    if not is_container or not value or indent + prefix + len(on_one_line) <= LINE_LENGTH - 1:
        return on_one_line
    inner = " " * (indent + 2)
    if isinstance(value, Mapping):
        rows = []
        for key, item in value.items():
            name = _scalar(str(key)) + ": "
            rows.append(inner + name + _text(item, indent + 2, len(name)))
        opening, closing = "{", "}"
    else:
        assert isinstance(value, Sequence)
        rows = [inner + _text(item, indent + 2, 0) for item in value]
        opening, closing = "[", "]"
    return opening + "\n" + ",\n".join(rows) + "\n" + " " * indent + closing


def _compact(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(str(k))}: {_compact(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_compact, value)) + "]"
    return _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return format(whole if whole == value else value.normalize(), "f")
    return json.dumps(value, ensure_ascii=False)
