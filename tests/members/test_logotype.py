"""The federation's logotype, for those who may see the federation."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from members.models import Federation
from tests.members import people
from tests.members.people import reader
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db


def png() -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 4), "teal").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def federation(settings, tmp_path) -> Federation:
    settings.MEDIA_ROOT = tmp_path
    return people.federation(logotype=SimpleUploadedFile("märke.png", png()))


def test_the_logotype_is_shown_on_the_overview(federation):
    client = reader(federation)
    image = shown(client.get("/norrby/")).one("img")
    assert (image.attributes["src"], image.attributes["alt"]) == ("/norrby/logotyp/", "Logotyp")
    answer = client.get("/norrby/logotyp/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.getvalue() == png()


def test_a_stranger_does_not_see_it(federation):
    answer = reader(people.federation("soderby")).get("/norrby/logotyp/")
    assert answer.status_code == 404


def test_there_is_no_other_way_to_the_file(federation):
    client = reader(federation)
    assert client.get(f"/{federation.logotype.name}").status_code == 404
    assert client.get(f"/media/{federation.logotype.name}").status_code == 404


def test_a_federation_without_logotype_has_none():
    client = reader(people.federation())
    assert not shown(client.get("/norrby/")).all("img")
    assert client.get("/norrby/logotyp/").status_code == 404


def test_a_file_that_has_gone_missing_is_not_found(federation):
    """As after a database was restored without its files."""
    federation.logotype.storage.delete(federation.logotype.name)
    client = reader(federation)
    assert client.get("/norrby/").status_code == 200
    assert client.get("/norrby/logotyp/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("logo.png", b"<script>alert(1)</script>"),
        ("logo.html", png()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_only_a_picture_can_be_uploaded(federation, name, content):
    field = Federation._meta.get_field("logotype").formfield()
    with pytest.raises(ValidationError):
        field.clean(SimpleUploadedFile(name, content))
