"""Pictures of plans and documents as JSON, and back: kept so that they can be read without being made again.
Pure."""

from base64 import b64decode, b64encode
from decimal import Decimal
from typing import Any

from cattrs.preconf.json import JsonConverter, make_converter
from cattrs.strategies import configure_tagged_union

from budgets.charts.shapes import Mark
from plans.document import Block, Document
from plans.picture import PlanPicture

TAG = "kind_of"


def document_to_json(document: Document) -> dict[str, Any]:
    """The document as JSON's own types; every field is written, those that have their ordinary value too."""
    data: dict[str, Any] = _CONVERTER.unstructure(document)
    return data


def document_from_json(data: dict[str, Any]) -> Document:
    """The document again. A field that came later than the data has its ordinary value."""
    return _CONVERTER.structure(data, Document)


def picture_to_json(picture: PlanPicture) -> dict[str, Any]:
    """All that a document says of a plan, as JSON's own types; amounts (SEK) are text."""
    data: dict[str, Any] = _CONVERTER.unstructure(picture)
    return data


def picture_from_json(data: dict[str, Any]) -> PlanPicture:
    """The picture again. A field that came later than the data has its ordinary value."""
    return _CONVERTER.structure(data, PlanPicture)


def _converter() -> JsonConverter:
    converter = make_converter(detailed_validation=False)
    converter.register_unstructure_hook(bytes, lambda content: b64encode(content).decode("ascii"))
    converter.register_structure_hook(bytes, lambda text, _: b64decode(text))
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))
    configure_tagged_union(Mark, converter, tag_name=TAG)
    configure_tagged_union(Block, converter, tag_name=TAG)
    return converter


_CONVERTER = _converter()
