"""Filling in a form as a browser does: what the page has, changed where the test says so."""

from django.http import HttpResponse
from django.test import Client

from tests.members.shown_page import Element, shown

Values = dict[str, str | list[str]]


def values_of(form: Element) -> Values:
    """What a browser would send of a form as it stands."""
    values: Values = {}
    for each in form:
        name = each.attributes.get("name", "")
        if not name or each.tag == "button":
            continue
        if each.tag == "select":
            chosen = each.all("option", selected="") or each.all("option")[:1]
            values[name] = chosen[0].attributes["value"] if chosen else ""
        elif each.attributes.get("type") == "checkbox":
            if "checked" in each.attributes:
                held = values.setdefault(name, [])
                assert isinstance(held, list)
                held.append(each.attributes.get("value", "on"))
        elif each.tag == "input":
            values[name] = each.attributes.get("value", "")
    return values


def main_form(page: Element) -> Element:
    return page.one("main").one("form", css="fields")


def opened(client: Client, address: str) -> Values:
    """The form at an address, as it is shown."""
    return values_of(main_form(shown(client.get(address))))


def filled(client: Client, address: str, **changes: str | list[str]) -> HttpResponse:
    """Open the form, change some fields, send it."""
    return client.post(address, {**opened(client, address), **changes})


def faults(page: Element) -> dict[str, str]:
    """The sentences beside the fields, each found through the field's own aria-describedby."""
    found = {}
    for each in page.one("main"):
        for described_by in each.attributes.get("aria-describedby", "").split():
            if described_by.endswith("_error"):
                name = described_by.removeprefix("id_").removesuffix("_error")
                found[name] = page.one("ul", id=described_by).text
    return found
