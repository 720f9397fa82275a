"""Pastes as programs put them on the clipboard: Word, LibreOffice, Google Docs, Outlook, pages (pastes/)."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from plans.text.pasting import PasteTooLongError, cleaned
from plans.text.sanitising import ATTRIBUTES, TAGS, sanitised

PASTES = settings.BASE_DIR / "tests" / "plans" / "pastes"
FILES = sorted(file.name for file in PASTES.glob("*.html"))


def paste(name: str) -> str:
    return (PASTES / name).read_text()


def words(html: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"<[^>]*>", " ", html))


def test_word_with_its_bullets_footnote_and_table():
    pasted = cleaned(paste("word.html"))
    assert pasted.html.splitlines() == [
        "<p><strong>Prioriterade målgrupper</strong></p>",
        "<p>Förbundet riktar sig till <strong>unga vuxna</strong> och till <em>personer med sammansatt "
        'ohälsa</em>. Se <a href="https://www.example.se/finsam">förbundets sida</a>'
        '<span data-footnote="Läst den 2 november 2021."></span>.</p>',
        "<ul><li>Tidiga insatser<ul><li>möte inom <strong>två veckor</strong><ul><li><p>med "
        "handläggare från båda</p><p>Gäller även dem som saknar ersättning.</p></li></ul></li></ul></li>"
        "<li>Metodstöd</li></ul>",
        "<p>Arbetet sker i denna ordning:</p>",
        "<ol><li>Kartläggning<ol><li>samtal</li></ol></li><li>Planering</li></ol>",
        '<table><thead><tr><th><strong>Post</strong></th><th colspan="2"><strong>2021, kr</strong></th></tr>'
        "</thead><tbody><tr><td>Frukostmöten</td><td>40&nbsp;000</td><td>"
        "<ul><li>åtta möten</li></ul></td></tr></tbody></table>",
        "<p>Medel enligt LOSAM &amp; avtal &lt;2021&gt;.</p>",
    ]
    assert pasted.left_out == (
        "En bild (”Organisationsskiss”) följde inte med. Dra in bildfilen eller välj Bild.",
        "Kommentarer i marginalen följde inte med.",
    )


def test_libreoffice():
    pasted = cleaned(paste("libreoffice.html"))
    assert pasted.html.splitlines() == [
        "<p><strong>Mål för verksamheten</strong></p>",
        '<p>Nio av tio deltagare ska vara <strong>nöjda</strong><span data-footnote="Enligt enkäten."></span>'
        " med <em>stödet</em>.</p>",
        "<ul><li>Individen<ul><li>egen försörjning</li><li>studier</li></ul></li>"
        "<li>Organisationen</li></ul>",
        "<ol><li>Uppföljning</li></ol>",
        "<table><tbody><tr><th>Mått</th><th>Värde</th></tr>"
        "<tr><td>Nöjda, %</td><td>90</td></tr></tbody></table>",
        '<img data-picture="00000000000000000000" alt="">',
        "<p>CO<sub>2</sub> och m<sup>2</sup></p>",
    ]
    assert pasted.left_out == ("En numrerad lista som började på 3 börjar nu om från början.",)


def test_google_docs_is_not_bold_all_over():
    pasted = cleaned(paste("google_docs.html"))
    assert pasted.html.splitlines() == [
        "<p><strong>Riktlinjer</strong></p>",
        "<p>Insatser ska <strong>samordnas</strong> <em>tidigt</em>.</p>",
        "<ul><li>Kartläggning<ul><li>i samtal</li></ul></li><li>Plan</li></ul>",
        "<table><tbody><tr><td><strong>År</strong></td><td><strong>Antal</strong></td></tr>"
        "<tr><td>2021</td><td></td></tr></tbody></table>",
        '<p><a href="https://www.finsam.se/">finsam.se</a></p>',
    ]
    assert pasted.left_out == ()


def test_outlook():
    pasted = cleaned(paste("outlook.html"))
    assert pasted.html.splitlines() == [
        "<p>Hej!</p>",
        "<p>Förslag till text:</p>",
        "<p>Styrelsen har ordet.<br>Mötet är den 3 maj.</p>",
        "<ul><li>Budget<ul><li>kostnader</li></ul></li><li>Insatser</li></ul>",
        "<blockquote><p>Samverkan är en process.</p><p>Den tar tid.</p></blockquote>",
        "<p>Vänliga hälsningar<br>Lena</p>",
        "<p>rätt ord</p>",
    ]
    assert pasted.left_out == ("Struken text följde inte med.", "Dold text följde inte med.")


def test_word_on_the_web_where_each_item_is_a_list():
    assert cleaned(paste("word_online.html")).html.splitlines() == [
        "<p><strong>Syfte</strong></p>",
        "<ul><li>Samverkan<ul><li>tidigt</li></ul></li><li>Stöd</li></ul>",
    ]


def test_a_page():
    pasted = cleaned(paste("web_page.html"))
    assert pasted.html.splitlines() == [
        "<p>Start</p>",
        "<p><strong>Vad är Finsam?</strong></p>",
        "<p>Fyra parter <strong>samverkar</strong>&nbsp;– läs mer här eller "
        '<a href="https://example.se/?a=1&amp;b=2">där</a>.</p>',
        "<p>De fyra parterna</p>",
        "<ul><li>Försäkringskassan</li><li>Arbetsförmedlingen</li></ul>",
        "<p>Insats</p>",
        "<p>Det som förbundet betalar.</p>",
        "<p>rad ett<br>rad två</p>",
        "<p>klicka</p>",
    ]
    assert pasted.left_out == (
        "Två bilder (”Fyra ringar”) följde inte med. Dra in bildfilerna eller välj Bild.",
        "Inbäddat innehåll, som film eller formulär, följde inte med.",
    )


@pytest.mark.parametrize("name", FILES)
def test_what_is_clean_stays_as_it_is(name):
    once = cleaned(paste(name))
    again = cleaned(once.html)
    assert again.html == once.html
    assert again.left_out == ()


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("", ""),
        ("bara ord", "<p>bara ord</p>"),
        ("<p> </p><p>&nbsp;</p><p><br></p><div></div>", ""),
        ("ett<br><br>två<br>tre", "<p>ett</p>\n<p>två<br>tre</p>"),
        ("<p>a<br><br><br>b<br></p>", "<p>a</p>\n<p>b</p>"),
        ("<font color=red>röd</font> <u>rad</u>", "<p>röd rad</p>"),
        ("<b>a</b><b> b</b> c", "<p><strong>a b</strong> c</p>"),
        ("a <i> b </i> c", "<p>a <em>b</em> c</p>"),
        ("6&nbsp;092&nbsp; tkr", "<p>6&nbsp;092 tkr</p>"),
        ("ett\u200bord\ufeff\u0007", "<p>ettord</p>"),
        ("Version:0.9\r\nStartHTML:0105\r\n<html><body><p>a</p></body></html>", "<p>a</p>"),
        ("<p>1. ett</p><p>- två</p>", "<p>1. ett</p>\n<p>- två</p>"),
        ("<ul><li><ul><li>a</li></ul></li></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li>a<ul><li>b</li></ul>c</li></ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("<ul><li>a</li></ul><ol><li>b</li></ol>", "<ul><li>a</li></ul>\n<ol><li>b</li></ol>"),
        ("<li>a</li>", "<ul><li>a</li></ul>"),
        (
            "<table><tr><td><table><tr><td>a</td></tr></table></td><td>b</td></tr></table>",
            "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        ),
        ("<table><tr><td></td><td> </td></tr></table>", ""),
        (
            "<table><caption>Mål</caption><tfoot><tr><td>a</td><td>b</td></tr></tfoot></table>",
            "<table><caption>Mål</caption><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        ),
        ("<td rowspan=99999>a</td>", "<p>a</p>"),
        ('<a href="#_ftn9">[9]</a>', "<p>[9]</p>"),
        ('<a href="file:///C:/plan.docx">planen</a>', "<p>planen</p>"),
        (
            '<p><a data-section="mal">avsnitt 2</a> <span data-figure="what=costs&of=1">5 kr</span></p>',
            '<p><a data-section="mal">avsnitt 2</a> <span data-figure="what=costs&amp;of=1">5 kr</span></p>',
        ),
    ],
)
def test_small_things(html, clean):
    assert cleaned(html).html == clean


def test_a_numbered_list_that_goes_on_after_a_paragraph_is_told():
    item = "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]>{}<![endif]>{}</p>"
    pasted = cleaned(item.format("1.", "ett") + "<p>mellan</p>" + item.format("II)", "två"))
    assert pasted.html.splitlines() == ["<ol><li>ett</li></ol>", "<p>mellan</p>", "<ol><li>två</li></ol>"]
    assert cleaned(item.format("3.", "tre")).left_out == (
        "En numrerad lista som började på 3 börjar nu om från början.",
    )


@pytest.mark.parametrize(
    ("marker", "tag"),
    [
        ("·", "ul"),
        ("o", "ul"),
        ("§", "ul"),
        ("-", "ul"),
        ("", "ul"),
        ("1.", "ol"),
        ("1)", "ol"),
        ("(2)", "ol"),
        ("1.1", "ol"),
        ("a.", "ol"),
        ("iv.", "ol"),
        ("b)", "ol"),
        ("IX)", "ol"),
    ],
)
def test_bullets_and_numbers_of_word(marker, tag):
    item = f"<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>{marker}&nbsp; </span>Ord</p>"
    assert cleaned(item).html == f"<{tag}><li>Ord</li></{tag}>"


def test_many_levels_lose_no_words():
    html = "<div>" * 3000 + "djupt" + "</div>" * 3000 + "<ul><li>" * 400 + "ner" + "</li></ul>" * 400
    assert words(cleaned(html).html) == ["djupt", "ner"]


def test_a_paste_that_is_too_long_is_refused_but_pictures_in_it_do_not_count():
    with pytest.raises(PasteTooLongError, match="för lång att klistra in"):
        cleaned("ord " * 250_001)
    html = '<p>Karta</p><img alt="Karta" src="data:image/png;base64,' + "A" * 2_000_000 + '">'
    assert cleaned(html).html.splitlines() == [
        "<p>Karta</p>",
        '<img data-picture="00000000000000000000" alt="Karta">',
    ]


def test_markers_that_never_end_are_read_in_time():
    assert cleaned("<![if !supportLists]>" * 20_000 + "ord").html == "<p>ord</p>"


def test_more_pictures_than_one_wants_to_read_of():
    assert cleaned('<img alt="x">' * 14).left_out == (
        "14 bilder följde inte med. Dra in bildfilerna eller välj Bild.",
    )
    assert cleaned('<img width=1 height=1><img src="a">').left_out == (
        "En bild följde inte med. Dra in bildfilen eller välj Bild.",
    )


# -- generated pastes ----------------------------------------------------------------------------

PARTS = [
    "<p>{}</p>",
    "<div>{}</div>",
    "<b>{}</b>",
    "<span style='font-weight:700'>{}</span>",
    "<i>{}</i>",
    "<h2>{}</h2>",
    "<ul><li>{}</li></ul>",
    "<ol start=2><li>{}</li></ol>",
    "<li>{}</li>",
    "<blockquote>{}</blockquote>",
    "<table><tr><td>{}</td><td>x</td></tr></table>",
    "<table><caption>{}</caption><tr><th>y</th></tr></table>",
    "<td colspan=2>{}</td>",
    "<a href='https://a.se'>{}</a>",
    "<a href=' javascript:alert(1)'>{}</a>",
    "{}<br><br>",
    "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]>·<![endif]>{}</p>",
    "<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>{}</p>",
    "<o:p>{}</o:p>",
    "<center>{}",
    "<p class=MsoListParagraph>{}</p>",
    "<svg onload=alert(1)></svg>{}",
    "{}<script>alert('skript')</script>",
    "<style>p { color: red }</style>{}",
    "<img src=x onerror=alert(1)>{}",
    "<p onclick='alert(1)'>{}</p>",
    "{}</p></td>",
    "<form><input value=z><button>{}</button></form>",
    "<math><mi>{}</mi></math>",
    "<pre>{}\n</pre>",
    "<sup>{}</sup>",
    "<!--[if gte mso 9]><xml><w:x>dold</w:x></xml><![endif]-->{}",
    "<noscript>{}</noscript>",
    "{}<!-- <p -->",
    "<p>{}",
    "<span data-figure='\"><script>alert(1)</script>'></span>{}",
    "<details open ontoggle=alert(1)>{}</details>",
    "<a href='data:text/html,<script>'>{}</a>",
    "<dl><dt>{}</dt></dl>",
    "<span class=MsoNormal lang=SV>{}&nbsp; </span>",
]


@st.composite
def pastes(draw) -> str:
    """Elements within and after each other, around words that are numbered in their order."""
    html = ""
    for count in range(1, draw(st.integers(2, 6))):
        inner = f"ord{count}"
        for part in draw(st.lists(st.sampled_from(PARTS), max_size=5)):
            inner = part.replace("{}", inner)
        html += inner + draw(st.sampled_from(["", " ", "\n", "<br>", "<hr>", "</div>", "</ul>", "<p>"]))
    return html


class Found(HTMLParser):
    """Every element and attribute of a text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes) -> None:
        self.elements.append((tag, attributes))


@examples(max_examples=400)
@given(pastes())
def test_every_word_is_kept_once_in_order_and_nothing_else_can_run(html):
    pasted = cleaned(html)
    assert re.findall(r"ord\d+", re.sub(r"<[^>]*>", " ", pasted.html)) == re.findall(r"ord\d+", html)
    assert "skript" not in pasted.html
    assert "dold" not in pasted.html
    for tag, attributes in Found(pasted.html).elements:
        assert tag in TAGS
        for name, value in attributes:
            assert name in ATTRIBUTES[tag]
            assert name != "href" or (value or "").startswith("https://a.se")
    assert sanitised(pasted.html) == pasted.html
    assert cleaned(pasted.html).html == pasted.html


@examples(max_examples=300)
@given(st.text(st.sampled_from("<>/!-='\"&;\n abpxliutdospn[]"), max_size=80))
def test_any_signs_at_all(html):
    once = cleaned(html).html
    assert cleaned(once).html == once
    assert {tag for tag, _ in Found(once).elements} <= TAGS
