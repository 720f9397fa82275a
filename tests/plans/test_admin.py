"""The support pages: everything can be found, opened and saved, by support staff only."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from budgets.models import (
    Amount,
    Budget,
    BudgetLine,
    BudgetYear,
    Change,
    Import,
    PrintedTotal,
    PrintedTotalAmount,
)
from members.models import Federation, Invitation, Role, RoleKind, User
from plans.admin import ShownAdmin
from plans.exchange.federation_folder import texts
from plans.illustrations import store_illustration
from plans.models import Area, Indicator, Risk
from projects.models import Project
from tests.loading import load
from tests.members import people
from tests.members.people import PASSWORD, client_of
from tests.members.shown_page import Element, shown
from tests.plans import made_decisions
from tests.plans.access_world import everything_stored
from tests.plans.made_illustrations import drawn

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
OURS = ("members", "projects", "budgets", "plans")
MODELS = [model for model in admin.site._registry if model._meta.app_label in OURS]
# Made and changed on their own pages only, where it is judged and remembered.
SHOWN = tuple(model for model, site in admin.site._registry.items() if isinstance(site, ShownAdmin))
LOOKED_AT = (BudgetLine, PrintedTotal, Change, Import, Invitation, *SHOWN)


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


def work_in(federation: Federation) -> None:
    """A change of a budget, a file on its way in, an invitation."""
    director = client_of(people.with_role(federation, RoleKind.DIRECTOR))
    budget = federation.budgets.get()
    here = f"/{federation.slug}/budget/{budget.plan_year}/"
    line, year = BudgetLine.objects.get(name="Extra tilldelning"), budget.years.all()[0]
    answers = [
        director.post(f"{here}belopp/", {"line": line.pk, "year": year.pk, "was": "", "text": "5"}),
        director.post(f"{here}las-in/", {"pasted": "Post\t2021\nHemlig kurs\t5\n"}),
        director.post(
            f"/{federation.slug}/behorigheter/bjud-in/",
            {"name": "Bo", "email": "bo@example.se", "kind": "auditor"},
        ),
    ]
    director.post(
        f"/{federation.slug}/plan/2021/skriv/jobbsam/spara/", {"text": "<p>Nytt</p>", "revision": 0}
    )
    plan = federation.plans.get()
    area = Area.objects.filter(plan=plan)[0]
    director.post(f"/{federation.slug}/plan/2021/mal/omrade/{area.pk}/placera/?i=")
    Indicator.objects.create(plan=plan, area=area, text="Antal deltagare")
    Risk.objects.create(plan=plan, risk="Få deltagare", likelihood=2, consequence=3)
    store_illustration(federation, drawn())
    made_decisions.one_of_everything(plan)
    assert [answer.status_code for answer in answers] == [302, 302, 302]


# -- it works ----------------------------------------------------------------------------------------


def test_everything_can_be_listed_searched_and_opened(staff, gotland, subtests):
    work_in(gotland)
    for model in MODELS:
        with subtests.test(model.__name__):
            assert_opened(staff, model)


def assert_opened(staff: Client, model: type[Model]) -> None:
    assert staff.get(address(model, "changelist")).status_code == 200
    assert staff.get(address(model, "changelist"), {"q": "a"}).status_code == 200
    may_add = model not in (*LOOKED_AT, Budget)
    assert staff.get(address(model, "add")).status_code == (200 if may_add else 403)
    rows = model._default_manager.all()[:3]
    assert rows
    for row in rows:
        page = staff.get(address(model, "change", row.pk))
        assert page.status_code == 200
        assert "stöd" in page.content.decode()


def test_everything_a_person_may_enter_has_a_place(gotland):
    """A table without a page of its own is edited on the page of another."""
    inlines = {inline.model for site in admin.site._registry.values() for inline in site.inlines}
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            assert model in inlines or model in admin.site._registry, model


@pytest.mark.parametrize("model", [Federation, Budget, Project], ids=lambda model: model.__name__)
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


def test_what_is_forgotten_is_asked_for(staff, gotland):
    change = address(Project, "change", gotland.projects.first().pk)
    answer = staff.post(change, {**filled_in(shown(staff.get(change))), "name": ""})
    assert "Detta fält måste fyllas i." in faults(shown(answer))


def test_what_the_tables_refuse_is_a_message_on_the_form(staff, gotland):
    change = address(Budget, "change", gotland.budgets.get().pk)
    values = filled_in(shown(staff.get(change)))
    answer = staff.post(change, {**values, "stated_base_0": ["5"], "stated_highest_0": [""]})
    assert "Ange källans underlag, högsta och lägsta nivå, eller ingen av dem." in faults(shown(answer))


def test_what_belongs_to_another_federation_cannot_be_chosen(staff, gotland):
    lund, _ = load(FIXTURES / "lund")
    change = address(Project, "change", gotland.projects.first().pk)
    values = filled_in(shown(staff.get(change)))
    theirs = lund.members.first()
    answer = staff.post(change, {**values, "partners": [str(theirs.pk)]})
    assert f"{theirs} hör till ett annat förbund." in faults(shown(answer))


# -- what is only looked at --------------------------------------------------------------------------


def test_what_has_a_road_of_its_own_cannot_be_changed_here(staff, gotland, subtests):
    """Neither on its page, whatever is sent to it, nor from the list."""
    work_in(gotland)
    for model in LOOKED_AT:
        with subtests.test(model.__name__):
            assert_stays(staff, model)


def assert_stays(staff: Client, model: type[Model]) -> None:
    for row in model._default_manager.all()[:2]:
        change = address(model, "change", row.pk)
        page = shown(staff.get(change))
        assert not [
            button for button in page.all("input", type="submit") if "_save" in button.attributes["name"]
        ]
        before = everything_stored(LogEntry)
        values = {field.name: "1" for field in model._meta.get_fields()}
        assert staff.post(change, values).status_code == 403
        if model is not Invitation:
            assert staff.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
            chosen = {"action": "delete_selected", "_selected_action": [str(row.pk)], "post": "yes"}
            staff.post(address(model, "changelist"), chosen)
        assert everything_stored(LogEntry) == before
    assert staff.post(address(model, "add"), {}).status_code == 403


def test_a_line_shows_its_amounts_and_lets_none_be_entered(staff, gotland):
    line = BudgetLine.objects.get(name="JobbSam 3.0")
    page = shown(staff.get(address(BudgetLine, "change", line.pk)))
    assert "2203500" in page.text.replace(" ", "").replace("\u00a0", "")
    assert not [each for each in page.one("main").all("input") if each.attributes.get("type", "") == "text"]


def test_a_change_shows_its_steps_who_made_it_and_when(staff, gotland):
    work_in(gotland)
    page = shown(staff.get(address(Change, "change", Change.objects.get().pk)))
    assert Change.objects.get().made_by_name in page.text
    assert "'amount': '5" in page.text or '"amount": "5' in page.text


def test_what_somebody_has_on_its_way_in_is_not_shown(staff, gotland):
    work_in(gotland)
    page = staff.get(address(Import, "change", Import.objects.get().pk)).content.decode()
    assert "Inklistrat" in page
    assert "Hemlig kurs" not in page


def test_an_invitation_is_shown_without_the_hash_of_its_secret(staff, gotland):
    work_in(gotland)
    invitation = Invitation.objects.get()
    page = staff.get(address(Invitation, "change", invitation.pk)).content.decode()
    assert "bo@example.se" in page
    assert invitation.token_hash not in page


def test_the_columns_and_groups_of_a_budget_stay_as_they_are(staff, gotland):
    """What a source says of its limits is saved, and nothing else that is sent along."""
    budget = gotland.budgets.get()
    change = address(Budget, "change", budget.pk)
    year, group = budget.years.all()[0], budget.groups.all()[0]
    sent = {
        **filled_in(shown(staff.get(change))),
        "source": "Rättad källa",
        "plan_year": "2030",
        "is_open": "",
        "last_change": "9",
        **{f"years-{key}": value for key, value in INLINE.items()},
        "years-0-id": str(year.pk),
        "years-0-budget": str(budget.pk),
        "years-0-year": "2031",
        "years-0-DELETE": "on",
        **{f"groups-{key}": value for key, value in INLINE.items()},
        "groups-0-id": str(group.pk),
        "groups-0-budget": str(budget.pk),
        "groups-0-name": "Kapad",
    }
    before = everything_stored(LogEntry)
    assert staff.post(change, sent).status_code == 302
    after = everything_stored(LogEntry)
    assert {table for table in before if before[table] != after[table]} == {"budgets.Budget"}
    budget.refresh_from_db()
    assert (budget.source, budget.plan_year, budget.is_open) == ("Rättad källa", 2021, True)
    assert budget.last_change == 0


INLINE = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "1", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}


def test_saving_a_budget_does_not_turn_back_what_is_edited_meanwhile(staff, gotland, monkeypatch):
    """Between the reading and the writing of the support page somebody saves an amount."""
    change = address(Budget, "change", gotland.budgets.get().pk)
    values = filled_in(shown(staff.get(change)))
    save = Budget.save

    def later(budget, *args, **kwargs):
        work_in(gotland)
        save(budget, *args, **kwargs)

    monkeypatch.setattr(Budget, "save", later)
    assert staff.post(change, {**values, "source": "Rättad"}).status_code == 302
    budget = gotland.budgets.get()
    assert (budget.source, budget.last_change) == ("Rättad", 1)


# -- what the tables themselves see to ---------------------------------------------------------------


def test_the_support_pages_speak_swedish():
    """A field without a Swedish name of its own shows what it is called in the code."""
    same_word_in_swedish = {"person", "budget", "risk", "text", "version", "reservation"}
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
