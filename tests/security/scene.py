"""Two federations, somebody who may in the one, and what came of what they sent: nothing of the other may
have changed, and nothing stored or shown that no reader should meet."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import ForeignKey, Model
from django.test import Client

from budgets.answer import PAGES
from budgets.editing.remembered import STATES
from budgets.working_copy import SURROUNDINGS
from finsam.json_input import can_be_shown
from plans.preview import FIGURES
from tests.plans.access_table import SIGN_IN, Address
from tests.plans.access_world import NOBODY, ROLES, World, person
from tests.security.hostile_values import MARK

MODELS = {each._meta.db_table: each for each in apps.get_models(include_auto_created=True)}
del MODELS[Session._meta.db_table]
WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"([^"]+)"', re.I)
OURS = {"finsam-session", "csrftoken", "messages"}
"""The cookies there are."""
LINE_ENDS = "\r\n"
ON_ITS_WAY = "budgets.Import.cells"
"""A table as it was handed in: it is judged when it is taken into the budget, and is only text until then."""
Rows = dict[Any, tuple[Any, ...]]


def fields_of(model: type[Model]) -> list[Any]:
    return list(model._meta.concrete_fields)


def rows_of(table: str) -> Rows:
    model = MODELS[table]
    names = [each.attname for each in fields_of(model)]
    return {row[0]: row[1:] for row in model._base_manager.values_list("pk", *names)}


def stored() -> dict[str, Rows]:
    return {table: rows_of(table) for table in MODELS}


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """The tables that are written to within it."""
    tables: set[str] = set()

    def watch(execute: Any, sql: str, *more: Any) -> Any:
        if found := WRITING.match(sql):
            tables.add(found[1])
        return execute(sql, *more)

    with connection.execute_wrapper(watch):
        yield tables


class Running(HTMLParser):
    """What in a page would run, or lead to what runs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        held = dict(attributes)
        own_script = tag == "script" and "src" not in held and held.get("type") != "application/json"
        if own_script or tag in ("iframe", "object", "embed", "base"):
            self.found.append(f"<{tag}>")
        for name, value in held.items():
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            runs = name in ("href", "src", "action", "formaction") and address.startswith(
                ("javascript:", "data:", "vbscript:", "//")
            )
            if name.startswith("on") or name in ("srcdoc", "style") or runs:
                self.found.append(f"{name}={value}")


def running(html: str) -> list[str]:
    reader = Running()
    reader.feed(html)
    return reader.found


def texts_in(value: Any) -> Iterator[str]:
    """The texts of a value, those within JSON too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from texts_in(key)
            yield from texts_in(held)
    elif isinstance(value, list | tuple):
        for held in value:
            yield from texts_in(held)


def unfit(text: str) -> str:
    """Why a text should not have been stored; empty when it may."""
    for sign in text:
        if sign not in LINE_ENDS and not can_be_shown(sign):
            return f"U+{ord(sign):04X}"
    return ""


@dataclass
class Scene:
    """`theirs` is the federation that nobody here has anything to do with."""

    here: World
    theirs: World
    their_rows: dict[str, set[Any]]
    """The keys of what belongs to it, by table."""
    before: dict[str, Rows]
    """What was stored when nothing had been sent."""
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        if who not in self.clients:
            self.clients[who] = person(who, self.here, self.theirs)[0]
        return self.clients[who]

    # -- what came of it -----------------------------------------------------------------------------

    def faults(self, client: Client, send: Any, *, onward: bool = False) -> list[str]:
        """What is wrong with the answer to what `send` sends and with what it stored, which is then put back.

        `onward`: the page that it leads to is looked at too.
        """
        cookies = deepcopy(client.cookies)
        try:
            with transaction.atomic(), tables_written() as tables:
                try:
                    answer = send()
                    found = [*faults_of(answer)]
                    if onward and answer.status_code == 302 and not found:
                        found = [*faults_of(client.get(answer["Location"]))]
                except Exception as error:
                    found = [f"{type(error).__name__}: {str(error)[:200]}"]
                else:
                    found += self.stored_faults(tables)
                transaction.set_rollback(True)
        finally:
            client.cookies = cookies
            forget()
        return found

    def stored_faults(self, tables: Iterable[str]) -> Iterator[str]:
        for table in sorted(set(tables) & MODELS.keys()):
            before, now, theirs = self.before[table], rows_of(table), self.their_rows.get(table, set())
            if any(before.get(key) != now.get(key) for key in theirs):
                yield f"{table}: a row of the neighbour has changed"
            for key, row in now.items():
                if before.get(key) != row:
                    yield from self.row_faults(MODELS[table], before.get(key), row)

    def row_faults(self, model: type[Model], before: Any, row: tuple[Any, ...]) -> Iterator[str]:
        for number, (each, value) in enumerate(zip(fields_of(model), row, strict=True)):
            if before and before[number] == value:
                continue
            name = f"{model._meta.label}.{each.attname}"
            of = each.remote_field.model._meta.db_table if isinstance(each, ForeignKey) else ""
            if value in self.their_rows.get(of, ()):
                yield f"{name} is a row of the neighbour"
            for text in texts_in(value):
                if name != ON_ITS_WAY and (why := unfit(text)):
                    yield f"{name} holds {why}"
                if name == "plans.Section.text" and (found := running(text)):
                    yield f"{name} holds {found}"


def faults_of(answer: Any) -> Iterator[str]:
    """What is wrong with an answer, whatever it answers."""
    content = answer.getvalue() if answer.streaming else answer.content
    if answer.status_code >= 500:
        yield str(answer.status_code)
    if b"Traceback (most recent call last)" in content:
        yield "a traceback"
    if not answer.cookies.keys() <= OURS:
        yield f"cookies {sorted(answer.cookies)}"
    if leads_away(answer):
        yield f"leads to {answer['Location'][:80]}"
    is_page = answer.get("Content-Type", "").startswith("text/html")
    if MARK in content and is_page and (found := running(content.decode())):
        yield f"a page with {found[0][:80]}"


def leads_away(answer: Any) -> bool:
    """Whether a browser would go to another site: it takes \\ for / and does not see tabs and line ends."""
    place = re.sub(r"[\t\r\n]", "", answer.get("Location", "")).strip().replace("\\", "/")
    led = urlsplit(urljoin("http://testserver/logga-in/", place))
    return led.scheme not in ("http", "https") or led.netloc != "testserver"


def forget() -> None:
    """What processes remember of rows that were put back."""
    for each in (FIGURES, STATES, PAGES, SURROUNDINGS):
        each.forget()  # type: ignore[attr-defined]


def who_may(answers: dict[str, Any]) -> str | None:
    """Somebody who is let further than to a refusal; none when nobody is."""
    for who in (*ROLES, NOBODY):
        if answers[who] not in (403, 404, 405, SIGN_IN):
            return who
    return None


def who_posts(row: Address) -> str | None:
    return who_may(row.post)
