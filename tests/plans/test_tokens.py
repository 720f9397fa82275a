"""The token of a live figure: what a text holds is what was meant, and a fault is told in Swedish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.figures.token import (
    COUNTS,
    FORMS,
    KEYED,
    KINDS,
    NAMED,
    OF_VALUES,
    SHARES_OF,
    TOTALS,
    WHAT,
    Token,
    TokenError,
    of_another,
    parse,
    tokens_in,
    with_tokens,
)
from plans.text.sanitising import sanitised

NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=20)
ODD_NAMES = [
    "Hälsa & arbete",
    "100 %",
    "100 %25",
    "1 + 1",
    "a=b",
    "a&b=c&what=income",
    "%26",
    "ä;ö",
    "#1",
    "”x”",
    "<b>",
]


@st.composite
def tokens(draw) -> Token:
    """Any token that can be asked for."""
    what = draw(st.sampled_from(WHAT))
    of = ""
    if what in (*KEYED, *NAMED):
        of = draw(st.one_of(st.integers(0, 10**9).map(str), NAMES, st.sampled_from(ODD_NAMES)))
    elif what in OF_VALUES:
        of = draw(st.sampled_from(OF_VALUES[what]))
    share_of = draw(st.sampled_from(["", "", *SHARES_OF]))
    less = draw(st.one_of(st.none(), st.integers(-9, 9)))
    form = draw(st.sampled_from([form for form in FORMS if form != "percent"]))
    if share_of or (less is not None and draw(st.booleans())):
        form = "percent"
    return Token(what, of, draw(st.integers(-99, 99)), draw(st.sampled_from(KINDS)), less, share_of, form)


@given(tokens())
def test_what_is_written_is_read_as_the_same(token):
    assert parse(str(token)) == token


@given(tokens())
def test_a_token_lives_in_a_text_that_is_cleaned(token):
    text = sanitised(with_tokens('<p><span data-figure="x"></span> & mer</p>', lambda _: str(token)))
    assert [parse(found) for found in tokens_in(text)] == [token]
    assert tokens_in(sanitised(text)) == tokens_in(text)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_with_odd_signs_is_kept(name):
    token = Token("line", name, year=-1)
    assert parse(str(token)) == token
    assert parse(str(of_another(token, "17"))) == Token("line", "17", year=-1)


def test_the_difference_to_the_plan_year_itself_is_kept():
    token = Token("costs", year=1, less=0)
    assert str(token) == "what=costs&year=1&less=0"
    assert parse(str(token)).less == 0


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("what=income", Token("income")),
        ("what=line&of=17&year=0&form=tkr", Token("line", "17", form="tkr")),
        ("what=line&of=JobbSam 3.0", Token("line", "JobbSam 3.0")),
        ("what=line&of=JobbSam+3.0", Token("line", "JobbSam+3.0")),
        ("what=line&of=A %26 B", Token("line", "A & B")),
        ("what=result&year=−1&less=+1", Token("result", year=-1, less=1)),
        ("what=costs&share_of=income", Token("costs", share_of="income", form="percent")),
        ("form=words&what=projects", Token("projects", form="words")),
        ("what=income&less=", Token("income")),
    ],
)
def test_a_token_written_by_hand(text, token):
    assert parse(text) == token


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "ingenting är inget som ett levande belopp kan visa"),
        ("JobbSam", "JobbSam hör inte till ett levande belopp"),
        ("what=profit", "profit är inget som ett levande belopp kan visa"),
        ("what=line", "det är inte sagt vilken line som visas"),
        ("what=total", "det är inte sagt vilken total som visas"),
        ("what=payer", "ingenting är inget slag av payer"),
        ("what=payer&of=staten", "staten är inget slag av payer"),
        ("what=class&of=kansli", "kansli är inget slag av class"),
        ("what=income&of=17", "income är inte av något"),
        ("what=year&of=2021", "year är inte av något"),
        ("what=income&size=3", "size hör inte till ett levande belopp"),
        ("what=income&year=2021x", "2021x är inget antal år från planåret"),
        ("what=income&year=", "ingenting är inget antal år från planåret"),
        ("what=income&year=--1", "--1 är inget antal år från planåret"),
        ("what=income&year=12345", "12345 är inget antal år från planåret"),
        ("what=income&less=förra", "förra är inget antal år från planåret"),
        ("what=income&form=dollar", "dollar är ingen känd form"),
        ("what=income&kind=gissning", "gissning är ingen känd form, inget känt slag"),
        ("what=income&share_of=allt", "allt är ingen känd form, inget känt slag och ingen känd helhet"),
        ("what=income&form=percent", "procent är av en helhet eller av ett annat år"),
    ],
)
def test_what_is_wrong_with_a_token_is_said_in_swedish(text, says):
    with pytest.raises(TokenError) as fault:
        parse(text)
    assert says in str(fault.value)


@given(st.text(max_size=40))
def test_any_text_is_a_token_or_a_fault(text):
    try:
        token = parse(text)
    except TokenError as error:
        assert str(error)
    else:
        assert token.what in WHAT


@pytest.mark.parametrize("what", [*TOTALS, *COUNTS])
def test_what_is_of_no_row_has_no_key(what):
    assert Token(what, "17").key is None


def test_the_key_of_a_row():
    assert Token("line", "17").key == 17
    assert Token("line", "JobbSam").key is None


def test_each_token_of_a_text_is_found_and_changed_in_its_place():
    text = '<p><span data-figure="what=line&amp;of=1">a</span> <span data-figure="what=income"></span></p>'
    assert tokens_in(text) == ["what=line&of=1", "what=income"]
    changed = with_tokens(text, lambda token: token.replace("of=1", 'of="2"'))
    assert tokens_in(changed) == ['what=line&of="2"', "what=income"]
    assert changed.endswith('>a</span> <span data-figure="what=income"></span></p>')


def test_a_token_between_single_quotes_is_found_too():
    text = "<p><span data-figure='what=line&amp;of=A'></span></p>"
    assert tokens_in(text) == ["what=line&of=A"]
    assert tokens_in(with_tokens(text, lambda _: "what=line&of=it's")) == ["what=line&of=it's"]
