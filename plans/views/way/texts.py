"""Texts of several lines that somebody has typed: their line ends, and why one cannot be saved."""

from finsam.json_input import UnreadableError, check_characters
from plans.render.pdf.printable import UnprintableError, printable


def typed(text: str) -> str:
    """As it is stored: with one kind of line end, and nothing before or after."""
    return "\n".join(text.splitlines()).strip()


def fault_of(text: str, longest: int) -> str:
    """Why a text cannot be saved, in Swedish; empty when it can. `longest` in signs."""
    if len(text) > longest:
        return f"Texten är {len(text)} tecken. Skriv högst {longest}."
    try:
        check_characters(text, "", allowed="\n")
    except UnreadableError as error:
        return error.what
    return ""


def unprinted(text: str) -> str:
    """Why the files cannot print a text, in Swedish; empty when they can. Told where it is typed: later it
    would stop the whole plan, at somebody who may not change it."""
    try:
        printable(text)
    except UnprintableError as error:
        return str(error)
    return ""
