"""Budget files that are not what they should be: a sentence that says where and what, never a crash."""

import json
import re
import time
import unicodedata
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.exchange.budget_file import read
from budgets.exchange.check_report import CheckReport
from budgets.rules import Circumstances, check
from budgets.sheet import BudgetSheet
from budgets.table import table
from finsam import readable_json
from finsam.json_input import UnreadableError
from tests.budgets.examples import FILES

EXAMPLE: dict[str, Any] = {
    "source": "Verksamhetsplan 2020",
    "federation": "Exempelförbundet",
    "org_number": "222000-0000",
    "plan_year": 2020,
    "unit": "kSEK",
    "years": [
        {"year": 2019, "kind": "outcome", "label": "hösten", "from": "2019-09-01", "to": "2019-12-31"},
        {"year": 2020, "kind": "budget"},
    ],
    "lines": [
        {
            "section": "income",
            "name": "Försäkringskassan",
            "amounts": [100, 200],
            "class": "contribution",
            "member_kind": "state",
            "member": "Försäkringskassan",
            "statuses": [
                [{"status": "applied", "amount": 1, "date": "2019-11", "note": "Sökt."}],
                [{"status": "granted", "amount": 1}],
            ],
        },
        {
            "section": "cost",
            "name": "Revision",
            "amounts": [1, 2.5],
            "class": "audit",
            "group": "Administration",
            "subgroup": "Inköpta tjänster",
            "project": "JobbSam",
            "note": "Enligt avtal.",
            "printed": ["-", "-"],
            "notes": ["Första.", "Andra."],
        },
        {"section": "balancing", "name": "Utrymme", "amounts": [1, 2], "targets": [0, 5]},
        {
            "section": "cost",
            "name": "Varav vikarier",
            "amounts": [0.5, 1],
            "part_of": 1,
            "formulas": ["=1/2", None],
        },
    ],
    "totals": [
        {"name": "Summa", "names": ["Revision"], "minus": ["cost"], "printed": [1, 2]},
        {"name": "Grupp", "groups": ["Administration"], "printed": [1, 2]},
        {"name": "Avdelning", "sections": ["cost", "balancing"], "printed": [1, 2]},
    ],
    "equity_limits": {"base": 7000000, "highest": 1400000, "lowest": 490000, "stated_by": "revisorn"},
}


def changed(path: str, value: Any, example: dict[str, Any] = EXAMPLE) -> bytes:
    """The example with another value at a place such as lines[1].amounts[0]."""
    data = deepcopy(example)
    place: Any = data
    *way, last = [int(key) if key.isdigit() else key for key in re.findall(r"[^.\[\]]+", path)]
    for key in way:
        place = place[key]
    place[last] = value
    return json.dumps(data).encode()


def with_number(number: str) -> bytes:
    """The example with a number, written just so, as its first amount."""
    return changed("lines[0].amounts[0]", "@").replace(b'"@"', number.encode())


def fault(content: bytes) -> str:
    """What is said of a file that cannot be read."""
    with pytest.raises(UnreadableError) as raised:
        read(content)
    return str(raised.value)


def test_the_example_itself_is_readable():
    assert read(json.dumps(EXAMPLE).encode()).unknown_keys == ()


# -- the file as a whole -----------------------------------------------------------------------------

WHOLE_FILES = {
    "empty": (b"", "Filen är tom."),
    "only spaces": (b" \r\n\t ", "Filen är tom."),
    "only a mark": (b"\xef\xbb\xbf", "rad 1, tecken 1: Filen är inte giltig JSON."),
    "words": (b"Hej!", "rad 1, tecken 1: Filen är inte giltig JSON."),
    "cut off": (b'{"unit": "SEK",\n "years": [', "rad 2, tecken 12: Filen är inte giltig JSON."),
    "two values": (b"{} {}", "rad 1, tecken 4: Filen är inte giltig JSON."),
    "UTF-16": (
        json.dumps(EXAMPLE).encode("utf-16"),
        "Filen är inte UTF-8-text (byte 1). Spara om den som UTF-8.",
    ),
    "Latin-1": (
        '{"federation": "Förbundet"}'.encode("latin-1"),
        "Filen är inte UTF-8-text (byte 18). Spara om den som UTF-8.",
    ),
    "a program": (b"PK\x03\x04\x14\x00\x06\x00\x08", "rad 1, tecken 1: Filen är inte giltig JSON."),
    "a list": (b"[]", "Här ska ett objekt stå, inte en lista."),
    "a number": (b"7", "Här ska ett objekt stå, inte 7."),
    "null": (b"null", "Här ska ett objekt stå, inte null."),
    "NaN": (b'{"unit": NaN}', "Filen har NaN, som inte är något tal."),
    "Infinity": (b'{"unit": -Infinity}', "Filen har -Infinity, som inte är något tal."),
    "a control character": (b'{"unit": "S\x00EK"}', "rad 1, tecken 12: Filen är inte giltig JSON."),
    "the same key twice": (
        b'{"unit": "SEK", "unit": "kSEK"}',
        "Samma nyckel, ”unit”, står två gånger i ett objekt.",
    ),
    "the same key twice deep down": (
        b'{"unit": "SEK", "years": [{"year": 2020, "year": 2020}]}',
        "Samma nyckel, ”year”, står två gånger i ett objekt.",
    ),
    "lists in lists": (b"[" * 100_000 + b"]" * 100_000, "Filen har listor i listor alltför djupt."),
    "objects in objects": (
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "Filen har listor i listor alltför djupt.",
    ),
}


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_a_file_that_is_no_budget_file(name):
    content, said = WHOLE_FILES[name]

    assert fault(content) == said


def test_a_byte_order_mark_is_fine():
    assert read(b"\xef\xbb\xbf" + json.dumps(EXAMPLE).encode()) == read(json.dumps(EXAMPLE).encode())


def test_a_repeated_key_among_very_many_is_found_at_once():
    keys = ", ".join(f'"{number}": 1' for number in range(20_000))
    start = time.perf_counter()

    assert fault(f'{{{keys}, "19999": 1}}'.encode()).startswith("Samma nyckel, ”19999”")
    assert time.perf_counter() - start < 5


# -- numbers -----------------------------------------------------------------------------------------

PLACE = "lines[0] (”Försäkringskassan”).amounts[0]: "
NUMBERS = {
    "1000000000": "Beloppet är större än tusen miljarder kronor.",  # of tkr
    "-1000000000": "Beloppet är större än tusen miljarder kronor.",
    "1e400": "Beloppet är större än tusen miljarder kronor.",
    "0.000001": "0.000001 har mer än två decimaler i kronor.",
    "1.1234567": "1.1234567 har mer än två decimaler i kronor.",
    "1e-7": "1E-7 har mer än två decimaler i kronor.",
    '"1,5"': "”1,5” är text. Skriv ett tal utan citattecken, med decimalpunkt.",
    '""': "”” är text. Skriv ett tal utan citattecken, med decimalpunkt.",
    "true": "Här ska ett tal stå, inte true.",
    "false": "Här ska ett tal stå, inte false.",
    "[]": "Här ska ett tal stå, inte en lista.",
    "{}": "Här ska ett tal stå, inte ett objekt.",
}


@pytest.mark.parametrize("number", NUMBERS)
def test_an_amount_that_cannot_be_used(number):
    assert fault(with_number(number)) == PLACE + NUMBERS[number]


@pytest.mark.parametrize(
    "number", ["9" * 5_000, "-" + "9" * 5_000, "9" * 5_000 + ".5", "1e999999", "1e999999999"]
)
def test_an_amount_beyond_all_measure(number):
    assert fault(with_number(number)) == PLACE + "Beloppet är större än tusen miljarder kronor."


@pytest.mark.parametrize("number", ["1e99999999999999999999", "1e-99999999999999999999"])
def test_a_number_that_no_computer_holds(number):
    assert fault(with_number(number)) == "Filen har ett tal som är alltför stort eller litet."


@pytest.mark.parametrize(
    "number", ["1e-999999999", "1e-999999", "0." + "0" * 5_000 + "1", "1.00000" + "0" * 30 + "1"]
)
def test_an_amount_with_decimals_far_down_is_not_rounded_away(number):
    assert fault(with_number(number)).startswith(PLACE)
    assert fault(with_number(number)).endswith("har mer än två decimaler i kronor.")


@pytest.mark.parametrize("number", ["+1", "01", ".5", "1.", "0x10", "1_000", "1 000", "--1", "nan"])
def test_a_number_that_is_not_json(number):
    assert fault(with_number(number)).endswith("Filen är inte giltig JSON.")


def test_a_decimal_comma_makes_two_numbers_of_one():
    assert fault(with_number("1,5")) == (
        "lines[0] (”Försäkringskassan”).amounts: 3 värden för 2 kolumner; skriv null för tomt."
    )


def test_a_comma_too_much():
    assert fault(b'{"unit": "SEK",}').endswith("Filen är inte giltig JSON.")


# -- every place -------------------------------------------------------------------------------------

PART = "lines[3] (”Varav vikarier”)"
FAULTS: list[tuple[str, Any, str]] = [
    ("unit", "EUR", "unit: ”EUR” ska vara något av SEK, kSEK."),
    ("unit", None, "unit: null ska vara något av SEK, kSEK."),
    ("plan_year", 2003, "plan_year: 2003 ska vara ett heltal från 2004 till 2100."),
    ("plan_year", 2101, "plan_year: 2101 ska vara ett heltal från 2004 till 2100."),
    ("plan_year", 2020.5, "plan_year: 2020.5 ska vara ett heltal från 2004 till 2100."),
    ("plan_year", True, "plan_year: true ska vara ett heltal från 2004 till 2100."),
    ("plan_year", "2020", "plan_year: ”2020” ska vara ett heltal från 2004 till 2100."),
    ("plan_year", 10**40, f"plan_year: {'1' + '0' * 38}… ska vara ett heltal från 2004 till 2100."),
    ("federation", "x" * 201, "federation: Texten har 201 tecken, högst 200 går bra."),
    ("federation", "A\u0007B", "federation: Texten har ett styrtecken (U+0007) som inte går att visa."),
    ("federation", "A\ud800B", "federation: Texten har ett styrtecken (U+D800) som inte går att visa."),
    ("federation", "A\u202eB", "federation: Texten har ett styrtecken (U+202E) som inte går att visa."),
    ("federation", "A\nB", "federation: Texten har ett styrtecken (U+000A) som inte går att visa."),
    ("years", [], "years: Minst en kolumn behövs."),
    ("years", None, "years: Här ska en lista stå, inte null."),
    ("years[0]", "2020", "years[0]: Här ska ett objekt stå, inte ”2020”."),
    ("years[0].year", None, "years[0].year: null ska vara ett heltal från 2004 till 2100."),
    (
        "years[0].kind",
        None,
        "years[0].kind: null ska vara något av outcome, forecast, revised, budget, plan.",
    ),
    (
        "years[0].kind",
        "Budget",
        "years[0].kind: ”Budget” ska vara något av outcome, forecast, revised, budget, plan.",
    ),
    ("years[0].from", "2019-02-29", "years[0].from: ”2019-02-29” ska vara ett datum, ÅÅÅÅ-MM-DD."),
    ("years[0].from", "20190901", "years[0].from: ”20190901” ska vara ett datum, ÅÅÅÅ-MM-DD."),
    ("years[0].from", "2019-W36-1", "years[0].from: ”2019-W36-1” ska vara ett datum, ÅÅÅÅ-MM-DD."),
    ("years[0].from", None, "years[0]: En del av ett år behöver både from och to."),
    ("years[0].to", None, "years[0]: En del av ett år behöver både from och to."),
    ("years[0].from", "2018-12-31", "years[0]: from och to ska ligga i 2019."),
    ("years[0].to", "2020-01-01", "years[0]: from och to ska ligga i 2019."),
    ("years[0].to", "2019-08-31", "years[0]: to är före from."),
    (
        "years[1]",
        {"year": 2019, "kind": "outcome", "label": "hösten"},
        "years[1]: Kolumnen har samma år, slag och beteckning som years[0].",
    ),
    ("lines", None, "lines: Här ska en lista stå, inte null."),
    ("lines[1]", None, "lines[1]: Här ska ett objekt stå, inte null."),
    (
        "lines[1].section",
        None,
        "lines[1].section: null ska vara något av "
        "income, opening_equity, cost, financial_income, financial_cost, balancing.",
    ),
    (
        "lines[1].section",
        "kostnad",
        "lines[1].section: ”kostnad” ska vara något av "
        "income, opening_equity, cost, financial_income, financial_cost, balancing.",
    ),
    ("lines[1].name", None, "lines[1].name: Här ska text stå, inte null."),
    ("lines[1].name", "  ", "lines[1].name: Texten saknas."),
    ("lines[1].amounts", [1], "lines[1] (”Revision”).amounts: 1 värden för 2 kolumner; skriv null för tomt."),
    (
        "lines[1].amounts",
        [1, 2, 3],
        "lines[1] (”Revision”).amounts: 3 värden för 2 kolumner; skriv null för tomt.",
    ),
    ("lines[1].amounts", [], "lines[1] (”Revision”).amounts: 0 värden för 2 kolumner; skriv null för tomt."),
    ("lines[1].amounts", None, "lines[1] (”Revision”).amounts: Här ska en lista stå, inte null."),
    (
        "lines[1].printed",
        ["-"],
        "lines[1] (”Revision”).printed: 1 värden för 2 kolumner; skriv null för tomt.",
    ),
    (
        "lines[1].class",
        "contribution",
        "lines[1] (”Revision”).class: ”contribution” ska vara något av board, administration, audit, insats.",
    ),
    ("lines[1].member_kind", "state", "lines[1] (”Revision”).member_kind: Bara en intäkt har en betalare."),
    ("lines[1].member", "Staten", "lines[1] (”Revision”).member: Bara ett medlemsbidrag hör till en medlem."),
    ("lines[1].targets", [0, 0], "lines[1] (”Revision”).targets: Bara en post i balancing har mål."),
    ("lines[1].group", "", "lines[1] (”Revision”).subgroup: En undergrupp behöver en grupp."),
    (
        "lines[1].group",
        "Övrigt",
        "totals[1] (”Grupp”).groups[0]: Det finns ingen rad i gruppen ”Administration”.",
    ),
    ("lines[2].class", "insats", "lines[2] (”Utrymme”).class: Bara intäkter och kostnader har ett slag."),
    (
        "lines[2].project",
        "JobbSam",
        "lines[2] (”Utrymme”).project: Bara en kostnad eller intäkt hör till en insats.",
    ),
    (
        "lines[0].member_kind",
        "kommun",
        "lines[0] (”Försäkringskassan”).member_kind: ”kommun” ska vara något av "
        "state, region, municipality, region_municipality, region_and_municipalities, all.",
    ),
    (
        "lines[0].member_kind",
        None,
        "lines[0] (”Försäkringskassan”).class: "
        "Ett medlemsbidrag, och bara det, har en betalare (member_kind).",
    ),
    (
        "lines[0].class",
        "esf",
        "lines[0] (”Försäkringskassan”).class: "
        "Ett medlemsbidrag, och bara det, har en betalare (member_kind).",
    ),
    (
        "lines[0].statuses[0][0].status",
        "ja",
        "lines[0] (”Försäkringskassan”).statuses[0][0].status: ”ja” ska vara något av "
        "applied, preliminary, granted, declined.",
    ),
    (
        "lines[0].statuses[0][0].amount",
        None,
        "lines[0] (”Försäkringskassan”).statuses[0][0].amount: Här ska ett tal stå, inte null.",
    ),
    (
        "lines[0].statuses[0][0].amount",
        -1,
        "lines[0] (”Försäkringskassan”).statuses[0][0].amount: Ett bidrag är noll eller mer.",
    ),
    (
        "lines[0].statuses[0][0].date",
        "november",
        "lines[0] (”Försäkringskassan”).statuses[0][0].date: "
        "'november' är inget datum: skriv ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD.",
    ),
    (
        "lines[0].statuses[0][0].date",
        "2019-13",
        "lines[0] (”Försäkringskassan”).statuses[0][0].date: Datumet '2019-13' finns inte.",
    ),
    (
        "lines[1].statuses",
        [[{"status": "granted", "amount": 1}], None],
        "lines[1] (”Revision”).statuses: Bara ett medlemsbidrag har ett läge.",
    ),
    ("lines[3].part_of", 4, f"{PART}.part_of: 4 ska vara ett heltal från 0 till 3."),
    ("lines[3].part_of", -1, f"{PART}.part_of: -1 ska vara ett heltal från 0 till 3."),
    ("lines[3].part_of", "Revision", f"{PART}.part_of: ”Revision” ska vara ett heltal från 0 till 3."),
    ("lines[3].part_of", 3, f"{PART}.part_of: En post kan inte vara del av sig själv."),
    (
        "lines[3].part_of",
        0,
        f"{PART}.part_of: En post är del av en post i samma avdelning, och lines[0] är income.",
    ),
    (
        "lines[3].part_of",
        2,
        f"{PART}.part_of: En post är del av en post i samma avdelning, och lines[2] är balancing.",
    ),
    ("lines[1].part_of", 3, "lines[1] (”Revision”).part_of: lines[3] är själv del av en annan post."),
    (
        "lines[2].part_of",
        1,
        "lines[2] (”Utrymme”).part_of: Bara en intäkt eller kostnad kan vara del av en annan.",
    ),
    (
        "lines[0]",
        {"section": "opening_equity", "name": "Sparat", "amounts": [1, 2], "part_of": 1},
        "lines[0] (”Sparat”).part_of: Bara en intäkt eller kostnad kan vara del av en annan.",
    ),
    (
        "lines[3].formulas",
        ["=1/2"],
        f"{PART}.formulas: 1 värden för 2 kolumner; skriv null för tomt.",
    ),
    (
        "lines[3].formulas[0]",
        "1/2",
        f"{PART}.formulas[0]: ”1/2” är ingen formel. Börja med =, som =12*4500.",
    ),
    (
        "lines[3].formulas[0]",
        "=1/4",
        f"{PART}.formulas[0]: ”=1/4” ger 250 kr, men beloppet i amounts är 500 kr.",
    ),
    (
        "lines[3].formulas[0]",
        "=1/2 kr",
        f"{PART}.formulas[0]: ”=1/2 kr” ger 0,5 kr, men beloppet i amounts är 500 kr.",
    ),
    (
        "lines[3].amounts[0]",
        None,
        f"{PART}.formulas[0]: ”=1/2” ger 500 kr, men beloppet i amounts är tomt.",
    ),
    ("lines[3].formulas[0]", "=1/0", f"{PART}.formulas[0]: Formeln ”=1/0” delar med noll."),
    (
        "lines[3].formulas[0]",
        "=B2+1",
        f"{PART}.formulas[0]: Formeln ”=B2+1” hänvisar till en cell (B2), och det går inte. "
        "Skriv beloppet i stället.",
    ),
    (
        "lines[3].formulas[0]",
        "=" + "1+" * 110 + "1",
        f"{PART}.formulas[0]: Texten har 222 tecken, högst 220 går bra.",
    ),
    ("totals[0].name", None, "totals[0].name: Här ska text stå, inte null."),
    ("totals[0].printed", None, "totals[0] (”Summa”).printed: Här ska en lista stå, inte null."),
    ("totals[0].printed", [1], "totals[0] (”Summa”).printed: 1 värden för 2 kolumner; skriv null för tomt."),
    ("totals[0].names[0]", "Lön", "totals[0] (”Summa”).names[0]: Det finns ingen rad med namnet ”Lön”."),
    ("totals[0].minus[0]", "lön", "totals[0] (”Summa”).minus[0]: Det finns ingen avdelning ”lön”."),
    ("totals[2].sections[1]", "lön", "totals[2] (”Avdelning”).sections[1]: Det finns ingen avdelning ”lön”."),
    ("equity_limits", [], "equity_limits: Här ska ett objekt stå, inte en lista."),
    ("equity_limits.base", None, "equity_limits.base: Här ska ett tal stå, inte null."),
    (
        "equity_limits.highest",
        "1 400 000",
        "equity_limits.highest: ”1 400 000” är text. Skriv ett tal utan citattecken, med decimalpunkt.",
    ),
]


@pytest.mark.parametrize(
    ("path", "value", "said"), FAULTS, ids=[f"{path} = {value!r:.30}" for path, value, _ in FAULTS]
)
def test_a_value_that_cannot_be_used(path, value, said):
    assert fault(changed(path, value)) == said


LONGEST = {
    "federation": 200,
    "org_number": 20,
    "source": 200,
    "years[1].label": 60,
    "lines[1].name": 200,
    "lines[1].note": 500,
    "lines[1].project": 200,
    "lines[1].printed[0]": 100,
    "lines[1].notes[0]": 500,
    "lines[0].member": 200,
    "lines[0].statuses[0][0].note": 300,
    "totals[1].name": 200,
    "equity_limits.stated_by": 200,
}


@pytest.mark.parametrize("path", LONGEST)
def test_a_text_may_be_so_long_and_no_longer(path):
    longest = LONGEST[path]
    without_names = {**EXAMPLE, "totals": EXAMPLE["totals"][1:]} if path == "lines[1].name" else EXAMPLE

    read(changed(path, "å" * longest, without_names))
    said = fault(changed(path, "å" * (longest + 1), without_names))

    assert said.endswith(f"Texten har {longest + 1} tecken, högst {longest} går bra.")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("plan_year", 2004),
        ("plan_year", 2100),
        ("years[1].year", 2004),
        ("years[1].year", 2100),
        ("years[0].to", "2019-09-01"),
        ("lines[0].statuses[0][0].amount", 0),
        ("lines[0].statuses[0]", None),
        ("lines[1].amounts[0]", None),
        ("lines[1].note", None),
        ("lines[3].part_of", None),
        ("lines[3].formulas", None),
        ("lines[3].formulas[0]", None),
        ("lines[3].formulas[1]", " =500+500 kr "),
        ("totals[0].printed[1]", None),
        ("equity_limits", None),
    ],
)
def test_what_is_just_right(path, value):
    read(changed(path, value))


@pytest.mark.parametrize(("length", "quoted"), [(40, "x" * 40), (41, "x" * 39 + "…")])
def test_a_long_value_is_quoted_in_part(length, quoted):
    assert fault(changed("unit", "x" * length)) == f"unit: ”{quoted}” ska vara något av SEK, kSEK."


def places(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every place in a JSON value, as a message names it, and what stands there."""
    yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, f"{path}[{index}]")


OF_EACH_TYPE = {bool: True, float: 7.5, str: "sju", list: [], dict: {}}


@pytest.mark.parametrize("path", [path for path, _ in places(EXAMPLE) if path])
def test_a_value_of_another_type_is_refused_at_its_place(path):
    right = dict(places(EXAMPLE))[path]
    own_type = float if isinstance(right, int) else type(right)

    for its_type, wrong in OF_EACH_TYPE.items():
        if its_type is not own_type:
            said = fault(changed(path, wrong))
            assert re.sub(r" \(”[^”]*”\)", "", said).startswith(f"{path}: "), (wrong, said)


# -- thousands of damaged files ----------------------------------------------------------------------

ORIGINALS = [json.loads(file.read_bytes()) for file in FILES.values()] + [EXAMPLE]
CONTENTS = [file.read_bytes() for file in FILES.values()]

WORDS = ["income", "balancing", "cost", "all", "state", "kSEK", "plan", "esf", "Projekt", "granted"]
AS_THEY_STAND = ["1e999999999", "-1e999999", "1e-999999999", "NaN", "9" * 5_000, "0.000001"]
odd_numbers = st.sampled_from(
    [0, -1, 1, 0.01, 1e11, -999_999_999, 1e300, 2**64, 2003, 2004, 2100, 1e-9]
    + [f"@{number}@" for number in AS_THEY_STAND]
)
odd_texts = st.sampled_from(
    [*WORDS, "", " ", "\0", "\ud800", "\u2028", "å" * 600, "{}", "{year}", "%s", "1,5", "2020-02-30"]
)
plain_values = st.one_of(st.none(), st.booleans(), odd_numbers, odd_texts, st.text(max_size=5))
values = st.recursive(
    plain_values,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def damaged_data(draw: Any) -> Any:
    """A real budget with one to three of its values replaced, removed, doubled, moved or cut short."""
    data = deepcopy(draw(st.sampled_from(ORIGINALS)))
    for _ in range(draw(st.integers(1, 3))):
        if spots := list(_spots(data)):
            _damage(draw, spots)
    return data


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every list or object in a JSON value with each of its indexes or keys."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], list | dict):
            yield from _spots(value[key])


def _damage(draw: Any, spots: list[tuple[Any, Any]]) -> None:
    holder, key = draw(st.sampled_from(spots))
    value = holder[key]
    match draw(st.sampled_from(["other", "other", "other", "any", "remove", "double", "move", "shorten"])):
        case "other" if isinstance(value, int | float):
            holder[key] = draw(odd_numbers)
        case "other" if isinstance(value, str):
            holder[key] = draw(odd_texts)
        case "remove":
            del holder[key]
        case "double" if isinstance(holder, list):
            holder.insert(key, deepcopy(value))
        case "double":
            new = st.sampled_from(
                "targets class group member_kind label names part_of formulas ny".split()  # noqa: SIM905
            )
            holder[draw(new)] = deepcopy(value)
        case "move":
            from_holder, from_key = draw(st.sampled_from(spots))
            holder[key] = deepcopy(from_holder[from_key])
        case "shorten" if isinstance(value, list | str):
            holder[key] = value[:1]
        case _:
            holder[key] = draw(values)


@st.composite
def damaged_bytes(draw: Any) -> bytes:
    """The bytes of a real budget file with some replaced by others."""
    content = draw(st.sampled_from(CONTENTS))
    start = draw(st.integers(0, len(content)))
    length = draw(st.integers(0, 40) | st.just(len(content)))
    new = draw(
        st.binary(max_size=12) | st.sampled_from([b"", b"null", b"1e9999999", b'"', b"[[[[", b"-", b"\xff"])
    )
    return bytes(content[:start] + new + content[start + length :])


def assert_a_sheet_or_a_sentence(content: bytes) -> None:
    try:
        budget = read(content)
    except UnreadableError as error:
        said = str(error)
        assert error.what.endswith(".")
        assert not [c for c in said if unicodedata.category(c) in ("Cc", "Cs")]
        assert "Decimal" not in said
        return
    assert_usable(budget)


def assert_usable(budget: BudgetSheet) -> None:
    """Whatever is read can be judged, shown and reported."""
    check(budget)
    for unit in ("SEK", "kSEK"):
        table(budget, Circumstances(), unit)
    report = CheckReport("fil.json", budget, Decimal(0))
    assert json.loads(readable_json.dumps(report.data()))["file"] == "fil.json"
    assert report.text().startswith("fil.json: ")
    report.text().encode()


def as_json(data: Any) -> bytes:
    """The data as a file, a text between @ signs as it stands there."""
    return re.sub('"@([^"@]*)@"', r"\1", json.dumps(data)).encode()


@pytest.mark.usefixtures("search")
@settings(max_examples=max(2_000, 10 * settings().max_examples))
@given(damaged_data())
def test_a_budget_with_damaged_data_is_a_sheet_or_a_sentence(data):
    assert_a_sheet_or_a_sentence(as_json(data))


@pytest.mark.usefixtures("search")
@settings(max_examples=max(1_000, 10 * settings().max_examples))
@given(damaged_bytes())
def test_a_file_with_damaged_bytes_is_a_sheet_or_a_sentence(content):
    assert_a_sheet_or_a_sentence(content)


@pytest.mark.usefixtures("search")
@given(st.binary(max_size=200))
def test_any_bytes_are_a_sentence(content):
    with pytest.raises(UnreadableError):
        read(content)


@pytest.mark.usefixtures("search")
@given(values)
def test_any_json_is_a_sheet_or_a_sentence(value):
    assert_a_sheet_or_a_sentence(as_json(value))
