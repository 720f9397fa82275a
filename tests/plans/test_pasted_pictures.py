"""Pictures in what is pasted: kept where they can be read, told with the reason where they cannot."""

import json
import re
from base64 import b64encode
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from members.models import RoleKind
from plans.illustrations import store_illustration
from plans.models import Illustration, Plan
from plans.text.pasting.pictures import MOST
from plans.text.sanitising import ATTRIBUTES, TAGS
from tests.loading import load
from tests.members import people
from tests.plans.made_illustrations import drawn, file_of, photograph

FIXTURES = settings.BASE_DIR / "fixtures"
ADDRESS = "/gotland/plan/2021/klistra/"


@pytest.fixture
def plan(db) -> Plan:
    federation, _ = load(FIXTURES / "gotland")
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


@pytest.fixture
def karin(plan) -> Client:
    return people.client_of(people.with_role(plan.federation, RoleKind.DIRECTOR))


def written_out(content: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"


def pasted(client: Client, html: str) -> tuple[list[str], list[str]]:
    """The blocks that come back, and what is told."""
    answer = client.post(ADDRESS, {"html": SimpleUploadedFile("urklipp.html", html.encode())})
    assert answer.status_code == 200
    found = json.loads(answer.content)
    return found["html"].splitlines(), found["left_out"]


def key_of(plan: Plan) -> str:
    return Illustration.objects.get(federation=plan.federation).key


# -- what is kept --------------------------------------------------------------------------------


def test_a_picture_stands_where_it_stood_with_its_alternative_text(plan, karin):
    blocks, told = pasted(
        karin, f'<p>Före <img src="{written_out(drawn())}" alt="Karta &amp; skala"> efter</p>'
    )
    assert blocks == [
        "<p>Före</p>",
        f'<img data-picture="{key_of(plan)}" alt="Karta &amp; skala">',
        "<p>efter</p>",
    ]
    assert told == []


def test_one_without_alternative_text_waits_for_it(plan, karin):
    html = f'<p><span><img src="{written_out(drawn())}" width="120" height="80"></span></p><p>Text</p>'
    blocks, told = pasted(karin, html)
    assert blocks == [f'<img data-picture="{key_of(plan)}" alt="">', "<p>Text</p>"]
    assert told == []


def test_pictures_of_lists_tables_and_quotations_come_after_them(plan, karin):
    picture = f'<img src="{written_out(drawn())}">'
    html = (
        f"<ol><li>ett {picture}</li><li>två</li></ol><p>mitten</p>"
        f"<table><tr><td>a {picture}</td><td>b</td></tr></table>"
        f"<blockquote><p>citat</p>{picture}</blockquote>"
    )
    blocks, _ = pasted(karin, html)
    tag = f'<img data-picture="{key_of(plan)}" alt="">'
    assert blocks == [
        "<ol><li>ett</li><li>två</li></ol>",
        tag,
        "<p>mitten</p>",
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        tag,
        "<blockquote><p>citat</p></blockquote>",
        tag,
    ]


def test_a_table_that_only_sets_pictures_beside_each_other_is_gone(plan, karin):
    picture = f'<td><img src="{written_out(drawn())}" alt="Logotyp"></td>'
    blocks, _ = pasted(karin, f"<table><tr>{picture}{picture}</tr></table>")
    assert blocks == [f'<img data-picture="{key_of(plan)}" alt="Logotyp">'] * 2


def test_the_same_picture_twice_is_stored_once_and_written_anew(plan, karin):
    photo = file_of(photograph(), "JPEG", exif=b"Exif\x00\x00hemlig plats")
    blocks, _ = pasted(karin, f'<img src="{written_out(photo)}">' * 2)
    assert len(blocks) == 2
    assert b"hemlig plats" not in bytes(Illustration.objects.get().content)


def test_a_picture_of_ours_is_kept_with_its_caption_and_one_of_others_not(plan, karin):
    ours = store_illustration(plan.federation, drawn(1)).key
    theirs = store_illustration(load(FIXTURES / "lund")[0], drawn(2)).key
    html = (
        f'<img data-picture="{ours}" alt="Vår" data-caption="Bild 1" src="/gotland/bild/{ours}/">'
        f'<p>Text</p><img data-picture="{theirs}" alt="Deras">'
        f'<img alt="Läst" src="https://finsam.example/gotland/bild/{ours}/">'
    )
    blocks, told = pasted(karin, html)
    assert blocks == [
        f'<img data-picture="{ours}" alt="Vår" data-caption="Bild 1">',
        "<p>Text</p>",
        f'<img data-picture="{ours}" alt="Läst">',
    ]
    assert told == ["En bild följde inte med. Den finns inte i förbundets planer."]


def test_a_paste_with_large_pictures_is_longer_than_a_field_may_be(plan, karin):
    photo = file_of(photograph(1200, 1000))
    assert len(photo) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    blocks, told = pasted(karin, f'<p>Foto</p><img src="{written_out(photo)}" alt="Brus">')
    assert blocks == ["<p>Foto</p>", f'<img data-picture="{key_of(plan)}" alt="Brus">']
    assert told == []


# -- what is not ---------------------------------------------------------------------------------


def test_what_cannot_be_used_is_named_with_the_reason(plan, karin):
    svg = written_out(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "image/svg+xml")
    damaged = written_out(drawn()[:60])
    blocks, told = pasted(karin, f'<p>a</p><img alt="Skiss" src="{svg}"><p>b</p><img src="{damaged}">')
    assert blocks == ["<p>a</p>", "<p>b</p>"]
    assert len(told) == 2
    assert told[0].startswith("En bild (”Skiss”) följde inte med. Filen är en SVG-bild")
    assert told[1].startswith("En bild följde inte med. Bilden är skadad")
    assert not Illustration.objects.exists()


def test_pictures_that_only_have_an_address_are_told_with_what_to_do(karin):
    html = '<p>a<img src="file:///C:/x/clip_image001.png" alt="Org"><img src="https://a.se/b.png"></p>'
    blocks, told = pasted(karin, html)
    assert blocks == ["<p>a</p>"]
    assert told == ["Två bilder (”Org”) följde inte med. Dra in bildfilerna eller välj Bild."]


def test_no_more_pictures_than_can_be_taken_at_once(karin):
    html = "".join(f'<img src="{written_out(drawn(number))}">' for number in range(MOST + 2))
    blocks, told = pasted(karin, html)
    assert len(blocks) == Illustration.objects.count() == MOST
    assert told == [
        "Två bilder följde inte med. Dra in bildfilerna eller välj Bild.",
        f"Högst {MOST} bilder följer med på en gång, och högst 20 MB.",
    ]


def test_more_than_a_section_can_hold_is_refused_with_a_sentence(karin):
    answer = karin.post(ADDRESS, {"html": SimpleUploadedFile("urklipp.html", b"ord " * 250_001)})
    assert answer.status_code == 422
    assert "för lång" in json.loads(answer.content)["left_out"][0]


def test_nothing_is_stored_in_a_closed_plan(plan, karin):
    plan.set_open(False)
    answer = karin.post(ADDRESS, {"html": f'<img src="{written_out(drawn())}">'})
    assert answer.status_code == 409
    assert "stängd" in json.loads(answer.content)["left_out"][0]
    assert not Illustration.objects.exists()


# -- hostile pastes ------------------------------------------------------------------------------

GOOD = written_out(drawn())
SOURCES = [
    GOOD,
    GOOD.replace("data:", "DATA:"),
    GOOD.replace("image/png", "image/png;charset=utf-8"),
    "javascript:alert(1)",
    " jav&#x0A;ascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,%3Csvg onload=%22alert(1)%22/%3E",
    written_out(b"<svg onload='alert(1)'/>", "image/svg+xml"),
    "data:image/png;base64,####",
    "data:image/png,",
    "file:///etc/passwd",
    "//a.se/x.png",
    "finsam-picture-0",
    "finsam-picture-99",
    "/gotland/bild/00000000000000000001/",
    "",
]
ATTACKS = [
    "onerror=alert(1)",
    'onload="alert(1)"',
    f'srcset="{GOOD} 2x, javascript:alert(1)"',
    f'lowsrc="{GOOD}"',
    "style='background:url(javascript:alert(1))'",
    'data-picture="00000000000000000000"',
    'data-picture="x onerror=alert(1)"',
    'data-caption="</p><script>alert(1)</script>"',
    "alt='\"><script>alert(1)</script>'",
    'alt="Karta"',
    "srcdoc='<script>alert(1)</script>' is=x usemap=#a",
    "",
]
AROUND = [
    "{}",
    "<p>{}</p>",
    "<a href='javascript:alert(1)'>{}</a>",
    "<picture><source srcset='javascript:alert(1)'>{}</picture>",
    "<svg><foreignObject>{}</foreignObject></svg>",
    "<svg><image href='data:image/svg+xml,<svg onload=alert(1)>'/></svg>{}",
    "<math><annotation-xml encoding='text/html'>{}</annotation-xml></math>",
    "<ul><li>{}</li></ul>",
    "<table><tr><td>{}</td><td>x</td></tr></table>",
    "<template>{}</template>",
    "<noscript><p title='</noscript>{}'></noscript>",
    "<!--[if gte vml 1]>{}<![endif]-->{}",
    "<object data='data:text/html,<script>'>{}</object>",
    "<input type=image src='javascript:alert(1)'>{}",
]


@st.composite
def hostile(draw) -> str:
    html = ""
    for _ in range(draw(st.integers(1, 4))):
        source, attacks = draw(st.sampled_from(SOURCES)), draw(st.lists(st.sampled_from(ATTACKS), max_size=3))
        quote = draw(st.sampled_from(['"', "'", ""]))
        picture = f"<img src={quote}{source}{quote} {' '.join(attacks)}>"
        html += draw(st.sampled_from(AROUND)).replace("{}", picture)
    return html


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes) -> None:
        self.found.append((tag, dict(attributes)))


@examples(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(html=hostile())
def test_only_pictures_that_are_stored_are_left_of_hostile_pastes(plan, karin, html):
    blocks, _ = pasted(karin, html)
    stored = set(Illustration.objects.filter(federation=plan.federation).values_list("key", flat=True))
    for tag, attributes in Elements("\n".join(blocks)).found:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set())
        if tag == "img":
            assert attributes["data-picture"] in stored
            assert "alt" in attributes
    assert not re.search(r"<[^>]*javascript:", "\n".join(blocks))
