"""Files as other programs save them: made by LibreOffice once and kept in files/."""

from pathlib import Path

import pytest

FILES = Path(__file__).parent / "files"


@pytest.fixture
def office_files() -> dict[str, bytes]:
    """xlsx, xls and ods of tables.SMALL, and hidden.ods with a hidden row, column and sheet."""
    return {file.name.removeprefix("budget."): file.read_bytes() for file in sorted(FILES.iterdir())}
