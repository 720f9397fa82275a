"""Where the files of Source Sans are, for the PDF and for pictures in Word. SIL Open Font License 1.1."""

from importlib.resources import files
from pathlib import Path
from typing import Literal

FontStyle = Literal["Regular", "It", "Semibold", "SemiboldIt"]
STYLES: tuple[FontStyle, ...] = ("Regular", "It", "Semibold", "SemiboldIt")


def font_file(style: FontStyle) -> Path:
    """The TrueType file of one style, from the package font-source-sans-pro."""
    return Path(str(files("font_source_sans_pro"))) / "files" / f"SourceSansPro-{style}.ttf"
