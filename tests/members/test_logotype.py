"""The federation's logotype: chosen by support staff, for those who may see the federation."""

from io import BytesIO

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from members.models import Federation, Logotype, User
from members.old_logotypes import old_logotype
from tests.members import people
from tests.members.people import client_of, reader
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db

SECRET = "Ritad av Karin Ek"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def png(colour: str = "teal") -> bytes:
    """With something in it that nobody sees."""
    hidden, file = PngInfo(), BytesIO()
    hidden.add_text("Comment", SECRET)
    Image.new("RGB", (8, 4), colour).save(file, "PNG", pnginfo=hidden)
    return file.getvalue()


def colour_of(content: bytes) -> object:
    return Image.open(BytesIO(content)).convert("RGB").getpixel((0, 0))


@pytest.fixture
def federation() -> Federation:
    return people.federation()


@pytest.fixture
def staff() -> Client:
    return client_of(User.objects.create_superuser("stod@example.se", people.PASSWORD, name="Stöd"))


def choose(
    staff: Client, federation: Federation, content: bytes | None, name: str = "märke.png", **more: str
):
    """The answer when the page for support staff is sent with the file."""
    logotype = Logotype.objects.filter(federation=federation).first()
    sent = {
        "name": federation.name,
        "short_name": federation.short_name,
        "slug": federation.slug,
        "unit": federation.unit,
        "logotype-INITIAL_FORMS": str(int(logotype is not None)),
        "logotype-TOTAL_FORMS": "1",
        "logotype-0-id": str(logotype.pk) if logotype else "",
        "logotype-0-federation": str(federation.pk),
        **{f"{rows}-{each}_FORMS": "0" for rows in ROWS for each in ("INITIAL", "TOTAL")},
        **more,
    }
    if content is not None:
        sent["logotype-0-file"] = SimpleUploadedFile(name, content)
    return staff.post(f"/admin/members/federation/{federation.pk}/change/", sent)


ROWS = ("earlier_names", "members", "policies")


def test_the_logotype_is_shown_on_the_overview(staff, federation):
    assert choose(staff, federation, png()).status_code == 302
    client = reader(federation)
    image = shown(client.get("/norrby/")).one("img")
    assert (image.attributes["src"], image.attributes["alt"]) == ("/norrby/logotyp/", "Logotyp")
    answer = client.get("/norrby/logotyp/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert colour_of(answer.content) == (0, 128, 128)
    assert SECRET.encode() not in answer.content


def test_a_stranger_does_not_see_it(staff, federation):
    choose(staff, federation, png())
    answer = reader(people.federation("soderby")).get("/norrby/logotyp/")
    assert answer.status_code == 404


def test_another_takes_its_place_at_once_and_it_can_be_removed(staff, federation):
    client = reader(federation)
    choose(staff, federation, png("teal"))
    assert choose(staff, federation, None).status_code == 302, "saved as it is"
    assert colour_of(client.get("/norrby/logotyp/").content) == (0, 128, 128)
    choose(staff, federation, png("maroon"))
    assert colour_of(client.get("/norrby/logotyp/").content) == (128, 0, 0)
    choose(staff, federation, None, **{"logotype-0-DELETE": "on"})
    assert not Logotype.objects.exists()
    assert client.get("/norrby/logotyp/").status_code == 404


def test_a_federation_without_logotype_has_none(staff, federation):
    assert choose(staff, federation, None).status_code == 302
    client = reader(federation)
    assert not shown(client.get("/norrby/")).all("img")
    assert client.get("/norrby/logotyp/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("logo.svg", SVG, "Filen är en SVG-bild, som kan innehålla program."),
        ("logo.png", b"<!doctype html><script>alert(1)</script>", "Filen är en webbsida, ingen bild."),
        ("logo.png", png()[:60], "Bilden är skadad eller ofullständig."),
        ("logo.png", png() + bytes(20_000_000), "Högst 20 MB läses."),
    ],
    ids=["SVG", "a page", "half a picture", "too large"],
)
def test_only_a_picture_is_taken_and_the_one_there_is_stays(staff, federation, name, content, words):
    choose(staff, federation, png())
    before = Logotype.objects.values().get()
    answer = choose(staff, federation, content, name)
    assert answer.status_code == 200
    assert words in shown(answer).text
    assert Logotype.objects.values().get() == before


def test_a_file_from_before_is_found_where_it_was_and_nowhere_else(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "media" / "logotypes").mkdir(parents=True)
    (tmp_path / "media" / "logotypes" / "märke.png").write_bytes(png())
    (tmp_path / "hemligt").write_text("hemligt")
    assert old_logotype("logotypes/märke.png") == png()
    with pytest.raises(FileNotFoundError):
        old_logotype("logotypes/borta.png")
    with pytest.raises(SuspiciousFileOperation):
        old_logotype("../hemligt")
