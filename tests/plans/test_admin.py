"""The support pages: everything can be found, opened and saved, by support staff only."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from budgets.models import Amount, Budget, BudgetLine, BudgetYear, PrintedTotalAmount
from members.models import Federation, Member, Role, RoleKind, User
from plans.exchange.federation_folder import load, texts
from tests.members import people
from tests.members.people import PASSWORD, client_of
from tests.members.shown_page import Element, shown

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
OURS = ("members", "projects", "budgets", "plans")
MODELS = [model for model in admin.site._registry if model._meta.app_label in OURS]


@pytest.fixture
def staff() -> Client:
    return client_of(people.user("stod@example.se", is_staff=True, is_superuser=True))


@pytest.fixture
def gotland() -> Federation:
    return load(FIXTURES / "gotland")[0]


def address(model: type[Model], what: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


def filled_in(page: Element) -> dict[str, list[str]]:
    """What the form of a page would send, as it stands."""
    form = page.one("form", id=next(f.id for f in page.all("form") if f.id.endswith("_form")))
    values: dict[str, list[str]] = {}
    for field in form:
        name, kind = field.attributes.get("name"), field.attributes.get("type", "")
        if not name or kind in ("submit", "file"):
            continue
        if field.tag == "input" and (kind not in ("checkbox", "radio") or "checked" in field.attributes):
            unsaid = "on" if kind == "checkbox" else ""
            values.setdefault(name, []).append(field.attributes.get("value", unsaid))
        elif field.tag == "textarea":
            # A browser leaves out the line break that stands first.
            values.setdefault(name, []).append("".join(map(str, field.children)).removeprefix("\n"))
        elif field.tag == "select":
            chosen = [
                o.attributes.get("value", o.text) for o in field.all("option") if "selected" in o.attributes
            ]
            values.setdefault(name, []).extend(chosen)
    return values


def faults(page: Element) -> list[str]:
    return [item.text for part in page.all("ul", css="errorlist") for item in part.all("li")]


# -- it works ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_everything_can_be_listed_searched_and_opened(staff, gotland, model):
    people.with_role(gotland)
    assert staff.get(address(model, "changelist")).status_code == 200
    assert staff.get(address(model, "changelist"), {"q": "a"}).status_code == 200
    assert staff.get(address(model, "add")).status_code == 200
    for row in model._default_manager.all()[:3]:
        page = staff.get(address(model, "change", row.pk))
        assert page.status_code == 200
        assert "stöd" in page.content.decode()


def test_everything_a_person_may_enter_has_a_place(gotland):
    """A table without a page of its own is edited on the page of another."""
    inlines = {inline.model for site in admin.site._registry.values() for inline in site.inlines}
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            assert model in inlines or model in admin.site._registry, model


@pytest.mark.parametrize("model", [Federation, Budget, BudgetLine], ids=lambda model: model.__name__)
def test_saving_unchanged_changes_nothing(staff, gotland, model):
    """Not one empty amount, öre or printed text."""
    Amount.objects.filter(line__name="Frukostmöten", year__year=2021).update(amount="40000.01")
    before = texts(gotland)
    for row in model._default_manager.all():
        change = address(model, "change", row.pk)
        answer = staff.post(change, filled_in(shown(staff.get(change))))
        assert answer.status_code == 302, (row, faults(shown(answer)))
    assert texts(Federation.objects.get()) == before


def test_a_new_user_is_made_with_a_role_and_can_sign_in(staff, client):
    federation = people.federation()
    form = {"email": "Karin@Example.SE", "name": "Karin Ek", "usable_password": "true"}
    passwords = {"password1": PASSWORD, "password2": PASSWORD}
    no_roles = {"roles-TOTAL_FORMS": "0", "roles-INITIAL_FORMS": "0"}
    answer = staff.post(address(User, "add"), {**form, **passwords, **no_roles})
    karin = User.objects.get(name="Karin Ek")
    assert (answer.status_code, karin.email) == (302, "karin@example.se")

    change = address(User, "change", karin.pk)
    values = filled_in(shown(staff.get(change)))
    role = {"roles-0-federation": [str(federation.pk)], "roles-0-kind": ["auditor"]}
    answer = staff.post(change, {**values, **role, "roles-TOTAL_FORMS": ["1"]})
    assert answer.status_code == 302
    assert Role.objects.get().kind == "auditor"

    signed_in = client.post("/logga-in/", {"login": "karin@example.se", "password": PASSWORD}, follow=True)
    assert shown(signed_in).one("h1").text == federation.name


def test_the_first_support_person_comes_from_the_command_line(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="Stod@example.se", name="Stöd", interactive=False, verbosity=0)
    client.post("/logga-in/", {"login": "stod@example.se", "password": PASSWORD})
    assert client.get("/admin/").status_code == 200


# -- who may not -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [None, *RoleKind])
def test_no_role_in_a_federation_opens_the_support_pages(kind):
    karin = people.with_role(people.federation(), kind) if kind else people.user()
    client = client_of(karin)
    for page in ("/admin/", address(Federation, "changelist"), address(User, "add")):
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/")


def test_somebody_not_signed_in_is_asked_to():
    answer = Client().get("/admin/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/login/?next=/admin/")


def test_only_staff_see_the_way_there(staff):
    links = [link.href for link in shown(staff.get("/")).all("a")]
    others = [link.href for link in shown(client_of(people.user()).get("/")).all("a")]
    assert "/admin/" in links
    assert "/admin/" not in others


def test_support_staff_see_no_federation_without_a_role(staff):
    people.federation()
    assert staff.get("/norrby/").status_code == 404


# -- odd input ---------------------------------------------------------------------------------------


def test_a_short_password_is_refused_in_swedish(staff):
    form = {"email": "karin@example.se", "name": "Karin", "usable_password": "true"}
    answer = staff.post(address(User, "add"), {**form, "password1": "kort", "password2": "kort"})
    assert any("minst 12 tecken" in fault for fault in faults(shown(answer)))
    assert not User.objects.filter(name="Karin").exists()


@pytest.mark.parametrize("field", ["budget", "name"])
def test_what_is_forgotten_is_asked_for(staff, gotland, field):
    """Also the budget, when a member is chosen whose federation cannot be compared then."""
    old = BudgetLine.objects.get(name="Försäkringskassan")
    for line in (None,) if field == "budget" else (None, old):  # an old line stays in its budget
        where = address(BudgetLine, "change", line.pk) if line else address(BudgetLine, "add")
        values = filled_in(shown(staff.get(where)))
        member = str(Member.objects.get(name="Försäkringskassan").pk)
        chosen = {"section": "income", "line_class": "contribution", "member_kind": "state", "name": "Staten"}
        everything = {**values, **chosen, "member": member, "budget": str(gotland.budgets.get().pk)}
        answer = staff.post(where, {**everything, field: ""})
        assert "Detta fält måste fyllas i." in faults(shown(answer))


def test_a_column_forgotten_for_a_new_amount_is_asked_for(staff, gotland):
    line = BudgetLine.objects.get(name="JobbSam 2.0 (Q1 och Q2)")
    change = address(BudgetLine, "change", line.pk)
    values = filled_in(shown(staff.get(change)))
    place = int(values["amounts-TOTAL_FORMS"][0])
    new = {f"amounts-{place}-amount_0": ["5"], f"amounts-{place}-amount_1": ["SEK"]}
    answer = staff.post(change, {**values, **new, "amounts-TOTAL_FORMS": [str(place + 1)]})
    assert "Detta fält måste fyllas i." in faults(shown(answer))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("line_class", "other", "Slaget hör inte till avdelningen."),
        ("member_kind", "state", "Ett medlemsbidrag, och bara det, har en betalare."),
        ("section", "opening_equity", "Slaget hör inte till avdelningen."),
    ],
)
def test_what_the_tables_refuse_is_a_message_on_the_form(staff, gotland, field, value, sentence):
    line = BudgetLine.objects.get(name="Frukostmöten")
    change = address(BudgetLine, "change", line.pk)
    values = filled_in(shown(staff.get(change)))
    assert sentence in faults(shown(staff.post(change, {**values, field: [value]})))


@pytest.mark.parametrize(
    ("model", "field", "sentence"),
    [
        (BudgetLine, "member", "Medlemmen hör till ett annat förbund."),
        (BudgetLine, "amounts-0-year", "Kolumnen hör till en annan budget än posten."),
    ],
)
def test_what_belongs_to_another_federation_cannot_be_chosen(staff, gotland, model, field, sentence):
    lund, _ = load(FIXTURES / "lund")
    others = {
        "member": Member.objects.filter(federation=lund).first(),
        "amounts-0-year": BudgetYear.objects.filter(budget__federation=lund).first(),
    }
    line = BudgetLine.objects.get(name="Region Gotland")
    change = address(model, "change", line.pk)
    values = filled_in(shown(staff.get(change)))
    answer = staff.post(change, {**values, field: [str(others[field].pk)]})
    assert sentence in faults(shown(answer))


def test_the_support_pages_speak_swedish():
    """A field without a Swedish name of its own shows what it is called in the code."""
    same_word_in_swedish = {"person", "budget"}
    english = {
        f"{model.__name__}.{field.name}"
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if getattr(field, "verbose_name", None) == field.name.replace("_", " ")
        and not field.auto_created
        and field.editable
        and field.name not in same_word_in_swedish
    }
    assert not english


def test_the_same_role_twice_on_one_page_is_told_and_nothing_is_saved(staff, gotland):
    user = User.objects.create_user("karin@example.se", "x" * 12, name="Karin")
    where = address(User, "change", user.pk)
    values = filled_in(shown(staff.get(where)))
    twice = {
        f"roles-{n}-{field}": value
        for n in (0, 1)
        for field, value in {
            "federation": str(gotland.pk),
            "kind": "observer",
            "id": "",
            "user": user.pk,
        }.items()
    }
    answer = staff.post(where, {**values, **twice, "roles-TOTAL_FORMS": ["2"]}, follow=True)
    assert "Inget är sparat" in answer.content.decode()
    assert not user.roles.exists()


def test_a_printed_figure_stays_in_its_own_budget():
    """A column of another budget would break every page of the federation."""
    load(FIXTURES / "lund")
    load(FIXTURES / "gotland")
    figure = PrintedTotalAmount.objects.filter(total__budget__federation__slug="gotland").first()
    figure.year = BudgetYear.objects.filter(budget__federation__slug="lund").first()
    with pytest.raises(ValidationError, match="annan budget"):
        figure.full_clean()


def test_groups_have_two_levels_and_no_circles(gotland):
    budget = gotland.budgets.get()
    group, subgroup = budget.groups.get(name="Administration"), budget.groups.get(name="Inköpta tjänster")
    for child, parent in ((group, group), (group, subgroup), (subgroup, subgroup)):
        child.parent = parent
        with pytest.raises(ValidationError, match="två nivåer"):
            child.full_clean()
