"""The explanations of a document without who wrote them. What was frozen before 2026-11-22 tells that in its
rule report; what is frozen now does not. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from plans.document import Block, BulletList, Item, Span
from plans.versions.contents import ShownExplanation


def unsigned(block: Block, explanations: Iterable[ShownExplanation]) -> Block:
    """The block; where it tells of an explanation it says when that was written, and not by whom."""
    signed = {f" ({each.by}, {each.on})": f" ({each.on})" for each in explanations}
    return _list(block, signed) if isinstance(block, BulletList) and signed else block


def _list(block: BulletList, signed: dict[str, str]) -> BulletList:
    return replace(block, items=tuple(_item(each, signed) for each in block.items))


def _item(item: Item, signed: dict[str, str]) -> Item:
    return Item(
        tuple(_span(each, signed) for each in item.spans),
        tuple(_list(each, signed) for each in item.lists),
    )


def _span(span: Span, signed: dict[str, str]) -> Span:
    for signature, date in signed.items():
        if span.text.endswith(signature):
            return replace(span, text=span.text.removesuffix(signature) + date)
    return span
