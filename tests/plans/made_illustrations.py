"""Pictures made for tests: files of them, and blocks of a document that show them."""

from hashlib import sha256
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from plans.document import Illustration


def file_of(image: Image.Image, form: str = "PNG", **choices: object) -> bytes:
    file = BytesIO()
    image.save(file, form, **choices)
    return file.getvalue()


def photograph(width: int = 300, height: int = 200) -> Image.Image:
    """Noise in more colours than a drawing has."""
    return Image.frombytes("RGB", (width, height), Random(7).randbytes(3 * width * height))


def drawing(width: int = 300, height: int = 200, number: int = 1) -> Image.Image:
    """A few bars in two colours on white; another for each number."""
    image = Image.new("RGB", (width, height), "white")
    canvas = ImageDraw.Draw(image)
    for place in range(1, 5):
        top = height * place // 6
        canvas.rectangle((10, top, 10 + (place * 40 + number) % width, top + 8), fill="#0b5563")
    return image


def drawn(number: int = 1) -> bytes:
    """A small file, another for each number."""
    return file_of(drawing(number=number))


def illustration(
    image: Image.Image | None = None, alternative_text: str = "Stapel för stapel.", caption: str = ""
) -> Illustration:
    """A block that shows the picture: one in grey as a JPEG, any other as a PNG."""
    image = image or drawing()
    form = "JPEG" if image.mode == "L" else "PNG"
    content = file_of(image, form)
    key = sha256(content).hexdigest()[:20]
    return Illustration(
        key=key,
        media_type=f"image/{form.lower()}",
        width=image.width,
        height=image.height,
        alternative_text=alternative_text,
        caption=caption,
        address=f"/norrby/bild/{key}/",
        content=content,
    )
