"""Two processes of the server on one database are one Finsam: on PostgreSQL, and on SQLite on one machine."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection

from budgets.models import Amount
from members.models import Logotype, RoleKind, User
from tests.members import people
from tests.plans.access_world import budget_of
from tests.plans.made_illustrations import drawn
from tests.services.nodes import Node, Visitor, collect_static, database_url

BUDGET = "/norrby/budget/2021/"


@pytest.fixture(scope="module")
def nodes(django_db_setup, tmp_path_factory) -> Iterator[tuple[Node, Node]]:
    """They share nothing but the database: each has a folder of its own."""
    static = tmp_path_factory.mktemp("static")
    collect_static(static)
    shared = {"DATABASE_URL": database_url(connection.settings_dict), "FINSAM_STATIC_DIR": str(static)}
    both = Node(tmp_path_factory.mktemp("one"), **shared), Node(tmp_path_factory.mktemp("other"), **shared)
    yield both
    for node in both:
        node.close()


@pytest.fixture
def karin(transactional_db) -> str:
    """The address of the director of Norrby, whose budget is for 2021."""
    federation = people.federation()
    budget_of(federation, 2021, "Norr")
    Logotype.objects.create(federation=federation, content=drawn(), media_type="image/png")
    # The tests' own way to keep passwords is not one that a server in production takes.
    password = PBKDF2PasswordHasher().encode(people.PASSWORD, "salt")
    who = people.with_role(federation, RoleKind.DIRECTOR, people.user(name="Karin Ek"))
    type(who).objects.filter(pk=who.pk).update(password=password)
    return who.email


def signed_in(email: str, node: Node) -> Visitor:
    visitor = Visitor()
    assert visitor.get(node, "/logga-in/").status == 200
    answer = visitor.post(node, "/logga-in/", {"login": email, "password": people.PASSWORD})
    assert answer.status == 302, unescape(answer.text)
    return visitor


def test_who_has_signed_in_at_one_is_signed_in_at_the_other_and_signed_out_at_both(nodes, karin):
    one, other = nodes
    visitor = signed_in(karin, one)
    assert "Samordningsförbundet Norrby" in visitor.get(other, "/norrby/").text
    assert visitor.post(other, "/logga-ut/", {}).status == 302
    assert visitor.get(one, "/norrby/").headers["Location"].startswith("/logga-in/")


def test_what_is_changed_at_one_is_seen_at_the_other_which_had_just_read_it(nodes, karin):
    one, other = nodes
    visitor = signed_in(karin, one)
    line, year = Amount.objects.order_by("pk").values_list("line", "year").first()
    for at, then, was, typed, shown in (
        (one, other, "1000.00", "71 001", "71 001"),
        (other, one, "71001.00", "72 002", "72 002"),
    ):
        assert shown not in visitor.get(then, BUDGET).text.replace("\xa0", " ")
        sent = {"line": str(line), "year": str(year), "was": was, "text": typed}
        assert visitor.post(at, f"{BUDGET}belopp/", sent).status == 302
        assert shown in visitor.get(then, BUDGET).text.replace("\xa0", " ")


def test_a_logotype_is_seen_at_both(nodes, karin):
    """It is no file of the one where it came."""
    visitor = signed_in(karin, nodes[0])
    for node in nodes:
        answer = visitor.get(node, "/norrby/logotyp/")
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png")


def test_while_one_starts_anew_nobody_is_refused_and_nobody_is_signed_out(nodes, karin):
    one, other = nodes
    visitor = signed_in(karin, one)
    assert one.stop() == 0
    assert visitor.get(other, "/norrby/").status == 200
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(visitor.get, one, "/norrby/")  # asked of an address that nobody answers at yet
        one.start()
        assert waiting.result().status == 200


def test_every_line_of_the_log_is_json_and_tells_of_requests_without_telling_who_or_what(nodes, karin):
    one, other = nodes
    visitor = signed_in(karin, one)
    made_by_proxy = "0123456789abcdef"
    asked = "/norrby/budget/2021/historik/?sok=hemligt"
    answer = visitor.get(other, asked, X_Request_ID=made_by_proxy)
    assert answer.headers["X-Request-ID"] == made_by_proxy
    (line,) = [each for each in other.logged() if each.get("request_id") == made_by_proxy]
    assert line["level"] == "INFO"
    assert line["logger"] == "finsam.request"
    assert (line["method"], line["path"], line["status"]) == ("GET", "/norrby/budget/2021/historik/", 200)
    assert line["user"] == User.objects.get(email=karin).pk
    assert line["duration_ms"] > 0
    everything = str(one.logged() + other.logged())
    for never in ("hemligt", karin, "Karin", people.PASSWORD):
        assert never not in everything
    assert "gunicorn.error" in {each["logger"] for each in other.logged()}


def test_a_node_says_whether_it_lives_and_is_ready_to_those_who_ask_past_the_proxy(nodes, karin):
    for address, words in (("/halsa/", "lever"), ("/halsa/redo/", "redo")):
        answer = Visitor().get(nodes[0], address, X_Forwarded_Proto="http")
        assert (answer.status, answer.text) == (200, words)
        assert "Set-Cookie" not in answer.headers
    assert Visitor().get(nodes[0], "/logga-in/", X_Forwarded_Proto="http").status == 301
