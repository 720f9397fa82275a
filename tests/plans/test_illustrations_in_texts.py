"""Pictures in the texts of a plan: what is kept of them, how the editor and the page get them, what the rules
say."""

import re
from dataclasses import replace

import pytest

from plans.document import BulletList, Illustration, Paragraph, plain
from plans.figures.passages import plain_text
from plans.illustrations import store_illustration
from plans.models import Plan, Section
from plans.picture import Illustration as Stored
from plans.picture import Section as SectionPicture
from plans.picture import Term
from plans.preview import preview, writing_of
from plans.reading import read_plan
from plans.rules import check_document
from plans.text.illustrations import illustrations_in
from plans.text.sanitising import sanitised
from plans.text.shown import shown
from plans.text_remarks import text_remarks
from tests.members import people
from tests.plans.access_world import budget_of
from tests.plans.made_illustrations import drawn
from tests.plans.made_plans import empty_plan
from tests.plans.test_text_reading import read

KEY, GONE = "0123456789abcdef0123", "f" * 20
PICTURE = f'<img data-picture="{KEY}" alt="Ett möte">'


# -- what is kept --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (PICTURE, PICTURE),
        (f'<img src="/norrby/bild/{KEY}/" alt="Ett möte" class="x" data-picture="{KEY}">', PICTURE),
        (f"<img data-picture='{KEY}' alt='Ett möte' onerror=alert(1) style='x' srcset=y>", PICTURE),
        (f'<img data-picture="{KEY}" alt=" Ett\n möte " data-caption="  ">', PICTURE),
        (f'<img data-picture="{KEY}">', f'<img data-picture="{KEY}" alt="">'),
        (
            f'<img data-caption="<b> &amp; &quot;c&quot;" data-picture="{KEY}" alt="a > b">',
            f'<img data-picture="{KEY}" alt="a &gt; b" data-caption="&lt;b&gt; &amp; &quot;c&quot;">',
        ),
        ('<p>ord<img src="https://x.se/a.png" alt="x"></p>', "<p>ord</p>"),
        (f'<p>ord<img data-picture="{KEY.upper()}" alt="x"></p>', "<p>ord</p>"),
        (f'<p>ord<img data-picture="{KEY}0" alt="x"></p>', "<p>ord</p>"),
        (f'<p data-picture="{KEY}">ord</p>', "<p>ord</p>"),
    ],
)
def test_only_the_key_and_the_words_of_a_picture_are_kept(sent, kept):
    assert sanitised(sent) == kept
    assert sanitised(kept) == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (f"<p>före{PICTURE}efter</p>", f"<p>före</p>{PICTURE}<p>efter</p>"),
        (f"<p>{PICTURE}</p>", PICTURE),
        (f"<p>{PICTURE} <br> {PICTURE}</p>", PICTURE * 2),
        (f"<p>före<br>{PICTURE}</p>", f"<p>före</p>{PICTURE}"),
        (
            f"<p><strong>a<em>{PICTURE}b</em></strong></p>",
            f"<p><strong>a</strong></p>{PICTURE}<p><strong><em>b</em></strong></p>",
        ),
        (f'<p><a href="https://x.se">{PICTURE}</a> a</p>', f"{PICTURE}<p> a</p>"),
        (f"<ul><li>a{PICTURE}b</li><li>c</li></ul>", f"<ul><li>ab</li><li>c</li></ul>{PICTURE}"),
        (f"<blockquote><p>a{PICTURE}</p></blockquote>", f"<blockquote><p>a</p></blockquote>{PICTURE}"),
        (
            f"<table><tr><td>a{PICTURE}</td><td>{PICTURE}</td></tr></table>",
            f"<table><tbody><tr><td>a</td><td></td></tr></tbody></table>{PICTURE * 2}",
        ),
        (
            f'<p><span data-figure="what=income">5{PICTURE}</span> kr</p>',
            f'<p><span data-figure="what=income">5</span> kr</p>{PICTURE}',
        ),
        (
            f'<p>se <a data-section="mal">mål{PICTURE}</a>.</p>',
            f'<p>se <a data-section="mal">mål</a>.</p>{PICTURE}',
        ),
        (f"<p>a</p>{PICTURE}<p></p>", f"<p>a</p>{PICTURE}<p></p>"),
        (f"ord{PICTURE}ord", f"ord{PICTURE}ord"),
    ],
)
def test_a_picture_stands_between_paragraphs_and_no_word_is_lost(sent, kept):
    assert sanitised(sent) == kept
    assert sanitised(kept) == kept


def test_pictures_are_found_in_order_with_their_words():
    found = list(
        illustrations_in(f'{PICTURE}<p>a</p><img data-picture="{GONE}" alt="" data-caption="&lt;c">')
    )
    assert [(each.key, each.alternative_text, each.caption) for each in found] == [
        (KEY, "Ett möte", ""),
        (GONE, "", "<c"),
    ]


def test_a_picture_is_a_block_between_those_around_it():
    before, picture, listed, after = read(f"<p>före{PICTURE}</p><ul><li>ett</li></ul>efter")
    assert isinstance(before, Paragraph) and plain(before.spans) == "före"
    assert isinstance(picture, Illustration)
    assert (picture.key, picture.description) == (KEY, "Ett möte")
    assert isinstance(listed, BulletList)
    assert isinstance(after, Paragraph) and plain(after.spans) == "efter"


def test_the_words_of_a_picture_are_no_words_of_the_text():
    assert plain_text(f"<p>ett</p>{PICTURE}<p>två</p>").split() == ["ett", "två"]


# -- the editor and the page ---------------------------------------------------------------------


@pytest.fixture
def plan(db) -> Plan:
    return budget_of(people.federation("norrby"), 2021, "n")


@pytest.fixture
def key(plan) -> str:
    return store_illustration(plan.federation, drawn()).key


def test_the_editor_gets_the_address_of_a_picture_and_none_for_one_that_is_gone(plan, key):
    text = f'<p>a</p><img data-picture="{key}" alt="&quot;b&quot;"><img data-picture="{GONE}" alt="c">'
    wanted = text.replace('&quot;b&quot;"', f'&quot;b&quot;" src="/norrby/bild/{key}/"')
    assert shown(text, writing_of(plan)) == wanted
    assert sanitised(wanted) == text


def test_the_preview_shows_the_picture_and_says_which_is_gone(plan, key):
    text = f'<img data-picture="{key}" alt="Ett möte" data-caption="I &lt;Visby&gt;">'
    html = preview(writing_of(plan), f'{text}<img data-picture="{GONE}" alt="En karta">')
    (tag,) = re.findall(r"<img[^>]*>", html)
    attributes = ('src="/norrby/bild/', 'alt="Ett möte"', 'width="300"', 'height="200"', 'loading="lazy"')
    assert all(each in tag for each in attributes)
    assert "<figcaption>I &lt;Visby&gt;</figcaption>" in html
    assert "Bilden saknas: En karta" in html


def test_another_federations_picture_is_not_shown(plan, key):
    other = budget_of(people.federation("soderby"), 2021, "s")
    assert "Bilden saknas" in preview(writing_of(other), f'<img data-picture="{key}" alt="">')


def test_what_is_read_for_a_page_has_no_contents_and_for_a_file_it_has(plan, key):
    section = Section.objects.filter(plan=plan).first()
    store_illustration(plan.federation, drawn(2))  # that no text shows
    section.text = f'<img data-picture="{key}" alt="">'
    section.save()
    (page,) = read_plan(plan).illustrations.values()
    (file,) = read_plan(plan, contents=True).illustrations.values()
    assert page.content == b"" and page.address == f"/norrby/bild/{key}/"
    assert replace(file, content=b"") == page
    assert bytes(plan.federation.illustrations.get(key=key).content) == file.content


def test_a_caption_that_cannot_be_printed_is_remarked_on(plan):
    text = PICTURE.replace(">", ' data-caption="中">')
    (remark,) = text_remarks(text, "", read_plan(plan))
    assert "中" in remark.said
    assert not text_remarks(text.replace("中", "ord"), "", read_plan(plan))


# -- the rules -----------------------------------------------------------------------------------


def findings(*sections: SectionPicture, code: str, **more: object):
    stored = {KEY: Stored(KEY, "image/png", 10, 10, "")}
    plan = replace(empty_plan(), sections=sections, illustrations=stored, **more)
    return [each for each in check_document(plan) if each.code == code]


def test_a_picture_without_alternative_text_is_an_error_with_its_law():
    mute = SectionPicture("a", "Möten", text=PICTURE.replace("Ett möte", ""))
    (finding,) = findings(mute, SectionPicture("b", "Annat", text=PICTURE), code="ALTERNATIVE_TEXT")
    assert finding.severity.name == "ERROR"
    assert finding.section == "a"
    assert finding.sentence.startswith("Bilden i avsnittet 1 Möten saknar alternativtext")
    assert "2018:1937" in finding.reference and "EN 301 549" in finding.reference


def test_several_pictures_of_a_text_are_counted_in_one_sentence():
    mute = PICTURE.replace("Ett möte", "") * 2
    (finding,) = findings(SectionPicture("a", "Möten", text=mute + PICTURE), code="ALTERNATIVE_TEXT")
    assert finding.sentence.startswith("2 bilder i avsnittet 1 Möten saknar alternativtext")
    terms = (Term("Samråd", mute),)
    (finding,) = findings(SectionPicture("a", "Möten"), terms=terms, code="ALTERNATIVE_TEXT")
    assert finding.sentence.startswith("2 bilder i begreppet Samråd")
    assert finding.section == ""


def test_a_picture_that_is_gone_is_an_error():
    gone = SectionPicture("a", "Möten", text=PICTURE.replace(KEY, GONE))
    (finding,) = findings(gone, code="LIVE_FIGURE")
    assert finding.section == "a"
    assert finding.sentence.startswith("Avsnittet 1 Möten: En bild saknas")
    assert not findings(SectionPicture("a", "Möten", text=PICTURE), code="LIVE_FIGURE")
