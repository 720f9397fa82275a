"""The meeting in the browser: written down, counted, stepped through, saved, met by somebody else's."""

from datetime import date

import pytest
from django.utils import timezone

from members.models import RoleKind
from plans.models import Meeting, Plan
from tests.members import people
from tests.members.people import client_of
from tests.members.shown_page import Element, shown
from tests.plans import adoption_world as made

pytestmark = pytest.mark.django_db
HERE = "/gotland/plan/2021/sammantrade/"
Values = dict[str, list[str]]


@pytest.fixture
def clock(monkeypatch) -> made.Clock:
    clock = made.Clock(made.MEETING_DAY)
    monkeypatch.setattr(timezone, "now", clock)
    monkeypatch.setattr("plans.versions.making.files_of", lambda contents: {"plan_pdf": b"%PDF"})
    return clock


@pytest.fixture
def plan(clock) -> Plan:
    return made.with_board(made.a_plan())


@pytest.fixture
def director(plan):
    return made.director_of(plan)


@pytest.fixture
def client(director):
    return client_of(director)


@pytest.fixture
def before_board(plan, director, clock):
    return made.before_board(plan, director, clock)


def values_of(page: Element) -> Values:
    """What a browser would send of the form of the meeting, without a button."""
    values: Values = {}
    for each in page.one("form", id="sammantrade"):
        name, kind = each.attributes.get("name", ""), each.attributes.get("type", "")
        if not name or each.tag == "button":
            continue
        if each.tag == "select":
            chosen = each.all("option", selected="") or each.all("option")[:1]
            values.setdefault(name, []).append(chosen[0].attributes["value"])
        elif each.tag == "textarea":
            values.setdefault(name, []).append(each.text)
        elif kind not in ("radio", "checkbox"):
            values.setdefault(name, []).append(each.attributes.get("value", ""))
        elif "checked" in each.attributes:
            values.setdefault(name, []).append(each.attributes.get("value", "on"))
    return values


def key_of(page: Element, name: str) -> str:
    """The key of the row of somebody."""
    [field] = [each for each in page.all("input", value=name) if each.attributes["name"].endswith("-name")]
    return field.attributes["name"].removesuffix("-name")


def filled(page: Element, **changes: object) -> Values:
    """The form with `Anna_Alm__presence="here"` and the like, or `place="Visby"`, changed."""
    values = values_of(page)
    for name, value in changes.items():
        who, _, field = name.rpartition("__")
        key = f"{key_of(page, who.replace('_', ' '))}-{field}" if who else name
        values[key] = [str(each) for each in value] if isinstance(value, list) else [str(value)]
    return values


ATTENDING = {
    "on": "2020-11-24",
    "place": "Visby",
    "paragraph": "45",
    "is_public": "on",
    "announced_on": "2020-11-10",
    "Anna_Alm__presence": "here",
    "Bo_Al__presence": "distance",
    "Dan_Ek__presence": "here",
    "Dan_Ek__conflict": "äger lokalen",
    "Eva_Fors__presence": "here",
}


def presided(page: Element, **more: object) -> Values:
    return {**filled(page, **{**ATTENDING, **more}), "leder": [key_of(page, "Anna Alm")]}


def step(client, values: Values, do: str) -> Element:
    return shown(client.post(HERE, {**values, "do": do}))


def names(page: Element) -> list[str]:
    return [
        each.attributes.get("value", "")
        for each in page.all("input")
        if each.attributes.get("name", "").endswith("-name")
    ]


def sentences(page: Element) -> list[str]:
    return [each.text for each in page.all("textarea", name="sats") if each.text]


# -- opened ----------------------------------------------------------------------------------------------


def test_the_board_of_the_day_stands_there_and_what_the_version_proposes(client, before_board):
    page = shown(client.get(HERE))
    deputies = ["Eva Fors", "Fia Gran", "Gun Holm"]
    assert names(page) == ["Anna Alm", "Bo Al", "Cia Berg", "Dan Ek", *deputies]
    assert "Version 2 av planen för 2021 ligger hos styrelsen." in page.text
    assert [each.replace("\u00a0", " ") for each in sentences(page)] == [
        "att godkänna ”Verksamhetsplan 2021”",
        "att fastställa budgeten för 2021 med intäkter på 2 000 000 kr och kostnader på 2 100 000 kr",
        "att underskottet 2021, 100 000 kr, täcks av eget kapital, som därefter är 200 000 kr",
        "att anta den ekonomiska planen för 2022–2023",
    ]
    assert page.one(id="raknat").text.count("0 av 4 tjänstgör, och det ska vara minst 3") == 1
    assert not Meeting.objects.exists()


def test_of_a_plan_that_is_not_before_the_board_it_says_so(client):
    page = shown(client.get(HERE))
    assert "Planen för 2021 ligger inte hos styrelsen." in page.text
    assert not sentences(page)
    assert client.post(HERE, presided(page)).status_code == 302, "a meeting can be prepared"


def test_only_those_who_sat_in_the_board_that_day(client, plan, before_board):
    plan.federation.appointments.filter(person="Dan Ek").update(ends="2020-11-30")
    page = shown(client.get(HERE))
    assert "Dan Ek" in names(page)
    page = step(client, filled(page, on="2020-12-01"), "fetch")
    assert "Dan Ek" not in names(page)


def test_what_is_not_filled_in_yet_is_missing_and_no_error(client, before_board):
    def said(page: Element) -> set[str]:
        return {each.text for each in page.one(id="raknat").all("span", css="severity")}

    opened = shown(client.get(HERE))
    assert said(opened) == {"Saknas ännu."}
    prepared = {**values_of(opened), "place": "Visby"}
    assert said(shown(client.post(HERE, {**prepared, "on": ""}), 422)) == {"Saknas ännu."}
    assert client.post(HERE, prepared).status_code == 302
    assert said(shown(client.get(HERE))) == {"Saknas ännu."}, "saved before it is held"
    held = presided(shown(client.get(HERE)), Cia_Berg__presence="here", is_voted="on")
    counted = step(client, held, "count")
    assert "Anna Alms röst är inte antecknad." in counted.one(id="raknat").text
    assert said(counted) == {"Saknas ännu."}


def test_place_and_paragraph_are_not_said_to_be_optional(client, before_board):
    labels = [each.text for each in shown(client.get(HERE)).one(css="facts-grid").all("label")]
    assert "Plats (behövs innan planen fastställs)" in labels
    assert "Paragraf (behövs innan planen fastställs)" in labels
    assert "Sekreterare (valfritt)" in labels


def test_what_contradicts_itself_is_an_error_at_once(client, before_board):
    opened = shown(client.get(HERE))
    absent = step(client, filled(opened, leder=key_of(opened, "Anna Alm")), "count").one(id="raknat")
    assert "Fel. Anna Alm leder sammanträdet, men är inte närvarande." in absent.text


# -- saved -----------------------------------------------------------------------------------------------


def test_what_is_saved_stands_there_again(client, plan, before_board):
    opened = shown(client.get(HERE))
    values = presided(opened, Eva_Fors__serves_for=key_of(opened, "Cia Berg"))
    answer = client.post(HERE, {**values, "sats": ["att godkänna planen", "att fastställa budgeten", ""]})
    assert answer["Location"] == HERE
    page = shown(client.get(HERE))
    again = values_of(page)
    for name in values.keys() - {"csrfmiddlewaretoken", "gjord_av", "sats"}:
        assert again[name] == values[name], name
    assert sentences(page) == ["att godkänna planen", "att fastställa budgeten"]
    meeting = plan.meetings.get()
    assert (meeting.on, meeting.place, meeting.revision) == (date(2020, 11, 24), "Visby", 1)
    assert meeting.participants.get(presides=True).name == "Anna Alm"
    assert meeting.participants.get(name="Eva Fors").serves_for.name == "Cia Berg"
    assert meeting.participants.get(name="Bo Al").at_distance
    counted = page.one(id="raknat").text
    assert "3 av 4 tjänstgör" in counted
    assert "Beslutande: Anna Alm, Bo Al, Eva Fors." in counted


def test_votes_and_reservations_are_saved_and_counted(client, plan, before_board):
    opened = shown(client.get(HERE))
    values = presided(opened, Eva_Fors__serves_for=key_of(opened, "Cia Berg"), is_voted="on")
    client.post(HERE, values)
    page = shown(client.get(HERE))
    voting = filled(
        page,
        Anna_Alm__vote="yes",
        Bo_Al__vote="no",
        Eva_Fors__vote="abstains",
        Bo_Al__reservation="Administrationen är för dyr.",
    )
    client.post(HERE, voting)
    said = shown(client.get(HERE)).one(id="roster").text
    assert "1 ja, 1 nej, 1 avstår." in said
    assert "Förslaget antas med ordförandens utslagsröst." in said
    assert plan.meetings.get().participants.get(name="Bo Al").reservation == "Administrationen är för dyr."


def test_a_deputy_may_take_over_another_deputys_place_in_one_go(client, plan, before_board):
    opened = shown(client.get(HERE))
    cia = key_of(opened, "Cia Berg")
    client.post(HERE, presided(opened, Eva_Fors__serves_for=cia, Fia_Gran__presence="here"))
    page = shown(client.get(HERE))
    client.post(HERE, filled(page, Eva_Fors__serves_for="", Fia_Gran__serves_for=cia))
    assert plan.meetings.get().participants.get(serves_for__isnull=False).name == "Fia Gran"


# -- steps, which save nothing ---------------------------------------------------------------------------


def test_deputies_step_in_when_asked(client, before_board):
    page = step(client, presided(shown(client.get(HERE))), "serve")
    assert values_of(page)[f"{key_of(page, 'Eva Fors')}-serves_for"] == [key_of(page, "Cia Berg")]
    assert "Styrelsen är beslutför." in page.one(id="raknat").text
    assert page.one("p", css="unsent").text == "Inte sparat än."
    assert not Meeting.objects.exists()


def test_all_are_there_when_asked(client, before_board):
    page = step(client, filled(shown(client.get(HERE)), Bo_Al__presence="distance"), "here")
    values = values_of(page)
    assert values[f"{key_of(page, 'Bo Al')}-presence"] == ["distance"]
    assert values[f"{key_of(page, 'Cia Berg')}-presence"] == ["here"]
    assert values[f"{key_of(page, 'Eva Fors')}-presence"] == [""]


def test_sentences_are_moved_removed_and_added_and_a_new_line_is_a_new_sentence(client, before_board):
    values = {**values_of(shown(client.get(HERE))), "sats": ["att a", "att b\natt c", ""]}
    assert sentences(step(client, values, "down-0")) == ["att b", "att a", "att c"]
    assert sentences(step(client, values, "up-2")) == ["att a", "att c", "att b"]
    assert sentences(step(client, values, "up-0")) == ["att a", "att b", "att c"]
    assert sentences(step(client, values, "drop-1")) == ["att a", "att c"]
    page = step(client, values, "ready-0")
    assert sentences(page)[-1] == "att godkänna ”Verksamhetsplan 2021”"
    assert "Förslag i version 2 som inte är med" in page.text
    for nonsense in ("up-x", "down-99", "drop-99", "ready-99", "what-1", ""):
        assert sentences(step(client, values, nonsense or "count")) == ["att a", "att b", "att c"]


def test_somebody_who_is_not_on_the_board_is_added_by_hand(client, plan, before_board):
    page = step(client, presided(shown(client.get(HERE))), "person")
    values = values_of(page)
    values |= {"ny1-name": ["Ivar Jo"], "ny1-post": ["deputy"], "ny1-members": ["Arbetsförmedlingen"]}
    values["ny1-serves_for"] = [key_of(page, "Cia Berg")]
    assert client.post(HERE, values).status_code == 302
    added = plan.meetings.get().participants.get(name="Ivar Jo")
    assert (added.post, added.member_names, added.serves_for.name) == (
        "deputy",
        "Arbetsförmedlingen",
        "Cia Berg",
    )
    page = shown(client.get(HERE))
    gone = step(client, values_of(page), f"remove-{key_of(page, 'Ivar Jo')}")
    assert "Ivar Jo" not in names(gone)
    client.post(HERE, values_of(gone))
    assert not plan.meetings.get().participants.filter(name="Ivar Jo").exists()


def test_in_a_new_federation_the_members_decide(client, plan, before_board):
    page = step(client, filled(shown(client.get(HERE)), decided_by="members"), "fetch")
    assert names(page) == ["", "", ""]
    keys = values_of(page)["people"]
    values = values_of(page)
    for key in keys[:2]:
        values |= {f"{key}-name": ["Någon"], f"{key}-presence": ["here"]}
    page = step(client, values, "count")
    assert "2 av 3 medlemmar är företrädda" in page.one(id="raknat").text
    assert "Region Gotland är inte företrädd." in page.one(id="raknat").text
    values |= {f"{keys[2]}-name": ["Ingen"], f"{keys[2]}-presence": ["distance"]}
    assert client.post(HERE, values).status_code == 302
    assert plan.meetings.get().decided_by == "members"
    page = shown(client.get(HERE))
    assert values_of(page)["people"] == keys
    assert "3 av 3 medlemmar är företrädda" in page.one(id="raknat").text


# -- faults ----------------------------------------------------------------------------------------------

FAULTS = {
    "a nameless one": ({"Cia_Berg__presence": "here", "Cia_Berg__name": ""}, "Skriv namnet på den som är"),
    "a deputy away": ({"Fia_Gran__serves_for": "Cia Berg"}, "Fia Gran är inte närvarande och kan inte"),
    "two for one": (
        {
            "Fia_Gran__presence": "here",
            "Fia_Gran__serves_for": "Cia Berg",
            "Eva_Fors__serves_for": "Cia Berg",
        },
        "tjänstgör redan i den platsen",
    ),
    "the chair is jävig": ({"Anna_Alm__conflict": "äger huset"}, "Anna Alm är jävig och kan inte leda"),
    "a reservation of one away": (
        {"Cia_Berg__reservation": "Nej."},
        "Cia Berg är inte närvarande och kan inte",
    ),
    "announced after": ({"announced_on": "2020-11-25"}, "Sammanträdet kungörs senast samma dag"),
    "no day": ({"on": "i går"}, "Datum"),
    "a sign that cannot be seen": ({"Bo_Al__name": "Bo\u202eAl"}, "styrtecken"),
    "a sign no file can print": ({"Bo_Al__reservation": "Nej \U0001f44e"}, "går inte att skriva ut"),
    "such a sign in a name": ({"Bo_Al__name": "Bo \U0001f642"}, "går inte att skriva ut"),
    "such a sign in the place": ({"place": "Visby \U0001f642"}, "går inte att skriva ut"),
    "a long name": ({"Bo_Al__name": "Bo" * 100}, "ryms inte: högst 150 tecken, och det är 200."),
    "a long jäv": ({"Dan_Ek__conflict": "ä" * 301}, "ryms inte: högst 300 tecken, och det är 301."),
    "a long reservation": (
        {"Bo_Al__reservation": "Nej. " * 1000 + "Nej"},
        "ryms inte: högst 5000 tecken, och det är 5003.",
    ),
}


@pytest.mark.parametrize(("changes", "says"), FAULTS.values(), ids=FAULTS.keys())
def test_what_cannot_be_saved_is_said_and_nothing_typed_is_lost(client, before_board, changes, says):
    opened = shown(client.get(HERE))
    keyed = {name: key_of(opened, v) if v == "Cia Berg" else v for name, v in changes.items()}
    values = presided(opened, **keyed)
    page = shown(client.post(HERE, values), 422)
    assert says in page.one(role="alert").text
    again = values_of(page)
    for name in values.keys() - {"csrfmiddlewaretoken", "gjord_av", "sats"}:
        if "reservation" not in name or any(values[name]):
            assert again[name] == values[name], name
    assert not Meeting.objects.exists()


def test_no_field_cuts_what_is_pasted(client, before_board):
    page = step(client, values_of(shown(client.get(HERE))), "person")
    fields = [each for tag in ("input", "textarea") for each in page.one("form", id="sammantrade").all(tag)]
    assert not [each.attributes["name"] for each in fields if "maxlength" in each.attributes]


# -- on to the adoption ------------------------------------------------------------------------------------


def test_what_is_not_saved_yet_is_saved_on_the_way_to_the_adoption(plan, before_board):
    chair = client_of(made.chair_of(plan))
    opened = shown(chair.get(HERE))
    assert [each.href for each in opened.one("p", css="last").all("a")] == ["/gotland/plan/2021/faststall/"]
    page = step(chair, presided(opened), "serve")
    last = page.one("p", css="last")
    assert not last.all("a")
    assert last.one("button", value="adopt").text == "Spara och gå till fastställandet"
    refused = shown(chair.post(HERE, {**filled(page, on="i går"), "do": "adopt"}), 422)
    assert values_of(refused)["place"] == ["Visby"]
    assert refused.one("p", css="last").one("button", value="adopt")
    assert not Meeting.objects.exists()
    answer = chair.post(HERE, {**values_of(page), "do": "adopt"})
    assert answer["Location"] == "/gotland/plan/2021/faststall/"
    assert plan.meetings.get().participants.get(name="Eva Fors").serves_for.name == "Cia Berg"


# -- two at once -----------------------------------------------------------------------------------------


def test_who_saves_second_sees_both_and_chooses(client, plan, before_board):
    client.post(HERE, presided(shown(client.get(HERE))))
    first, second = (shown(client.get(HERE)) for _ in range(2))
    client.post(HERE, filled(first, place="Slite", Cia_Berg__presence="here"))
    page = shown(client.post(HERE, filled(second, place="Fårö", secretary="Bo")), 409)
    said = page.one(role="alert").text
    assert "någon annan har sparat Slite, och ditt står kvar" in said
    assert "Närvaro, Cia Berg: på plats är sparat av någon annan" in said
    values = values_of(page)
    assert (values["place"], values["secretary"]) == (["Fårö"], ["Bo"])
    assert values[f"{key_of(page, 'Cia Berg')}-presence"] == ["here"]
    meeting = plan.meetings.get()
    assert (meeting.place, meeting.revision) == ("Slite", 2), "nothing is saved before the choice"
    taken = client.post(HERE, {**values, "ta_sparat_place": "1"})
    assert taken.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.place, meeting.secretary) == ("Slite", "Bo")
    assert meeting.participants.get(name="Cia Berg").is_present


def test_two_who_open_the_page_before_it_is_saved_have_one_meeting(client, plan, before_board):
    first, second = (shown(client.get(HERE)) for _ in range(2))
    client.post(HERE, presided(first))
    page = shown(client.post(HERE, filled(second, place="Fårö")), 409)
    assert "någon annan har sparat Visby" in page.one(role="alert").text
    assert client.post(HERE, values_of(page)).status_code == 302
    meeting = plan.meetings.get()
    assert meeting.place == "Fårö"
    assert meeting.participants.count() == len(made.BOARD)


def test_who_somebody_else_has_added_stays(client, plan, before_board):
    client.post(HERE, presided(shown(client.get(HERE))))
    first, second = (shown(client.get(HERE)) for _ in range(2))
    added = values_of(step(client, values_of(first), "person"))
    client.post(HERE, {**added, "ny1-name": ["Ivar Jo"], "ny1-presence": ["here"]})
    assert client.post(HERE, filled(second, secretary="Bo")).status_code == 302
    meeting = plan.meetings.get()
    assert meeting.secretary == "Bo"
    assert meeting.participants.filter(name="Ivar Jo", is_present=True).exists()


# -- closed ----------------------------------------------------------------------------------------------


def test_of_an_adopted_plan_nothing_is_changed_and_nothing_typed_is_lost(client, plan, before_board):
    client.post(HERE, presided(shown(client.get(HERE))))
    page = shown(client.get(HERE))
    Plan.objects.filter(pk=plan.pk).update(state="adopted")
    answer = shown(client.post(HERE, filled(page, place="Fårö")), 409)
    assert "Planen är fastställd, och sammanträdet ändras inte mer." in answer.one(role="alert").text
    assert values_of(answer)["place"] == ["Fårö"]
    assert plan.meetings.get().place == "Visby"
    assert client.get(HERE)["Location"] == "/gotland/plan/2021/beslut/"


@pytest.mark.parametrize("kind", [RoleKind.CHAIR, RoleKind.VICE_CHAIR, RoleKind.ADMINISTRATOR])
def test_others_who_record_see_the_page(plan, before_board, kind):
    page = shown(client_of(people.with_role(plan.federation, kind)).get(HERE))
    link = [each for each in page.all("a") if each.href.endswith("/faststall/")]
    assert bool(link) is (kind != RoleKind.ADMINISTRATOR)
