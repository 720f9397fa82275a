"""No text that somebody typed is a formula in any file that a spreadsheet opens. Each text of a workbook is
tried in tests/budgets/exchange/test_workbook.py::test_a_text_is_never_a_formula; here is every address."""

import csv
import io
import re
from itertools import cycle
from zipfile import ZipFile

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat

from budgets.models import BudgetGroup, BudgetLine, PrintedTotal
from members.models import Appointment, Member, RoleKind, User
from projects.models import Financer, Project
from tests.plans.access_table import TABLE
from tests.security.scene import Scene

pytestmark = pytest.mark.django_db

STARTS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?[0-9][0-9 \u00a0]*([.,][0-9]+)?")
NAMES = (
    (BudgetGroup, "name"),
    (BudgetLine, "name"),
    (PrintedTotal, "name"),
    (Member, "name"),
    (Appointment, "person"),
    (Project, "name"),
    (Financer, "name"),
    (User, "name"),
)
"""What people have named, wherever it may end up."""


FORMULAS = ("=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1+1", '=HYPERLINK("http://evil.example")')


@pytest.fixture
def started(scene) -> Scene:
    """A federation where every name begins as a formula does."""
    for (model, field), formula in zip(NAMES, cycle(FORMULAS), strict=False):
        model.objects.update(**{field: Concat(Value(f"{formula} "), F(field))})
    return scene


def texts_of_csv(content: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    return [cell for row in rows for cell in row]


def assert_no_formula(content: bytes, name: str) -> None:
    dangerous = [each for each in texts_of_csv(content) if each.startswith(STARTS)]
    assert all(NUMBER.fullmatch(each) for each in dangerous), (name, dangerous)


def formulas_of_workbook(content: bytes) -> list[str]:
    with ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    return [found for sheet in sheets for found in re.findall(r"<f[ >].*?</f>", sheet)]


def test_no_file_makes_a_formula_of_a_name(started):
    client = started.client(RoleKind.DIRECTOR)
    tables = 0
    for name, row in TABLE.items():
        answer = client.get(row.at(name, started.here))
        kind = answer.get("Content-Type", "").partition(";")[0]
        if answer.status_code != 200 or kind in ("text/html", "application/pdf"):
            continue
        content = answer.getvalue() if answer.streaming else answer.content
        if kind == "text/csv":
            tables += 1
            assert_no_formula(content, name)
        elif kind == "application/zip":
            with ZipFile(io.BytesIO(content)) as archive:
                for each in archive.namelist():
                    if each.endswith(".csv"):
                        tables += 1
                        assert_no_formula(archive.read(each), each)
        elif "spreadsheetml" in kind:
            tables += 1
            formulas = formulas_of_workbook(content)
            assert formulas, name
            assert not [each for each in formulas if re.search("cmd|HYPERLINK|evil|[|]", each)], name
            assert not [each for each in formulas if re.search("Post [0-9]|Norr", each)], name
    assert tables >= 2
