"""`manage.py check_budget`: what it prints of good, wrong and unreadable files, and how it exits."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.budgets.examples import FILES

PROJECT = Path(__file__).parents[2]

CLEAN: dict[str, Any] = {
    "federation": "Samordningsförbundet Exempel",
    "unit": "SEK",
    "years": [
        {"year": 2024, "kind": "outcome"},
        {"year": 2025, "kind": "budget"},
        {"year": 2026, "kind": "plan"},
        {"year": 2027, "kind": "plan"},
    ],
    "lines": [
        {
            "section": "income",
            "name": "Försäkringskassan",
            "amounts": [1000000, 1000000, 1000000, 1000000],
            "member_kind": "state",
        },
        {
            "section": "income",
            "name": "Regionen",
            "amounts": [500000, 500000, 500000, 500000],
            "member_kind": "region",
        },
        {
            "section": "income",
            "name": "Kommunen",
            "amounts": [500000, 500000, 500000, 500000],
            "member_kind": "municipality",
        },
        {"section": "opening_equity", "name": "Sparat", "amounts": [200000, None, None, None]},
        {
            "section": "cost",
            "name": "Kansli",
            "amounts": [300000, 300000, 300000, 300000.5],
            "class": "administration",
        },
        {"section": "cost", "name": "Insatser", "amounts": [1699000, 1699000, 1699000, 1699000]},
    ],
    "totals": [
        {"name": "Summa kostnader", "sections": ["cost"], "printed": [1999000, 1999000, 1999000, 1999000.5]}
    ],
}


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str

    @property
    def files(self) -> list[dict[str, Any]]:
        files = json.loads(self.out, parse_float=Decimal)["files"]
        assert isinstance(files, list)
        return files


def check_budget(*arguments: object) -> Run:
    """Runs without access to any database: a test that is not marked for one gets none."""
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("check_budget", *map(str, arguments), stdout=out, stderr=err, no_color=True)
    assert isinstance(exit_.value.code, int)
    return Run(exit_.value.code, out.getvalue(), err.getvalue())


def in_json(*arguments: object) -> Run:
    return check_budget(*arguments, "--format", "json")


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return written(tmp_path / "ren.json", CLEAN)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return written(tmp_path / "trasig.json", {**CLEAN, "unit": "EUR"})


def written(file: Path, data: object) -> Path:
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


# -- parts of lines ----------------------------------------------------------------------------------

PART = {"section": "cost", "name": "löner", "amounts": [200000, None, 250000, 0], "part_of": 4, "group": "X"}


def test_a_part_stands_marked_under_its_line_and_changes_nothing_else_in_the_text(clean, tmp_path):
    with_part = check_budget(written(tmp_path / "del.json", {**CLEAN, "lines": [*CLEAN["lines"], PART]}))
    plain = check_budget(clean)

    rows = with_part.out.splitlines()
    [place] = [place for place, row in enumerate(rows) if "löner" in row]
    assert rows[place].split() == ["varav", "löner", "200", "000", "250", "000", "0"]
    assert rows[place - 1].split()[0] == "Kansli"
    assert len(rows[place]) - len(rows[place].lstrip()) > len(rows[place - 1]) - len(rows[place - 1].lstrip())
    assert [row.split() for row in rows[1:place] + rows[place + 1 :]] == [
        row.split() for row in plain.out.splitlines()[1:]
    ]


def test_a_part_is_named_with_its_line_in_json_and_changes_nothing_else(clean, tmp_path):
    lines = [{**PART, "part_of": 5}, *CLEAN["lines"]]
    [with_part] = in_json(written(tmp_path / "del.json", {**CLEAN, "lines": lines})).files
    [plain] = in_json(clean).files

    assert plain.pop("parts") == []
    assert with_part.pop("parts") == [
        {"line": 0, "name": "löner", "part_of": 5, "whole": "Kansli", "amounts": [200000, None, 250000, 0]}
    ]
    assert {**with_part, "file": ""} == {**plain, "file": ""}


# -- exit codes --------------------------------------------------------------------------------------


def test_a_clean_file_exits_with_0(clean):
    run = check_budget(clean)

    assert (run.code, run.err) == (0, "")
    assert "Tryckta summor som inte stämmer (tolerans 0 kr): inga" in run.out
    assert "Anmärkningar: inga" in run.out


def test_notices_alone_exit_with_0(tmp_path):
    lines = [*CLEAN["lines"], {"section": "income", "name": "Gåva", "amounts": [0, 1, 0, 0]}]
    run = in_json(written(tmp_path / "gåva.json", {**CLEAN, "lines": lines}))

    assert {finding["severity"] for finding in run.files[0]["findings"]} == {"notice"}
    assert run.code == 0


@pytest.mark.parametrize("federation", FILES)
def test_each_of_the_five_documents_has_something_wrong(federation):
    assert check_budget(FILES[federation]).code == 1


def test_an_unreadable_file_exits_with_2_and_is_named_with_place_and_fault(broken):
    run = check_budget(broken)

    assert run.code == 2
    assert run.err == f"{broken}: unit: ”EUR” ska vara något av SEK, kSEK.\n"
    assert run.out == ""


def test_the_worst_file_decides_and_every_other_is_still_reported(clean, broken):
    run = check_budget(FILES["lund"], broken, clean)

    assert run.code == 2
    assert "Lunds samordningsförbund" in run.out
    assert "Samordningsförbundet Exempel" in run.out
    assert str(broken) in run.err


def test_a_clean_file_after_one_with_remarks_does_not_change_the_code(clean):
    assert check_budget(FILES["lund"], clean).code == 1
    assert check_budget(clean, FILES["lund"]).code == 1


def test_no_file_at_all_is_a_mistake_in_the_call():
    with pytest.raises(CommandError):
        call_command("check_budget")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tom.json", b"", "Filen är tom."),
        ("utf16.json", "{}".encode("utf-16"), "Filen är inte UTF-8-text (byte 1). Spara om den som UTF-8."),
        ("ord.json", b"Hej", "rad 1, tecken 1: Filen är inte giltig JSON."),
        ("tal.json", b'{"unit": 1e999999999}', "unit: 1E+999999999 ska vara något av SEK, kSEK."),
        ("surrogat.json", b'{"unit": "\\ud800"}', "unit: ”\ufffd” ska vara något av SEK, kSEK."),
    ],
)
def test_a_file_with_something_else_in_it(tmp_path, name, content, said):
    file = tmp_path / name
    file.write_bytes(content)

    run = check_budget(file)

    assert (run.code, run.err, run.out) == (2, f"{file}: {said}\n", "")


def test_a_huge_amount_is_named_and_the_other_files_still_reported(tmp_path, clean):
    file = written(tmp_path / "stor.json", CLEAN)
    file.write_text(file.read_text().replace("1699000,", "1e999999999,", 1))

    run = check_budget(file, clean)

    assert run.code == 2
    place = "lines[5] (”Insatser”).amounts[0]"
    assert run.err == f"{file}: {place}: Beloppet är större än tusen miljarder kronor.\n"
    assert "Anmärkningar: inga" in run.out


def test_a_file_that_is_not_there(tmp_path):
    run = check_budget(tmp_path / "borta.json")

    assert (run.code, run.err) == (2, f"{tmp_path / 'borta.json'}: Filen finns inte.\n")


def test_a_directory(tmp_path):
    run = check_budget(tmp_path)

    assert (run.code, run.err) == (2, f"{tmp_path}: Det är en mapp, inte en fil.\n")


def test_a_name_that_no_file_can_have():
    run = check_budget("a\0b.json")

    assert (run.code, run.err) == (2, "a\ufffdb.json: Filen går inte att läsa (ogiltigt filnamn).\n")


def test_a_file_name_that_is_not_utf_8(tmp_path):
    file = tmp_path / os.fsdecode(b"plan-\xe5r.json")
    written(file, CLEAN)

    run = in_json(file)

    assert run.code == 0
    assert run.files[0]["file"] == f"{tmp_path}/plan-\ufffdr.json"


def test_a_byte_order_mark_is_fine(tmp_path):
    file = tmp_path / "bom.json"
    file.write_text(json.dumps(CLEAN), encoding="utf-8-sig")

    assert check_budget(file).code == 0


# -- JSON --------------------------------------------------------------------------------------------


def test_the_report_as_json(clean):
    [report] = in_json(clean).files

    assert report == {
        "file": str(clean),
        "federation": "Samordningsförbundet Exempel",
        "plan_year": 2025,
        "unit": "SEK",
        "tolerance": 0,
        "years": [
            {"year": 2024, "kind": "outcome", "label": "", "from": "2024-01-01", "to": "2024-12-31"},
            {"year": 2025, "kind": "budget", "label": "", "from": "2025-01-01", "to": "2025-12-31"},
            {"year": 2026, "kind": "plan", "label": "", "from": "2026-01-01", "to": "2026-12-31"},
            {"year": 2027, "kind": "plan", "label": "", "from": "2027-01-01", "to": "2027-12-31"},
        ],
        "totals": {
            "income": [2_000_000] * 4,
            "contributions": [2_000_000] * 4,
            "costs": [1_999_000, 1_999_000, 1_999_000, Decimal("1999000.5")],
            "administration": [300_000, 300_000, 300_000, Decimal("300000.5")],
            "result": [1_000, 1_000, 1_000, Decimal("999.5")],
            "opening": [200_000, 201_000, 202_000, 203_000],
            "closing": [201_000, 202_000, 203_000, Decimal("203999.5")],
            "funds_available": [2_200_000, 2_201_000, 2_202_000, 2_203_000],
        },
        "parts": [],
        "equity": [
            _equity(2024, "outcome", 200_000, 1_000, 201_000),
            _equity(2025, "budget", 201_000, 1_000, 202_000),
            _equity(2026, "plan", 202_000, 1_000, 203_000),
            _equity(2027, "plan", 203_000, Decimal("999.5"), Decimal("203999.5")),
        ],
        "discrepancies": [],
        "findings": [],
        "unknown_keys": [],
    }


def _equity(year: int, kind: str, opening: int, result: object, closing: object) -> dict[str, object]:
    """On contributions of 2 mkr the limits are 400 000 and 140 000."""
    return {
        "year": year,
        "kind": kind,
        "opening": opening,
        "result": result,
        "closing": closing,
        "base": 2_000_000,
        "highest": 400_000,
        "lowest": 140_000,
    }


def test_discrepancies_as_json_are_in_kronor():
    [report] = in_json(FILES["lund"]).files

    assert report["discrepancies"] == [
        _discrepancy("Summa intäkter", 2018, "plan", 7_000_000, 6_650_000, 350_000),
        _discrepancy("Summa intäkter", 2019, "plan", 7_000_000, 6_650_000, 350_000),
        _discrepancy("Medel till förfogande", 2016, "forecast", 2_000_000, 2_072_000, -72_000),
        _discrepancy("Medel till förfogande", 2017, "budget", 2_600_000, 2_725_000, -125_000),
    ]


def _discrepancy(
    total: str, year: int, kind: str, printed: int, computed: int, difference: int
) -> dict[str, object]:
    return {
        "total": total,
        "year": year,
        "kind": kind,
        "printed": printed,
        "computed": computed,
        "difference": difference,
    }


def test_a_finding_as_json():
    findings = in_json(FILES["lund"]).files[0]["findings"]

    assert findings[0] == {
        "code": "EQUITY_HIGH",
        "severity": "warning",
        "year": 2017,
        "kind": "budget",
        "message": "Utgående eget kapital 2017 är 2 725 tkr, 1 325 tkr över högsta nivån 1 400 tkr "
        "(20 % av medlemsbidragen 7 000 tkr). Nationella rådet 2013-10-02.",
        "figures": {
            "closing": 2_725_000,
            "highest": 1_400_000,
            "difference": 1_325_000,
            "base": 7_000_000,
            "steps": [[7_000_000, 20]],
        },
        "reference": "Nationella rådet 2013-10-02",
    }
    assert [(each["code"], each["year"]) for each in findings] == [
        ("EQUITY_HIGH", 2017),
        ("EQUITY_HIGH", 2018),
        ("EQUITY_HIGH", 2019),
        ("EQUITY_CHAIN", 2017),
        ("SHARES", 2018),
        ("SHARES", 2019),
        ("PRINTED_TOTAL", 2018),
        ("PRINTED_TOTAL", 2019),
        ("PRINTED_TOTAL", 2016),
        ("PRINTED_TOTAL", 2017),
    ]


def test_a_finding_on_the_whole_plan_has_no_year():
    [report] = in_json(FILES["landskrona-svalov"]).files

    [horizon] = [each for each in report["findings"] if each["code"] == "HORIZON"]
    assert (horizon["severity"], horizon["year"], horizon["kind"]) == ("error", None, None)
    assert horizon["figures"] == {"first_year": 2009, "last_year": 2011, "missing": [2011]}


def test_a_year_within_the_limits_is_listed_with_them():
    [report] = in_json(FILES["skelleftea"]).files

    assert report["equity"] == [
        {
            "year": 2014,
            "kind": "budget",
            "opening": 2_814_000,
            "result": -2_015_000,
            "closing": 799_000,
            "base": 6_028_000,
            "highest": 1_205_600,
            "lowest": 421_960,
        }
    ]


def test_what_is_not_known_is_null():
    totals = in_json(FILES["skelleftea"]).files[0]["totals"]

    assert totals["income"] == [6_142_000, None, None]
    assert totals["result"] == [-2_015_000, None, None]
    assert totals["closing"] == [799_000, None, None]
    assert totals["opening"] == [2_814_000, 799_000, None]


def test_a_year_before_the_recommendation_has_no_limits():
    [report] = in_json(FILES["landskrona-svalov"]).files

    assert [
        (each["year"], each["closing"], each["highest"], each["lowest"]) for each in report["equity"]
    ] == [
        (2009, 4_982_000, None, None),
        (2010, 0, None, None),
    ]
    assert report["years"][0] == {
        "year": 2009,
        "kind": "budget",
        "label": "",
        "from": "2009-09-01",
        "to": "2009-12-31",
    }


def test_equity_of_introduktion_and_gotland():
    introduktion, gotland = in_json(FILES["introduktion"], FILES["gotland"]).files

    assert [
        (each["result"], each["closing"], each["highest"], each["lowest"]) for each in introduktion["equity"]
    ] == [
        (-1_580_000, 2_145_000, 2_150_000, 740_000),
        (-882_000, 1_263_000, 2_150_000, 740_000),
        (-1_946_000, -683_000, 2_150_000, 740_000),
    ]
    assert [each["code"] for each in introduktion["findings"] if each["severity"] == "error"] == [
        "EQUITY_NEGATIVE"
    ]
    assert gotland["equity"][0]["result"] == -542_000
    assert len(gotland["discrepancies"]) == 9
    assert "SHARES" not in [each["code"] for each in gotland["findings"]]


def test_unreadable_files_are_listed_in_json_in_their_place(clean, broken, tmp_path):
    run = in_json(broken, clean, tmp_path / "borta.json")

    assert run.code == 2
    first, second, third = run.files
    assert first == {
        "file": str(broken),
        "error": "”EUR” ska vara något av SEK, kSEK.",
        "where": "unit",
    }
    assert second["federation"] == "Samordningsförbundet Exempel"
    assert third == {"file": str(tmp_path / "borta.json"), "error": "Filen finns inte.", "where": ""}


def test_unknown_keys_are_named(tmp_path):
    data = {**CLEAN, "colour": 1, "years": [{**year, "tax": 2} for year in CLEAN["years"]]}
    file = written(tmp_path / "okänt.json", data)

    assert in_json(file).files[0]["unknown_keys"] == [
        "years[0].tax",
        "years[1].tax",
        "years[2].tax",
        "years[3].tax",
        "colour",
    ]
    assert "Okända nycklar, förbigångna: years[0].tax, " in check_budget(file).out


# -- tolerance ---------------------------------------------------------------------------------------


def test_a_tolerance_drops_what_is_within_it_and_nothing_else():
    run = in_json(FILES["lund"], "--tolerance", "72000")

    assert run.code == 1
    [report] = run.files
    assert report["tolerance"] == 72_000
    assert [(each["year"], each["difference"]) for each in report["discrepancies"]] == [
        (2018, 350_000),
        (2019, 350_000),
        (2017, -125_000),
    ]
    assert [each["year"] for each in report["findings"] if each["code"] == "PRINTED_TOTAL"] == [
        2018,
        2019,
        2017,
    ]
    assert [each["year"] for each in report["findings"] if each["code"] == "EQUITY_CHAIN"] == [2017]


def test_a_tolerance_a_krona_too_small_drops_nothing():
    [report] = in_json(FILES["lund"], "--tolerance", "71999").files

    assert len(report["discrepancies"]) == 4


def test_a_tolerance_of_nothing_is_the_same_as_none():
    assert check_budget(FILES["lund"], "--tolerance", "0") == check_budget(FILES["lund"])


def test_a_tolerance_may_make_a_file_clean(tmp_path):
    printed = [1_999_001, 1_998_999, 1_999_000, 1_999_000]
    totals = [{"name": "Summa kostnader", "sections": ["cost"], "printed": printed}]
    file = written(tmp_path / "nästan.json", {**CLEAN, "totals": totals})

    assert check_budget(file).code == 1
    assert check_budget(file, "--tolerance", "0,99").code == 1
    assert check_budget(file, "--tolerance", "1").code == 0


def test_two_totals_with_the_same_name_and_figure_are_told_apart(tmp_path):
    """One differs by 1 kr and passes, the other by 300 000 kr and is both listed and warned of."""
    totals = [
        {"name": "Summa", "names": ["Kansli", "Insatser"], "printed": [None, 1_999_001, None, None]},
        {"name": "Summa", "names": ["Insatser"], "printed": [None, 1_999_001, None, None]},
    ]
    file = written(tmp_path / "lika.json", {**CLEAN, "totals": totals})

    [report] = in_json(file, "--tolerance", "1").files

    assert [each["difference"] for each in report["discrepancies"]] == [300_001]
    assert [each["figures"]["difference"] for each in report["findings"]] == [300_001]


@pytest.mark.parametrize("wrong", ["-1", "NaN", "Infinity", "mycket", ""])
def test_a_tolerance_that_is_no_amount_is_refused(clean, wrong):
    with pytest.raises(CommandError, match="är inget belopp i kronor, noll eller mer"):
        call_command("check_budget", str(clean), f"--tolerance={wrong}")


# -- text --------------------------------------------------------------------------------------------


def test_the_report_as_text_has_the_sheet_the_discrepancies_and_the_findings():
    out = check_budget(FILES["lund"]).out

    for expected in (
        "budget-2017.json: Lunds samordningsförbund\n",
        "2016 prognos  2017 budget  2018 plan  2019 plan\n",
        "  Summa intäkter                                6 300        7 000      6 650      6 650\n",
        "  Resultat                                       −100          725      1 850      2 450\n",
        "  Ingående eget kapital (Sparade medel)         2 172        2 000      2 725      4 575\n",
        "  Utgående eget kapital                         2 072        2 725      4 575      7 025\n",
        "Tryckta summor som inte stämmer (tolerans 0 kr): 4\n",
        "  2016 Medel till förfogande: tryckt 2 000 tkr, raderna ger 2 072 tkr, skillnad −72 tkr\n",
        "Anmärkningar: 10\n",
        "  varning     EQUITY_HIGH           Utgående eget kapital 2017 är 2 725 tkr, 1 325 tkr över högsta "
        "nivån 1 400 tkr (20 % av medlemsbidragen 7 000 tkr). Nationella rådet 2013-10-02.\n",
    ):
        assert expected in out
    assert "\u00a0" not in out


def test_a_budget_in_kronor_is_reported_in_kronor(clean):
    out = check_budget(clean).out

    assert "  kr " in out
    assert "2024 utfall  2025 budget  2026 plan    2027 plan\n" in out
    assert "  Summa kostnader                   1 999 000    1 999 000  1 999 000  1 999 000,5\n" in out


def test_columns_of_the_same_year_and_kind_are_told_apart_in_the_text(tmp_path):
    data = {
        "unit": "SEK",
        "years": [
            {"year": 2020, "kind": "budget", "from": "2020-01-01", "to": "2020-08-31"},
            {"year": 2020, "kind": "budget", "from": "2020-09-01", "to": "2020-12-31", "label": "ändrad"},
        ],
        "lines": [],
    }

    out = check_budget(written(tmp_path / "delar.json", data)).out

    assert "januari–augusti" in out
    assert "ändrad" in out


def test_a_budget_without_a_name_lines_or_plan_is_reported_too(tmp_path):
    data = {"unit": "kSEK", "years": [{"year": 2019, "kind": "outcome"}], "lines": []}
    file = written(tmp_path / "liten.json", data)

    run = check_budget(file)

    assert run.code == 0
    assert run.out.startswith(f"{file}: namnlöst förbund\n")
    assert in_json(file).files[0]["plan_year"] is None


# -- as a program ------------------------------------------------------------------------------------


def program(directory: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check_budget", *map(str, arguments)],
        cwd=directory,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def test_it_needs_no_environment_and_no_database_and_leaves_nothing_behind(tmp_path, clean, broken):
    """In a copy of the program, so that it is seen that no data directory is made."""
    home = tmp_path / "finsam"
    home.mkdir()
    shutil.copy(PROJECT / "manage.py", home)
    for app in ("finsam", "members", "projects", "budgets", "plans"):
        shutil.copytree(PROJECT / app, home / app, ignore=shutil.ignore_patterns("__pycache__"))
    before = sorted(home.iterdir())

    runs = [program(home, file, PYTHONDONTWRITEBYTECODE="1") for file in (clean, FILES["lund"], broken)]

    assert [run.returncode for run in runs] == [0, 1, 2]
    assert "Anmärkningar: inga" in runs[0].stdout
    assert "Anmärkningar: 10" in runs[1].stdout
    assert runs[2].stderr == f"{broken}: unit: ”EUR” ska vara något av SEK, kSEK.\n"
    assert sorted(home.iterdir()) == before


def test_output_that_cannot_hold_every_character_is_no_crash():
    """As when it is sent to a file on Windows, whose encoding has no true minus sign."""
    run = program(PROJECT, FILES["introduktion"], PYTHONIOENCODING="cp1252")

    assert "Traceback" not in run.stderr
    assert run.returncode == 1
    assert "Anm" in run.stdout


def test_a_wrong_argument_says_how_it_is_used():
    run = program(PROJECT, FILES["lund"], "--tolerance", "mycket")

    assert run.returncode == 2
    assert "usage: manage.py check_budget" in run.stderr
    assert "'mycket' är inget belopp i kronor, noll eller mer" in run.stderr
