"""What a file is that is no picture to use, from how it begins. Pure."""

import re

AS_PNG = "Spara bilden som PNG eller JPEG och välj den i stället."
SENTENCES = {
    "svg": f"Filen är en SVG-bild, som kan innehålla program. {AS_PNG}",
    "packed": f"Filen är packad (ZIP eller gzip). Packa upp den, eller: {AS_PNG[0].lower()}{AS_PNG[1:]}",
    "office": "Filen är ett dokument, ingen bild. Kopiera bilden i dokumentet och klistra in den i texten.",
    "html": "Filen är en webbsida, ingen bild. Öppna bilden för sig och spara den som PNG eller JPEG.",
    "xml": f"Filen är XML, ingen bild. {AS_PNG}",
    "heic": "Filen är en HEIC-bild, telefonens eget format. Dela eller exportera den som JPEG och välj den.",
    "avif": f"Filen är en AVIF-bild. {AS_PNG}",
    "film": "Filen är en film. Ta en skärmbild ur den och välj den i stället.",
    "pdf": "Filen är en PDF. Ta en skärmbild av sidan, eller spara bilden i den som PNG eller JPEG.",
    "emf": f"Filen är en EMF-bild från Windows. {AS_PNG}",
    "wmf": f"Filen är en WMF-bild från Windows. {AS_PNG}",
    "postscript": f"Filen är en EPS-bild (PostScript). {AS_PNG}",
    "photoshop": f"Filen är en Photoshop-fil. {AS_PNG}",
    "jpeg2000": f"Filen är en JPEG 2000-bild. {AS_PNG}",
    "icon": f"Filen är en ikon. {AS_PNG}",
}
UNKNOWN = (
    "Filen är ingen bild som Finsam kan läsa. Välj en bild i formatet JPEG, PNG, GIF, WebP, BMP eller TIFF."
)
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "packed"),
    (b"\x1f\x8b", "packed"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"{\\rtf", "office"),
    (b"\xd7\xcd\xc6\x9a", "wmf"),
    (b"\x01\x00\x09\x00", "wmf"),
    (b"%!PS", "postscript"),
    (b"\xc5\xd0\xd3\xc6", "postscript"),
    (b"8BPS", "photoshop"),
    (b"\x00\x00\x00\x0cjP  ", "jpeg2000"),
    (b"\xff\x4f\xff\x51", "jpeg2000"),
    (b"\x00\x00\x01\x00", "icon"),
)
_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_MARKS: tuple[tuple[bytes, str], ...] = ((rb"<(?:\w+:)?svg[\s>]", "svg"), (rb"<(?:!doctype )?html", "html"))
_LOOKED_AT = 4096


def why_not_a_picture(content: bytes) -> str:
    """A Swedish sentence that names what the file is and what to do; for any file that is none of the
    formats that are read."""
    return SENTENCES.get(_kind(content), UNKNOWN)


def _kind(content: bytes) -> str:
    if content[4:8] == b"ftyp":
        brand = content[8:12]
        return "avif" if brand in (b"avif", b"avis") else "heic" if brand in _HEIC else "film"
    if content[:4] == b"\x01\x00\x00\x00" and content[40:44] == b" EMF":
        return "emf"
    if content[:4] == b"PK\x03\x04" and (b"[Content_Types].xml" in content or b"mimetype" in content[:100]):
        return "office"
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    text = content[:_LOOKED_AT].replace(b"\x00", b"").lower()  # without what UTF-16 has between letters
    for pattern, kind in _MARKS:
        if re.search(pattern, text):
            return kind
    return "xml" if b"<?xml" in text[:20] else ""
