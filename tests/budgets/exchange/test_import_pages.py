"""A budget table from a spreadsheet into the budget, by the pages a person uses."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from budgets.models import Amount, Budget, BudgetLine, Change, Import
from budgets.models.imports import KEPT
from budgets.reading import read_sheet
from members.models import Federation, Member, RoleKind
from tests.budgets.examples import fixture
from tests.budgets.exchange.tables import MEMBERS, SMALL, facts, gotland_rows, pasted, xlsx
from tests.budgets.made_sheets import stored
from tests.members.people import client_of, federation, reader, user, with_role
from tests.members.shown_page import Element, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def gotland() -> Federation:
    where = federation("gotland")
    for member in MEMBERS:
        Member.objects.create(federation=where, name=member.name, kind=member.kind)
    return where


@pytest.fixture
def empty(gotland: Federation) -> Budget:
    return Budget.objects.create(federation=gotland, plan_year=2021, unit="SEK")


@pytest.fixture
def client(gotland: Federation) -> Client:
    return reader(gotland)


START = "/gotland/budget/2021/las-in/"


def paste(client: Client, rows: Iterable[Iterable[Any]]) -> str:
    """Paste and go on to what the table means; the address of that page."""
    text = pasted([["" if cell is None else str(cell) for cell in row] for row in rows])
    return address(client.post(START, {"pasted": text}))


def upload(client: Client, data: bytes, name: str = "budget.xlsx") -> str:
    return address(client.post(START, {"file": SimpleUploadedFile(name, data)}))


def address(answer: HttpResponse) -> str:
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return urlsplit(answer["Location"]).path


def form_of(page: Element) -> dict[str, list[str]]:
    """What a browser would send of the page's own form, with no box ticked or button pressed."""
    form = next(each for each in page.all("form") if "fields" in each.attributes.get("class", ""))
    sent: dict[str, list[str]] = {}
    for field in form.all("input") + form.all("select") + form.all("textarea"):
        name = field.attributes.get("name", "")
        if field.tag == "select":
            options = field.all("option")
            chosen = [each for each in options if "selected" in each.attributes] or options[:1]
            sent[name] = [each.attributes["value"] for each in chosen]
        elif field.attributes.get("type") == "checkbox":
            if "checked" in field.attributes:
                sent.setdefault(name, []).append(field.attributes["value"])
        else:
            sent[name] = [field.attributes.get("value", field.text)]
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def go_on(client: Client, page: str, **changed: str) -> str:
    """Answer the page as it is shown, with something changed; where that leads."""
    return address(client.post(page, {**form_of(shown(client.get(page))), **changed}))


def test_gotlands_whole_budget_is_pasted_into_an_empty_one(client: Client, empty: Budget) -> None:
    preview = go_on(client, paste(client, gotland_rows()))
    budget_page = go_on(client, preview)

    assert budget_page == "/gotland/budget/2021/"
    real = fixture("gotland")
    assert sorted(facts(read_sheet(empty)), key=str) == sorted(facts(real), key=str)
    assert [c.kind for c in read_sheet(empty).columns] == ["budget", "budget", "plan", "plan"]
    assert read_sheet(empty).figures[1].closing == real.figures[1].closing
    change = Change.objects.get(budget=empty)
    assert change.action == Change.Action.IMPORT
    assert not Import.objects.exists()


def test_the_contributions_belong_to_their_members(client: Client, empty: Budget) -> None:
    go_on(client, go_on(client, paste(client, gotland_rows())))

    lines = BudgetLine.objects.filter(budget=empty, line_class="contribution")
    assert {line.name: line.member and line.member.name for line in lines} == {
        "Försäkringskassan": "Försäkringskassan",
        "Region Gotland": "Region Gotland",
    }


def test_every_printed_sum_of_gotlands_own_table_agrees(client: Client, empty: Budget) -> None:
    page = shown(client.get(go_on(client, paste(client, gotland_rows()))))

    agreeing = re.search(r"(\d+) summor stämmer", page.text)
    assert agreeing
    assert int(agreeing[1]) > 30
    assert not [h for h in page.all("th") if h.text == "I tabellen"]


def test_nothing_is_stored_before_it_is_confirmed(client: Client, empty: Budget) -> None:
    preview = go_on(client, paste(client, SMALL))
    shown(client.get(preview))

    assert not BudgetLine.objects.exists()
    assert not Change.objects.exists()


def test_a_wrong_printed_sum_is_shown_beside_ours(client: Client, empty: Budget) -> None:
    rows = [*SMALL[:-1], ("Summa kostnader", 900_000, 999_000)]
    page = shown(client.get(go_on(client, paste(client, rows))))

    row = next(row for row in page.all("tr") if row.text.startswith("Inklistrat!A9"))
    assert "999 000" in row.text
    assert "910 000" in row.text


def test_a_figure_that_cannot_be_read_stops_the_import_until_that_is_accepted(
    client: Client, empty: Budget
) -> None:
    rows = [*SMALL[:6], ("Kansli", "cirka tre", 310_000), *SMALL[7:]]
    preview = go_on(client, paste(client, rows))
    form = form_of(shown(client.get(preview)))

    refused = client.post(preview, form)
    assert "Inklistrat!B7" in shown(refused, 409).text
    assert not BudgetLine.objects.exists()

    assert client.post(preview, {**form, "accept": "1"}).status_code == 302
    assert not Amount.objects.filter(line__name="Kansli", year__year=2021).exists()
    assert Amount.objects.get(line__name="Kansli", year__year=2022).amount.amount == 310_000


def test_a_row_may_be_given_another_meaning(client: Client, empty: Budget) -> None:
    mapping = paste(client, SMALL)
    go_on(client, go_on(client, mapping, **{"row-7": "cost.board"}))

    assert BudgetLine.objects.get(name="Krami").line_class == "board"


def test_another_unit_multiplies_the_amounts(client: Client, empty: Budget) -> None:
    go_on(client, go_on(client, paste(client, SMALL), unit="kSEK"))

    assert Amount.objects.get(line__name="Krami", year__year=2021).amount.amount == 600_000_000


def test_the_head_row_may_be_pointed_out_and_the_rest_is_guessed_anew(client: Client, empty: Budget) -> None:
    rows = [("", "Utfall 2019", "Utfall 2020"), *SMALL]
    mapping = paste(client, rows)
    assert go_on(client, mapping, head_row="2", guess="1") == mapping

    years = [
        field.attributes["value"] for field in shown(client.get(mapping)).all("input", inputmode="numeric")
    ]
    assert years == ["2021", "2022"]


def test_a_year_that_is_no_year_stays_in_the_form_with_its_message(client: Client, empty: Budget) -> None:
    mapping = paste(client, SMALL)
    answer = client.post(mapping, {**form_of(shown(client.get(mapping))), "year-1-0": "i år"})

    page = shown(answer, 422)
    assert "Kolumn B: skriv ett år" in page.text
    assert page.one("input", name="year-1-0").attributes["value"] == "i år"


def test_if_the_budget_changes_meanwhile_the_preview_is_shown_again(client: Client, empty: Budget) -> None:
    preview = go_on(client, paste(client, SMALL))
    form = form_of(shown(client.get(preview)))
    Budget.objects.filter(pk=empty.pk).update(last_change=7)

    page = shown(client.post(preview, form), 409)
    assert "har ändrats sedan du granskade" in page.text
    assert not BudgetLine.objects.exists()
    assert go_on(client, preview) == "/gotland/budget/2021/"


def test_reading_the_same_table_again_changes_nothing(client: Client, empty: Budget) -> None:
    go_on(client, go_on(client, paste(client, gotland_rows())))
    preview = go_on(client, paste(client, gotland_rows()))

    page = shown(client.get(preview))
    assert "Det finns inget att läsa in" in page.text
    refused = client.post(preview, form_of(page))
    assert refused.status_code == 409
    assert Change.objects.count() == 1


def test_what_the_table_does_not_have_is_named_and_kept(client: Client, empty: Budget) -> None:
    go_on(client, go_on(client, paste(client, SMALL)))
    preview = go_on(client, paste(client, [row for row in SMALL if row[0] != "Krami"]))

    assert "Krami" in [item.text for item in shown(client.get(preview)).all("li")]
    assert BudgetLine.objects.filter(name="Krami").exists()


def test_a_workbook_of_another_program_is_read(client: Client, empty: Budget) -> None:
    go_on(client, go_on(client, upload(client, xlsx(*SMALL))))

    assert BudgetLine.objects.count() == 4
    assert Amount.objects.get(line__name="Kansli", year__year=2022).amount.amount == 310_000


def test_our_own_workbook_comes_back_with_what_was_changed_in_it(client: Client, gotland: Federation) -> None:
    budget = stored(fixture("gotland"), gotland)
    book = load(client.get("/gotland/budget/2021/excel/").content)
    row = row_of(book["Budget"], "JobbSam 3.0")
    book["Budget"].cell(row, 4).value = 2_300_000
    book["Budget"].cell(row, 2).value = "JobbSam 4.0"

    preview = upload(client, saved(book))
    assert preview.endswith("/granska/")
    assert go_on(client, preview) == "/gotland/budget/2021/"
    sheet = read_sheet(budget)
    line = next(line for line in sheet.lines if line.name == "JobbSam 4.0")
    assert line.amounts[1] == 2_300_000
    assert len(sheet.lines) == 25
    assert Change.objects.get(budget=budget).steps.count() == 2


def test_what_was_changed_on_both_sides_is_chosen_by_the_user(client: Client, gotland: Federation) -> None:
    budget = stored(fixture("gotland"), gotland)
    book = load(client.get("/gotland/budget/2021/excel/").content)
    Amount.objects.filter(line__name="Frukostmöten", year__year=2021).update(amount=41_000)
    book["Budget"].cell(row_of(book["Budget"], "Frukostmöten"), 4).value = 42_000
    preview = upload(client, saved(book))

    page = shown(client.get(preview))
    assert "41 000 kr" in page.text
    assert "42 000 kr" in page.text
    assert "Det finns inget att läsa in" in page.text
    place = page.one("input", name="taken").attributes["value"]
    assert place.startswith("Budget!D")

    chosen = shown(client.post(preview, {**form_of(page), "taken": place, "again": "1"}))
    assert client.post(preview, form_of(chosen)).status_code == 302
    assert next(li for li in read_sheet(budget).lines if li.name == "Frukostmöten").amounts[1] == 42_000


def load(data: bytes) -> Any:
    from io import BytesIO

    from openpyxl import load_workbook

    return load_workbook(BytesIO(data))


def saved(book: Any) -> bytes:
    """As Excel would save it: openpyxl forgets what the formulas come to, and nothing of ours needs it."""
    from io import BytesIO

    file = BytesIO()
    book.save(file)
    return file.getvalue()


def row_of(sheet: Any, name: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == name)


# -- who may, and for how long -----------------------------------------------------------------------


def test_somebody_elses_import_is_not_shown(client: Client, gotland: Federation, empty: Budget) -> None:
    mapping = paste(client, SMALL)
    colleague = client_of(with_role(gotland, RoleKind.ADMINISTRATOR))

    assert colleague.get(mapping).status_code == 302
    assert colleague.get(f"{mapping}granska/").status_code == 302


def test_an_import_is_forgotten_after_a_day(client: Client, empty: Budget) -> None:
    mapping = paste(client, SMALL)
    Import.objects.update(made_at=timezone.now() - KEPT)

    assert client.get(mapping, follow=True).redirect_chain == [(f"{START}?enhet=kr", 302)]
    paste(client, SMALL)
    assert Import.objects.count() == 1


@pytest.mark.parametrize("path", ["las-in/", "excel/", "csv/"])
def test_only_editors_get_files_in_and_out(path: str, gotland: Federation, empty: Budget) -> None:
    address = f"/gotland/budget/2021/{path}"

    assert client_of(user()).get(address).status_code == 404
    assert client_of(with_role(gotland, RoleKind.OBSERVER)).get(address).status_code == 403
    assert reader(gotland).get(address).status_code == 200


def test_looking_changes_nothing(client: Client, empty: Budget) -> None:
    mapping = paste(client, SMALL)
    before = list(Import.objects.values())
    for page in (START, mapping, f"{mapping}granska/"):
        assert client.get(page).status_code == 200

    assert list(Import.objects.values()) == before


def test_a_closed_budget_takes_nothing_in(client: Client, empty: Budget) -> None:
    preview = go_on(client, paste(client, SMALL))
    form = form_of(shown(client.get(preview)))
    Budget.objects.update(is_open=False)

    assert "stängd" in shown(client.post(preview, form), 409).text
    assert "stängd" in shown(client.post(START, {"pasted": "a\t2021\nb\t1"}), 422).text
    assert not BudgetLine.objects.exists()


def test_our_workbook_of_another_budget_is_read_as_any_table(client: Client, gotland: Federation) -> None:
    budget = stored(fixture("gotland"), gotland)
    data = client.get("/gotland/budget/2021/excel/").content
    budget.delete()
    empty = Budget.objects.create(federation=gotland, plan_year=2021, unit="SEK")

    mapping = upload(client, data)
    assert not mapping.endswith("/granska/")
    go_on(client, go_on(client, mapping))
    assert sorted(facts(read_sheet(empty)), key=str) == sorted(facts(fixture("gotland")), key=str)


def test_our_csv_file_is_read_as_any_table(client: Client, gotland: Federation) -> None:
    budget = stored(fixture("gotland"), gotland)
    data = client.get("/gotland/budget/2021/csv/").content
    budget.delete()
    empty = Budget.objects.create(federation=gotland, plan_year=2021, unit="SEK")

    go_on(client, go_on(client, upload(client, data, "budget.csv")))
    assert sorted(facts(read_sheet(empty)), key=str) == sorted(facts(fixture("gotland")), key=str)


def test_a_refused_file_is_said_on_the_page(client: Client, empty: Budget) -> None:
    answer = client.post(START, {"file": SimpleUploadedFile("b.xlsx", b"PK" + bytes(6_000_000))})

    assert "6,0 MB" in shown(answer, 422).one(css="message").text
    assert not Import.objects.exists()
