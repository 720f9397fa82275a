"""What is kept is what would be made anew: whatever changes in between, and whoever asks at the same time."""

from threading import Thread

import pytest
from django.db import connection

from finsam.asked_again import Kept, never_changing
from members.models import Federation
from tests.members import people

pytestmark = pytest.mark.django_db


class Names:
    """Makes the names of all federations, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> list[str]:
        self.times += 1
        return list(Federation.objects.order_by("pk").values_list("short_name", flat=True))


@pytest.fixture
def names() -> Names:
    people.federation()
    return Names()


def test_made_once_as_long_as_the_database_answers_the_same(names):
    kept: Kept[list[str]] = Kept(2)
    assert [kept.get("key", names) for _ in range(3)] == [["Norrby"]] * 3
    assert names.times == 1


def test_made_anew_whenever_an_answer_differs(names):
    kept: Kept[list[str]] = Kept(2)
    kept.get("key", names)
    other = people.federation("soderby")
    assert kept.get("key", names) == ["Norrby", "Soderby"]
    Federation.objects.update(short_name="Nytt")
    assert kept.get("key", names) == ["Nytt", "Nytt"]
    other.delete()
    assert kept.get("key", names) == ["Nytt"]
    assert names.times == 4


def test_what_is_asked_because_of_an_answer_is_asked_again_too(names):
    kept: Kept[int] = Kept(2)

    def members_of_the_first() -> int:
        return Federation.objects.earliest("pk").members.count()

    assert kept.get("key", members_of_the_first) == 0
    Federation.objects.get().members.create(name="Norrby kommun", kind="municipality")
    assert kept.get("key", members_of_the_first) == 1


def test_another_key_is_another_thing(names):
    kept: Kept[str] = Kept(2)
    assert kept.get("a", lambda: names()[0] + "a") == "Norrbya"
    assert kept.get("b", lambda: names()[0] + "b") == "Norrbyb"
    assert kept.get("a", lambda: "made anew") == "Norrbya"


def test_the_oldest_goes_first(names):
    kept: Kept[list[str]] = Kept(2)
    for key in ("a", "b", "a", "c", "a", "b"):  # b was asked for longest ago when c came
        kept.get(key, names)
    assert names.times == 4


def test_making_that_changes_anything_is_not_kept(names):
    kept: Kept[int] = Kept(2)

    def change() -> int:
        return Federation.objects.update(short_name=f"{names()[0]}!")

    for _ in range(3):
        kept.get("key", change)
    assert names() == ["Norrby!!!"]


def test_what_raises_is_not_kept(names):
    kept: Kept[list[str]] = Kept(2)

    def fail() -> list[str]:
        raise LookupError(names())

    for _ in range(2):
        with pytest.raises(LookupError):
            kept.get("key", fail)
    assert kept.get("key", names) == ["Norrby"]
    assert names.times == 3


def test_what_never_changes_is_not_asked_again(names, django_assert_num_queries):
    kept: Kept[list[str]] = Kept(2)

    def make() -> list[str]:
        with never_changing():
            return names()

    kept.get("key", make)
    with django_assert_num_queries(0):
        assert kept.get("key", make) == ["Norrby"]


def test_a_change_in_the_midst_of_making_is_seen_the_next_time(names):
    """Another writes between what is noted and what is read: what is noted must be the older."""
    kept: Kept[list[str]] = Kept(2)
    asked = 0

    def other_writes(execute, sql, parameters, many, context):
        nonlocal asked
        asked += 1
        if asked == 2:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE members_federation SET short_name = 'Mitt i'")
        return execute(sql, parameters, many, context)

    def make() -> list[str]:
        with connection.execute_wrapper(other_writes):
            return names()

    assert kept.get("key", make) == ["Mitt i"]
    Federation.objects.update(short_name="Efter")
    assert kept.get("key", names) == ["Efter"]
    assert kept.get("key", names) == ["Efter"]


@pytest.mark.django_db(transaction=True)
def test_many_threads_at_once_get_their_own(names):
    kept: Kept[str] = Kept(3)
    wrong: list[str] = []

    def ask(key: int) -> None:
        try:
            for turn in range(50):
                got = kept.get((key, turn % 2), lambda turn=turn: f"{names()} {key} {turn % 2}")
                if got != f"['Norrby'] {key} {turn % 2}":
                    wrong.append(got)
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=ask, args=(key,)) for key in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not wrong
