"""Nothing of the four published plans is lost: the checklists were made by reading the originals, and are
held against what is read back from our PDF and Word files."""

import json
import re
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from django.conf import settings

from plans.compose import Kind
from plans.models import Plan
from plans.rendering import Format, written
from tests.loading import load
from tests.services import pdf
from tests.services.docx import WordFile

FEDERATIONS = ("lund", "landskrona-svalov", "skelleftea", "gotland")
FORMATS = (Format.PDF, Format.DOCX)
WHEN = datetime(2021, 11, 2, 13, 10, tzinfo=UTC)
PASSAGE = 900
"""Signs within which the words of one fact stand: a paragraph or two."""

files: dict[tuple[str, Format], bytes] = {}


def plain(text: str) -> str:
    """Text to compare: no case, no soft or odd hyphens, every space the same."""
    text = text.replace("\u00ad", "").replace("\u2011", "-")
    return re.sub(r"[\s\u00a0\u202f]+", " ", text).casefold()


@cache
def checklist(slug: str) -> dict[str, list[Any]]:
    file = settings.BASE_DIR / "tests" / "plans" / "checklists" / f"{slug}.json"
    return json.loads(file.read_bytes())


@pytest.fixture(params=[(slug, form) for slug in FEDERATIONS for form in FORMATS], ids="-".join)
def made(request, db) -> tuple[str, Format, bytes]:
    slug, form = request.param
    if (slug, form) not in files:
        federation, _ = load(settings.BASE_DIR / "fixtures" / slug)
        plan = Plan.objects.select_related("federation", "budget").get(federation=federation)
        for each in FORMATS:
            files[slug, each] = written(plan, Kind.PLAN, each, WHEN)
    return slug, form, files[slug, form]


def text_of(form: Format, content: bytes) -> str:
    if form is Format.PDF:
        return plain(pdf.text(content))
    word = WordFile(content)
    return plain("\n".join([*word.texts(), *word.notes().values()]))


def headings_of(form: Format, content: bytes) -> list[str]:
    """The sections' headings in order, with their numbers, without the document's title."""
    if form is Format.PDF:
        return [plain(title) for _, title, _ in pdf.outline(content)]
    return [plain(text) for _, text in WordFile(content).headings()]


def same(heading: str, found: str) -> bool:
    """An appendix is called what it was, whatever number it has; a long heading is only begun in the list."""
    return re.sub(r"^bilaga \d+: ", "", found).startswith(heading) or found.startswith(heading)


def together(text: str, words: list[str]) -> bool:
    """Whether all the words stand in one passage of the text."""
    first, *others = map(plain, words)
    return any(
        all(word in text[max(0, found.start() - PASSAGE) : found.end() + PASSAGE] for word in others)
        for found in re.finditer(re.escape(first), text)
    )


def test_the_headings_stand_in_the_order_of_the_original(made):
    slug, form, content = made
    wanted = [plain(heading) for heading in checklist(slug)["headings"]]
    found = iter(headings_of(form, content))
    missing = [heading for heading in wanted if not any(same(heading, each) for each in found)]
    assert not missing, f"missing, or out of order: {missing}"


@pytest.mark.parametrize("what", ["projects", "target_groups", "areas", "board", "appendices", "figures"])
def test_every_name_and_figure_is_there(made, what):
    slug, form, content = made
    text = text_of(form, content)
    missing = [each for each in checklist(slug)[what] if plain(each) not in text]
    assert not missing


@pytest.mark.parametrize("what", ["goals", "indicators", "activities", "facts"])
def test_every_fact_is_there(made, what):
    slug, form, content = made
    text = text_of(form, content)
    facts = [[each] if isinstance(each, str) else each for each in checklist(slug)[what]]
    missing = [words for words in facts if not together(text, words)]
    assert not missing


def test_published_faults_are_told_with_both_figures(made):
    slug, form, content = made
    text = text_of(form, content)
    told = text[text.rindex("om siffrorna i originalet") :]
    faults = checklist(slug)["faults"]
    assert faults
    assert not [each for each in faults if not together(told, [each["printed"], each["computed"]])]
