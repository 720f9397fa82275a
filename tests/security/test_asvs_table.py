"""docs/asvs.md has every requirement of ASVS 5.0.0 at levels 1 and 2 once, and names tests that exist."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

DOCUMENT = settings.BASE_DIR / "docs" / "asvs.md"
NUMBERS = Path(__file__).parent / "asvs_numbers.txt"
"""Every number at levels 1 and 2; 1.2.1-9 stands for nine of them."""
NUMBER = re.compile(r"\b\d+\.\d+\.\d+\b")
TEST = re.compile(r"`(tests/[\w/]*test_\w+\.py)(?:::(\w+))?`")


def all_numbers() -> list[str]:
    found = []
    for each in NUMBERS.read_text().split():
        first, _, last = each.partition("-")
        section, number = first.rsplit(".", 1)
        found += [f"{section}.{n}" for n in range(int(number), int(last or number) + 1)]
    return found


def sections() -> dict[str, str]:
    """The text under each heading of the document."""
    parts = re.split(r"^## (.+)$", DOCUMENT.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def numbers_of_rows(text: str) -> list[str]:
    return re.findall(r"^\| (\d+\.\d+\.\d+) \|", text, flags=re.MULTILINE)


def test_levels_one_and_two_have_as_many_as_the_standard_says():
    assert len(all_numbers()) == len(set(all_numbers())) == 253


def test_every_number_stands_in_one_place():
    listed: list[str] = []
    for heading, text in sections().items():
        if heading == "Gäller inte":
            listed += NUMBER.findall(text)
        else:
            listed += numbers_of_rows(text)
    assert [number for number, times in Counter(listed).items() if times > 1] == []
    assert set(all_numbers()) - set(listed) == set()
    assert set(listed) - set(all_numbers()) == set()


def test_every_row_stands_in_its_own_chapter():
    for heading, text in sections().items():
        if chapter := re.match(r"V(\d+) ", heading):
            assert {number.split(".")[0] for number in numbers_of_rows(text)} == {chapter[1]}, heading


@pytest.mark.parametrize(("file", "name"), sorted(set(TEST.findall(DOCUMENT.read_text()))))
def test_every_test_that_is_named_exists(file, name):
    text = (settings.BASE_DIR / file).read_text()
    assert re.search(rf"^(async )?def {name or 'test_'}{'[(]' if name else ''}", text, flags=re.MULTILINE)


def test_every_row_says_what_it_is_and_how_it_is_met():
    for text in sections().values():
        for row in re.findall(r"^\| \d+\.\d+\.\d+ \|.*$", text, flags=re.MULTILINE):
            cells = [each.strip() for each in row.strip("|").split("|")]
            assert all(cells[1:3]), row


def test_every_link_within_the_document_leads_somewhere():
    text = DOCUMENT.read_text()
    headings = {
        re.sub(r"[^\w -]", "", each.lower()).strip().replace(" ", "-")
        for each in re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    }
    assert set(re.findall(r"\(#([^)]+)\)", text)) <= headings
    for address in re.findall(r"\]\(([^)#:]+)[^):]*\)", text):
        assert (DOCUMENT.parent / address).exists(), address
