"""A picture from anywhere, written anew as a plain JPEG or PNG: what was hidden in the file is gone. Pure.

Nothing is decoded before the file's size, its kind and the picture's size are known to be such as we take.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import Literal

from PIL import Image, ImageCms

from finsam.pictures.recognition import UNKNOWN, why_not_a_picture

MAX_FILE = 20_000_000
"""Bytes of a file."""
MAX_SIDE = 12_000
MAX_PIXELS = 50_000_000
"""What is read of a picture, in pixels."""
LONGEST_SIDE = 2_000
"""What is kept of it: sharp across a page on paper, some hundred kilobytes."""

READ = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
BEGINNINGS = (b"\xff\xd8", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
"""Of all these but WebP."""
QUALITY = 85
MOST_COLOURS = 65_536
"""A picture with more colours is a photograph; a PNG of it need not be tried."""
SHARPNESS_IS_WORTH = 1.5
"""So many times larger a PNG, which loses nothing, may be than the JPEG."""

MediaType = Literal["image/jpeg", "image/png"]
KEPT: dict[str, MediaType] = {"JPEG": "image/jpeg", "PNG": "image/png"}
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture is turned upright, by the orientation that its camera wrote."""
ORIENTATION = 0x0112
GREY = ("1", "L", "LA", "La", "I;16", "I;16B", "I;16L")

TOO_LARGE = (
    f"Bilden är för stor: högst {MAX_SIDE:_} bildpunkter på en sida och {MAX_PIXELS // 1_000_000} miljoner "
    "sammanlagt läses. Gör den mindre och försök igen."
).replace("_", "\u00a0")
DAMAGED = (
    "Bilden är skadad eller ofullständig. Öppna den i ett bildprogram, spara den på nytt och välj den igen."
)
EMPTY = "Filen är tom. Välj en bild som går att öppna."
DEEP = "Bilden har ett färgdjup som inte kan visas. Spara den som PNG eller JPEG och välj den i stället."


class UnusablePictureError(ValueError):
    """A file that is not used; the message is a Swedish sentence that says what it is and what to do."""


@dataclass(frozen=True)
class Encoded:
    """A picture in grey or sRGB, without transparency and metadata. Sizes in pixels."""

    content: bytes
    media_type: MediaType
    width: int
    height: int

    @property
    def key(self) -> str:
        """What texts call it: the first twenty digits of the SHA-256 of its bytes."""
        return sha256(self.content).hexdigest()[:20]


def reencoded(content: bytes) -> Encoded:
    """The picture of a file: upright, at most LONGEST_SIDE, as JPEG or PNG, whichever suits it. The same file
    gives the same bytes. Raises UnusablePictureError."""
    check_size(len(content))
    image = _opened(content, READ)
    try:
        return _encoded(_upright(image))
    except UnusablePictureError:
        raise
    except Exception as error:  # whatever Pillow's parsers stumble on
        raise UnusablePictureError(DAMAGED) from error


def as_stored(content: bytes) -> Encoded:
    """The picture of a file that `reencoded` once wrote, as it is. Raises UnusablePictureError for any other
    file."""
    check_size(len(content))
    image = _opened(content, tuple(KEPT))
    try:
        image.load()
    except Exception as error:
        raise UnusablePictureError(DAMAGED) from error
    kept = image.format in KEPT and image.mode in ("L", "RGB")
    if not kept or image.has_transparency_data or max(image.size) > LONGEST_SIDE:
        raise UnusablePictureError("Bilden är inte skriven av Finsam.")
    return Encoded(content, KEPT[image.format or ""], *image.size)


def check_size(size: int) -> None:
    """Raises UnusablePictureError for a file of so many bytes that is empty, or larger than is read."""
    if not size:
        raise UnusablePictureError(EMPTY)
    if size > MAX_FILE:
        raise UnusablePictureError(
            f"Filen är {-(-size // 1_000_000)} MB. Högst {MAX_FILE // 1_000_000} MB läses. Gör bilden mindre "
            "och försök igen."
        )


def _opened(content: bytes, formats: tuple[str, ...]) -> Image.Image:
    """The picture with its head read, and nothing decoded."""
    try:
        image: Image.Image = Image.open(BytesIO(content), formats=formats)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnusablePictureError(TOO_LARGE) from error
    except Exception as error:
        sentence = why_not_a_picture(content)
        known = sentence == UNKNOWN and (content.startswith(BEGINNINGS) or content[8:12] == b"WEBP")
        raise UnusablePictureError(DAMAGED if known else sentence) from error
    if max(image.size) > MAX_SIDE or image.width * image.height > MAX_PIXELS:
        raise UnusablePictureError(TOO_LARGE)
    return image


def _upright(image: Image.Image) -> Image.Image:
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than is needed
    image.load()
    turn = TURNS.get(image.getexif().get(ORIENTATION, 1))  # a TIFF is turned already when it is loaded
    profile = image.info.get("icc_profile")
    plain = _in_srgb(image, profile) if image.mode == "CMYK" else _plain(image)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if plain.mode == "RGB" and image.mode != "CMYK":
        plain = _in_srgb(plain, profile)
    return plain.transpose(turn) if turn is not None else plain


def _plain(image: Image.Image) -> Image.Image:
    """The picture in L or RGB, what is transparent laid on white."""
    if image.mode in ("I", "F"):
        raise UnusablePictureError(DEEP)
    mode = "L" if image.mode in GREY else "RGB"
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert(mode)
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(white, seen).convert(mode)
    return image.convert(mode)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in RGB, its colours meant as the profile says; one that cannot be read says nothing."""
    if profile:
        try:
            meant = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, meant, _srgb(), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _encoded(image: Image.Image) -> Encoded:
    image.info.clear()  # what came with the file, some of which Pillow would write again
    jpeg = _written(image, "JPEG", quality=QUALITY, optimize=True)
    if image.getcolors(MOST_COLOURS) is not None:
        png = _written(image, "PNG", optimize=True)
        if len(png) <= SHARPNESS_IS_WORTH * len(jpeg):
            return Encoded(png, "image/png", *image.size)
    return Encoded(jpeg, "image/jpeg", *image.size)


def _written(image: Image.Image, form: str, **choices: object) -> bytes:
    file = BytesIO()
    image.save(file, form, **choices)
    return file.getvalue()
