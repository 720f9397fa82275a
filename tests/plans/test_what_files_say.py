"""What a file says, read back from its bytes: the same whatever made it, another when a figure is."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

import pytest

from plans.render import pdf
from plans.verifying.differing import differences
from plans.verifying.saying import UnreadableFileError, said
from plans.versions import contents
from plans.versions.making import MadeVersion, made_version
from tests.plans import made_plans
from tests.services import pdf as pdf_reader

AT = datetime(2020, 11, 10, 12, tzinfo=UTC)
HEAD = contents.Head("norr", 2021, 1, "board", AT, "Karin Ek")
TEXT = "<p>" + "Verksamhetsutvecklingen samordningsförbundsövergripande. " * 200 + "</p>"


@cache
def small_version() -> MadeVersion:
    return made_version(made_plans.plan_of(made_plans.section("a", "Inledning", text=TEXT)), HEAD)


@cache
def other_version() -> MadeVersion:
    """With one amount changed."""
    plan = made_plans.plan_of(made_plans.section("a", "Inledning", text=TEXT))
    return made_version(made_plans.with_amount(plan, made_plans.OFFICE, 2, Decimal(999_999)), HEAD)


FIRST_CHANGED = {
    "budget_pdf": ("540 320", "999 999"),
    "budget_xlsx": ("540320", "999999"),
    "board_docx": ("2 849 320", "3 308 999"),  # which has the sums only
}


@pytest.mark.parametrize("kind", FIRST_CHANGED)
def test_one_other_amount_is_found_in_every_form(kind):
    form = kind.rpartition("_")[2]
    one, other = (said(form, made.files[kind]).words for made in (small_version(), other_version()))
    before, after = FIRST_CHANGED[kind]
    assert differences(one, other).startswith(f"”{before}” i filen, ”{after}” ur innehållet (efter ")
    assert differences(one, one) == ""


def test_a_pdf_says_what_another_reader_reads_in_it():
    data = small_version().files["budget_pdf"]
    read = pdf_reader.text(data).replace("\u00a0", " ").splitlines()
    amounts = [line for line in read if line.replace(" ", "").isdigit() and len(line) > 4]
    assert len(amounts) > 50
    words = said("pdf", data).words
    assert [amount for amount in amounts if amount not in words] == []


def test_lines_and_pages_that_break_elsewhere_say_the_same(monkeypatch):
    document = contents.read(small_version().content).documents["plan"]
    before = pdf.render(document)
    monkeypatch.setattr("plans.render.pdf.lines.hyphenations", lambda word: ())
    after = pdf.render(document)
    assert [page.split("\n") for page in pdf_reader.pages(before)] != [
        page.split("\n") for page in pdf_reader.pages(after)
    ]
    assert said("pdf", before).words == said("pdf", after).words
    assert said("pdf", before).library.startswith("ReportLab ")


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_what_is_no_such_file_is_refused(form):
    for content in (b"", b"%PDF-1.7 hej", b"PK\x03\x04" + b"\0" * 50):
        with pytest.raises(UnreadableFileError):
            said(form, content)


def test_what_differs_is_told_with_where_and_no_more_than_is_read():
    stored, again = (["Summa", "kostnader", "2021", amount, "kr"] for amount in ("1 000", "1 001"))
    where = "(efter ”Summa kostnader 2021”)"
    assert differences(stored, again) == f"”1 000” i filen, ”1 001” ur innehållet {where}."
    assert differences([], ["ett"]) == "inget i filen, ”ett” ur innehållet."
    many = [str(number) for number in range(20)]
    told = differences(many, [each if int(each) % 2 else "x" for each in many])
    assert told.endswith("; och 7 ställen till.")
