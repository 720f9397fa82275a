"""The board of goals by hand: keys, pointer, texts, two people, a narrow window, without script."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from members.models import RoleKind
from plans.models import Activity, Area, Goal, Plan
from projects.models import Project
from tests.browser.conftest import sign_in
from tests.browser.visits import PHONE, sign_in_as_director
from tests.browser.waiting import follow
from tests.members import people

BOARD = "/gotland/plan/2021/mal/"
AREA, NEXT = "individ-och-samhalle", "strukturell-samverkan"


@pytest.fixture
def board(page: Page) -> Page:
    sign_in_as_director(page)
    page.goto(BOARD)
    return page


@pytest.fixture
def plan(board) -> Plan:
    return Plan.objects.get(federation__slug="gotland")


def stored(key: str) -> list[int]:
    return list(
        Goal.objects.filter(area__key=key, plan__federation__slug="gotland").values_list("pk", flat=True)
    )


def shown(page: Page, area: Area) -> list[int]:
    rows = page.locator(f"#area-{area.pk} .goal-card")
    return [int(each) for each in rows.evaluate_all("rows => rows.map(row => row.dataset.pk)")]


def handle(page: Page, row: str) -> Locator:
    return page.locator(f"#{row} > .goal-head > .handle")


def drag(page: Page, row: str, target: Locator, down: float) -> None:
    """By its handle to a part of the target's height, in a window that shows both."""
    page.set_viewport_size({"width": 1280, "height": 1600})
    start, end = handle(page, row).bounding_box(), target.bounding_box()
    assert start and end
    page.mouse.move(start["x"] + 8, start["y"] + 10)
    page.mouse.down()
    x, y = end["x"] + end["width"] / 2, end["y"] + end["height"] * down
    page.mouse.move(x, y, steps=8)
    page.mouse.up()


def test_a_goal_is_moved_with_the_arrow_keys_told_and_let_go_with_enter(board, plan):
    one, two = (Area.objects.get(plan=plan, key=key) for key in (AREA, NEXT))
    first, second, third = stored(AREA)
    there = stored(NEXT)
    handle(board, f"goal-{second}").focus()
    board.keyboard.press("ArrowUp")
    expect(board.locator("#where")).to_contain_text("nummer 1 av 3 i Individ och samhälle.")
    assert stored(AREA) == [first, second, third]  # not until it is let go
    board.keyboard.press("ArrowRight")
    expect(board.locator("#where")).to_contain_text(
        f"nummer {len(there) + 1} av {len(there) + 1} i {two.name}."
    )
    board.keyboard.press("Enter")
    expect(board.locator(".undo")).to_contain_text("är flyttat")
    assert stored(AREA) == shown(board, one) == [first, third]
    assert stored(NEXT) == shown(board, two) == [*there, second]
    expect(handle(board, f"goal-{second}")).to_be_focused()


def test_escape_puts_it_back(board, plan):
    area = Area.objects.get(plan=plan, key=AREA)
    before = shown(board, area)
    handle(board, f"goal-{before[0]}").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        board.keyboard.press(key)
    board.keyboard.press("Escape")
    expect(board.locator("#where")).to_contain_text("är tillbaka där det stod")
    assert shown(board, area) == before
    expect(handle(board, f"goal-{before[0]}")).to_be_focused()
    board.reload()
    assert shown(board, area) == before == stored(AREA)


def test_a_goal_is_dragged_within_its_column_and_to_another(board, plan):
    one, two = (Area.objects.get(plan=plan, key=key) for key in (AREA, NEXT))
    first, second, third = stored(AREA)
    drag(board, f"goal-{first}", board.locator(f"#goal-{second}"), 0.8)
    expect(board.locator(".undo")).to_contain_text("är flyttat")
    assert stored(AREA) == shown(board, one) == [second, first, third]
    there = stored(NEXT)
    drag(board, f"goal-{second}", board.locator(f"#goal-{there[0]}"), 0.2)
    expect(board.locator(f"#area-{two.pk} #goal-{second}")).to_be_visible()
    expect(board.locator(".lifted")).to_have_count(0)
    expect(board.locator(".undo")).to_contain_text(str(Goal.objects.get(pk=second))[:20])
    assert stored(NEXT) == shown(board, two) == [second, *there]


def test_columns_and_activities_are_dragged_too(board, plan):
    first, second, *rest = Area.objects.filter(plan=plan)
    drag(board, f"area-{first.pk}", board.locator(f"#area-{second.pk} h2"), 0.5)
    expect(board.locator(".undo")).to_contain_text("är flyttat")
    assert list(Area.objects.filter(plan=plan)) == [second, first, *rest]
    goal = Goal.objects.get(pk=stored(AREA)[0])
    activity = second.activities.first()
    drag(board, f"activity-{activity.pk}", board.locator(f"#goal-{goal.pk} h3"), 0.5)
    expect(board.locator(f"#goal-{goal.pk} #activity-{activity.pk}")).to_be_visible()
    expect(board.locator(".undo")).to_contain_text("Aktiviteten")
    assert Activity.objects.get(pk=activity.pk).goal == goal


def test_a_removed_area_comes_back_with_its_goals_after_a_reload(board, plan):
    area = Area.objects.get(plan=plan, key=AREA)
    before = shown(board, area)
    board.locator(f"#area-{area.pk} > .goal-head summary").click()
    board.locator(f"#area-{area.pk} > .goal-head .danger").click()
    expect(board.locator(".undo")).to_contain_text("är borttaget")
    board.reload()
    board.locator(".undo button").click()
    expect(board.locator(f"#area-{area.pk}")).to_be_visible()
    assert stored(AREA) == shown(board, area) == before


def test_a_text_is_written_with_bullets_and_stays_as_it_was_when_untouched(board, plan):
    goal = Goal.objects.get(pk=stored(AREA)[0])
    board.goto(f"{BOARD}mal/{goal.pk}/")
    board.locator(".ProseMirror").wait_for()  # in place of the plain field
    text = board.get_by_role("textbox", name="Förklaring och strategi")
    text.click()
    board.get_by_role("button", name="Punkter").click()
    expect(text.locator("li")).to_be_visible()
    expect(text).to_be_focused()
    board.keyboard.type("Ett")
    board.keyboard.press("Enter")
    board.keyboard.type("Två")
    board.get_by_role("button", name="Spara").click()
    expect(board.locator(".undo")).to_contain_text("är ändrat")
    goal.refresh_from_db()
    written = "<ul><li><p>Ett</p></li><li><p>Två</p></li></ul>"
    assert goal.explanation == written
    board.goto(f"{BOARD}mal/{goal.pk}/")
    expect(text.locator("li")).to_have_text(["Ett", "Två"])
    board.get_by_label("Mål", exact=True).fill("Annat mål")
    board.get_by_role("button", name="Spara").click()
    expect(board.locator(f"#goal-{goal.pk} h3")).to_have_text("Annat mål")
    goal.refresh_from_db()
    assert goal.explanation == written


def test_a_move_after_somebody_elses_stands_and_a_removed_row_gives_a_sentence(board, plan, other_page):
    olle = people.user("olle@example.se", name="Olle Ask")
    people.with_role(plan.federation, RoleKind.ADMINISTRATOR, olle)
    sign_in(other_page, olle.email, people.PASSWORD)
    other_page.goto(BOARD)
    first, second, third = stored(AREA)
    handle(other_page, f"goal-{third}").focus()
    other_page.keyboard.press("ArrowUp")
    other_page.keyboard.press("ArrowUp")
    other_page.keyboard.press("Enter")
    expect(other_page.locator(".undo")).to_be_visible()
    other_page.locator(f"#goal-{second} > .goal-head summary").click()
    other_page.locator(f"#goal-{second} > .goal-head .danger").click()
    expect(other_page.locator(f"#goal-{second}")).to_have_count(0)
    handle(board, f"goal-{first}").focus()
    board.keyboard.press("ArrowDown")  # after the second, before the third, on her outdated board
    board.keyboard.press("Enter")
    expect(board.locator(".undo")).to_be_visible()
    assert stored(AREA) == [first, third]
    expect(handle(board, f"goal-{first}")).to_be_focused()
    other_page.locator(f"#goal-{first} > .goal-head summary").click()
    other_page.locator(f"#goal-{first} > .goal-head .danger").click()
    expect(other_page.locator(f"#goal-{first}")).to_have_count(0)
    board.keyboard.press("ArrowRight")
    board.keyboard.press("Enter")
    expect(board.locator("#goals .error").first).to_contain_text("Någon annan har tagit bort det")
    assert stored(AREA) == shown(board, Area.objects.get(plan=plan, key=AREA)) == [third]


def test_the_board_fits_a_narrow_window_and_its_menu_closes_with_escape(board, plan):
    board.set_viewport_size(PHONE)
    row = f"#goal-{stored(AREA)[0]} > .goal-head"
    board.locator(f"{row} summary").click()
    box = board.locator(f"{row} .choices-list").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    assert board.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    board.keyboard.press("Escape")
    expect(board.locator(f"{row} .choices-list")).to_be_hidden()
    expect(board.locator(f"{row} summary")).to_be_focused()


def test_without_script_everything_is_done_by_forms(board, plan, browser: Browser, live_server: LiveServer):
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=board.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(BOARD)
    first, second, third = stored(AREA)
    expect(plain.locator(".handle").first).to_be_hidden()
    plain.locator(f"#goal-{second} > .goal-head summary").click()
    follow(plain.locator(f"#goal-{second}").get_by_role("button", name="Flytta upp"))
    assert plain.url.endswith(f"#goal-{second}")
    assert stored(AREA) == [second, first, third]
    plain.locator(f"#goal-{second} > .goal-head summary").click()
    follow(plain.locator(f"#goal-{second}").get_by_role("button", name="Flytta till Strukturell samverkan"))
    assert second in stored(NEXT)
    plain.locator(f"#goal-{second} > .goal-head summary").click()
    follow(plain.locator(f"#goal-{second} a", has_text="Ändra text"))
    plain.get_by_label("Mål", exact=True).fill("Ett nytt mål")
    plain.get_by_role("button", name="Spara").click()
    expect(plain.locator(f"#goal-{second} h3")).to_have_text("Ett nytt mål")
    context.close()


def test_insatser_are_put_in_order_with_the_keyboard(board, plan):
    board.goto("/gotland/insatser/")
    running = board.locator("tbody[data-holds=running] tr")
    names = running.locator("a").all_inner_texts()
    one = Project.objects.get(federation=plan.federation, name=names[1])
    board.locator(f"#insats-{one.pk} .handle").focus()
    board.keyboard.press("ArrowUp")
    expect(board.locator("#where")).to_contain_text(f"{names[1]}: nummer 1 av {len(names)}")
    board.keyboard.press("Enter")
    expect(board.locator("#project-list .message")).to_contain_text("är flyttad")
    expect(running.locator("a").first).to_have_text(names[1])
    assert Project.objects.filter(federation=plan.federation, status="running").first() == one
    expect(board.locator(f"#insats-{one.pk} .handle")).to_be_focused()
