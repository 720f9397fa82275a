"""A picture that somebody sends: written anew without what was hidden in it, or refused with a sentence."""

from collections.abc import Callable
from io import BytesIO
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from finsam.pictures.reencoding import (
    LONGEST_SIDE,
    MAX_FILE,
    Encoded,
    UnusablePictureError,
    as_stored,
    reencoded,
)
from plans.models import Illustration
from tests.members import people
from tests.plans.access_world import budget_of
from tests.plans.made_illustrations import drawing, drawn, file_of, photograph

SECRET = "Visby 57.6348 N"
RED, WHITE = (255, 0, 0), (255, 255, 255)


def opened(encoded: Encoded) -> Image.Image:
    return Image.open(BytesIO(encoded.content))


def close(colour: object, wanted: tuple[int, int, int], apart: int = 6) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - other) <= apart for one, other in zip(colour, wanted, strict=True))


# -- what becomes of it --------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"])
def test_each_format_is_read_and_becomes_one_of_two(form):
    encoded = reencoded(file_of(photograph(), form))
    image = opened(encoded)
    assert encoded.media_type == f"image/{str(image.format).lower()}" in ("image/jpeg", "image/png")
    assert image.size == (encoded.width, encoded.height) == (300, 200)
    assert image.mode == "RGB"


@pytest.mark.parametrize(
    ("mode", "kept"),
    [("RGB", "RGB"), ("RGBA", "RGB"), ("CMYK", "RGB"), ("P", "RGB"), ("L", "L"), ("LA", "L"), ("1", "L")],
)
def test_each_colour_mode_becomes_grey_or_three_colours(mode, kept):
    form = "TIFF" if mode == "CMYK" else "PNG"
    image = opened(reencoded(file_of(drawing().convert(mode), form)))
    assert image.mode == kept
    assert not image.has_transparency_data


def test_sixteen_bits_become_eight_and_keep_their_light():
    deep = Image.new("I;16", (20, 20), 32_768)
    assert opened(reencoded(file_of(deep))).getpixel((5, 5)) == 128


def test_a_photograph_becomes_a_jpeg_and_a_drawing_a_png_without_loss():
    assert reencoded(file_of(photograph())).media_type == "image/jpeg"
    encoded = reencoded(file_of(drawing()))
    assert encoded.media_type == "image/png"
    assert opened(encoded).tobytes() == drawing().tobytes()


def test_what_is_transparent_lies_on_white():
    image = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    image.paste((255, 0, 0, 255), (0, 0, 10, 20))
    kept = opened(reencoded(file_of(image))).convert("RGB")
    assert close(kept.getpixel((2, 10)), RED)
    assert close(kept.getpixel((17, 10)), WHITE)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_picture_taken_with_the_camera_turned_is_upright(form):
    """Orientation 6: the top of what was seen is to the right in the file."""
    lying = Image.new("RGB", (60, 40), WHITE)
    lying.paste(RED, (40, 0, 60, 40))
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = opened(reencoded(file_of(lying.rotate(180), form, exif=exif))).convert("RGB")
    assert kept.size == (40, 60)
    assert close(kept.getpixel((20, 5)), RED, 12)
    assert close(kept.getpixel((20, 50)), WHITE, 12)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("image", [photograph(), drawing()], ids=["photograph", "drawing"])
def test_nothing_that_was_hidden_in_the_file_is_left(form, image):
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif.get_ifd(0x8825)[1] = SECRET
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    extra = {"comment": SECRET} if form == "JPEG" else {}
    sent = file_of(image, form, exif=exif, icc_profile=profile, dpi=(300, 300), **extra) + SECRET.encode()
    assert SECRET.encode() in sent
    encoded = reencoded(sent)
    assert SECRET.encode() not in encoded.content
    kept = opened(encoded)
    kept.load()
    assert not kept.getexif()
    assert not kept.info.keys() & {"exif", "icc_profile", "comment", "xmp", "dpi"}


def test_colours_are_meant_as_the_profile_says():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red_is_blue = srgb.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    image = Image.new("RGB", (20, 20), RED)
    assert opened(reencoded(file_of(image, icc_profile=srgb))).getpixel((5, 5)) == RED
    assert close(opened(reencoded(file_of(image, icc_profile=red_is_blue))).getpixel((5, 5)), (0, 0, 255))


def test_a_profile_that_says_nothing_of_these_colours_is_as_none():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (b"ingen profil", lab):
        assert opened(reencoded(file_of(drawing(), icc_profile=profile))).tobytes() == drawing().tobytes()


def test_a_large_picture_is_made_smaller_and_keeps_its_shape():
    encoded = reencoded(file_of(drawing(6000, 1500)))
    assert (encoded.width, encoded.height) == (LONGEST_SIDE, 500)
    assert reencoded(file_of(drawing(1500, 6000))).height == LONGEST_SIDE


def test_a_film_of_pictures_is_its_first():
    first, second = Image.new("RGB", (9, 9), RED), Image.new("RGB", (9, 9), WHITE)
    sent = file_of(first, "GIF", save_all=True, append_images=[second])
    assert close(opened(reencoded(sent)).getpixel((4, 4)), RED)


def test_the_same_file_gives_the_same_bytes_and_the_same_key():
    one, other = reencoded(drawn(1)), reencoded(drawn(1))
    assert one == other
    assert one.key == other.key != reencoded(drawn(2)).key


def test_what_was_written_is_taken_back_as_it_is_and_nothing_else_is():
    for image in (photograph(), drawing(), drawing().convert("L")):
        encoded = reencoded(file_of(image))
        assert as_stored(encoded.content) == encoded
    other = (
        drawing().convert("RGBA"),
        drawing().convert("P"),
        drawing(LONGEST_SIDE + 1, 10),
    )
    for image in other:
        with pytest.raises(UnusablePictureError, match="inte skriven av Finsam"):
            as_stored(file_of(image))
    with pytest.raises(UnusablePictureError):
        as_stored(file_of(drawing(), "GIF"))
    with pytest.raises(UnusablePictureError, match="skadad"):
        as_stored(reencoded(file_of(photograph())).content[:5000])


# -- what is refused -----------------------------------------------------------------------------

REFUSED: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "empty": (b"", "Filen är tom"),
    "large": (lambda: b"x" * (MAX_FILE + 1), "Filen är 21 MB. Högst 20 MB läses"),
    "truncated jpeg": (file_of(photograph(), "JPEG")[:4000], "skadad eller ofullständig"),
    "truncated png": (file_of(photograph())[:4000], "skadad eller ofullständig"),
    "only the beginning": (b"\xff\xd8\xff", "skadad eller ofullständig"),
    "too many pixels": (
        lambda: file_of(Image.new("1", (11_000, 5_000))),
        "för stor: högst 12\u00a0000 bildpunkter",
    ),
    "too long a side": (lambda: file_of(Image.new("1", (30_000, 10))), "50 miljoner"),
    "a bomb": (lambda: file_of(Image.new("1", (30_000, 30_000))), "för stor"),
    "half a bomb": (lambda: file_of(Image.new("1", (11_000, 11_000))), "för stor"),
    "too deep": (file_of(Image.new("F", (5, 5)), "TIFF"), "färgdjup"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "SVG-bild"),
    "svg with a head": (b'<?xml version="1.0"?>\n<!-- ord -->\n<svg width="1"/>', "SVG-bild"),
    "svg in sixteen bits": ("<?xml version='1.0'?><svg width='1'/>".encode("utf-16"), "SVG-bild"),
    "svg packed": (b"\x1f\x8b\x08\x00", "packad"),
    "a page": (b"<!DOCTYPE html><title>x</title>", "webbsida"),
    "xml": (b'<?xml version="1.0"?><plan/>', "XML"),
    "heic": (b"\x00\x00\x00\x18ftypheic\x00\x00", "HEIC"),
    "avif": (b"\x00\x00\x00\x18ftypavif\x00\x00", "AVIF"),
    "a film": (b"\x00\x00\x00\x18ftypisom\x00\x00", "film"),
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "emf": (b"\x01\x00\x00\x00" + b"\x00" * 36 + b" EMF", "EMF"),
    "wmf": (b"\xd7\xcd\xc6\x9a\x00", "WMF"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0", "EPS"),
    "photoshop": (b"8BPS\x00\x01", "Photoshop"),
    "word": (b"PK\x03\x04\x14\x00[Content_Types].xml", "dokument"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1", "dokument"),
    "zip": (b"PK\x03\x04\x14\x00bild.png", "packad"),
    "words": ("Det här är ingen bild.".encode(), "ingen bild som Finsam kan läsa"),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_picture_to_use_is_named_in_a_sentence(content, said):
    with pytest.raises(UnusablePictureError) as refused:
        reencoded(content() if callable(content) else content)
    sentence = str(refused.value)
    assert said in sentence
    assert sentence.count(".") >= 2, "what it is, and what to do"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"])
def test_whatever_a_damaged_file_holds_it_becomes_a_picture_or_a_sentence(form):
    exif = Image.Exif()
    exif[0x0112] = 6
    whole = file_of(photograph(30, 20), form, **({} if form in ("GIF", "BMP") else {"exif": exif}))
    chance = Random(form)
    refused = 0
    for _ in range(150):
        damaged = bytearray(whole[: chance.choice((len(whole), chance.randrange(len(whole))))])
        for _ in range(chance.randrange(1, 6) if damaged else 0):
            place = chance.randrange(min(len(damaged), chance.choice((60, 400, len(damaged)))))
            damaged[place] = chance.randrange(256)
        try:
            encoded = reencoded(bytes(damaged))
        except UnusablePictureError as error:
            refused += 1
            assert str(error).endswith(".")
        else:
            assert as_stored(encoded.content) == encoded
    assert refused


# -- sending and showing -------------------------------------------------------------------------

ADDRESS = "/norrby/plan/2021/bilder/"


@pytest.fixture
def plan(db):
    return budget_of(people.federation("norrby"), 2021, "n")


@pytest.fixture
def client(plan):
    return people.reader(plan.federation)


def send(client, content: bytes, name: str = "bild.png"):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content)})


def test_a_picture_is_sent_and_shown(client):
    answer = send(client, drawn()).json()
    assert (answer["width"], answer["height"]) == (300, 200)
    assert answer["src"] == f"/norrby/bild/{answer['key']}/"
    shown = client.get(answer["src"])
    assert shown.content == reencoded(drawn()).content
    assert shown["Content-Type"] == "image/png"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Cache-Control"] == "private, max-age=31536000, immutable"


def test_the_same_picture_twice_is_stored_once_and_each_federation_has_its_own(client, plan):
    first, second = send(client, drawn()).json(), send(client, drawn(), "annat namn.png").json()
    assert first == second
    other = budget_of(people.federation("soderby"), 2021, "s")
    elsewhere = people.reader(other.federation)
    assert elsewhere.get(f"/soderby/bild/{first['key']}/").status_code == 404
    elsewhere.post(
        f"/soderby{ADDRESS.removeprefix('/norrby')}", {"file": SimpleUploadedFile("b.png", drawn())}
    )
    assert elsewhere.get(f"/soderby/bild/{first['key']}/").status_code == 200
    assert Illustration.objects.count() == 2


@pytest.mark.parametrize("key", ["0" * 20, "bild", "0" * 19 + "g"])
def test_a_picture_that_is_not_there_is_not_found(client, key):
    assert client.get(f"/norrby/bild/{key}/").status_code == 404


def test_eighty_megabytes_are_refused_with_a_sentence(client):
    answer = send(client, b"\xff\xd8\xff" + b"x" * 80_000_000, "bild.jpg")
    assert answer.status_code == 422
    assert answer.json() == {"said": "Filen är 81 MB. Högst 20 MB läses. Gör bilden mindre och försök igen."}
    assert not Illustration.objects.exists()


def test_a_drawing_with_a_script_is_refused_whatever_it_is_called(client):
    answer = send(client, b"<svg><script>alert(1)</script></svg>", "bild.png")
    assert answer.status_code == 422
    assert answer.json()["said"].startswith("Filen är en SVG-bild, som kan innehålla program.")
    assert not Illustration.objects.exists()


def test_nothing_sent_is_asked_for(client):
    answer = client.post(ADDRESS, {"file": "bild.png"})
    assert (answer.status_code, answer.json()) == (422, {"said": "Välj en bild."})


def test_a_closed_plan_takes_no_picture(client, plan):
    plan.budget.is_open = False
    plan.budget.save()
    answer = send(client, drawn())
    assert answer.status_code == 409
    assert answer.json()["said"].startswith("Budgeten är stängd")
    assert not Illustration.objects.exists()
