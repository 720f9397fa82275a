"""Who serves: the ledamöter who may take part, and deputies in the place of others, in their order
(FinsamL 12 §). Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from plans.decisions.people import Fault, Person, error, warning

LAST = 1_000_000
"""The place of a deputy without an order."""


def seats(people: Sequence[Person]) -> list[Person]:
    """All ledamöter, those who preside among them."""
    return [person for person in people if not person.is_deputy]


def serving(people: Sequence[Person]) -> tuple[Person, ...]:
    """Those who decide, in the order of the seats: at most one for each."""
    found = []
    for seat in seats(people):
        if seat.can_act:
            found.append(seat)
        else:
            found += [each for each in _deputies(people) if each.can_act and each.serves_for == seat.key][:1]
    return tuple(found)


def with_deputies(people: Sequence[Person]) -> list[Person]:
    """The same people, with deputies taking the places that are empty: one of the same member first, in the
    order of deputies; then whoever is left, as they are listed. Nobody is taken from a place they have."""
    chosen = {person.key: person for person in people}
    seat_of = {seat.key: seat for seat in seats(people)}
    for person in _deputies(people):
        if person.serves_for and (not person.can_act or not _is_empty(seat_of.get(person.serves_for))):
            chosen[person.key] = replace(person, serves_for="")
    taken = {person.serves_for for person in chosen.values() if person.serves_for}
    empty = [seat for seat in seat_of.values() if _is_empty(seat) and seat.key not in taken]
    for same_member in (True, False):
        for seat in list(empty):
            free = [each for each in chosen.values() if _is_free(each)]
            fitting = [each for each in free if bool(each.members & seat.members) or not same_member]
            if fitting:
                first = min(fitting, key=_order)
                chosen[first.key] = replace(first, serves_for=seat.key)
                empty.remove(seat)
    return [chosen[person.key] for person in people]


def serving_faults(people: Sequence[Person]) -> Iterator[Fault]:
    """What is wrong with who takes whose place."""
    seat_of = {seat.key: seat for seat in seats(people)}
    taking: defaultdict[str, list[Person]] = defaultdict(list)
    for person in people:
        if not person.serves_for:
            continue
        seat = seat_of.get(person.serves_for)
        if not person.is_deputy:
            yield error(f"{person.name} är ledamot och tjänstgör inte för någon annan.", person.key)
        elif seat is None:
            yield error(f"{person.name} tjänstgör för någon som inte är ledamot.", person.key)
        elif not person.present:
            yield error(f"{person.name} tjänstgör, men är inte närvarande.", person.key)
        elif person.conflict:
            yield error(f"{person.name} är jävig och kan inte tjänstgöra (KL 6 kap. 28 §).", person.key)
        elif seat.can_act:
            yield error(f"{person.name} tjänstgör för {seat.name}, som själv tar del.", person.key)
        else:
            taking[seat.key].append(person)
            yield from _out_of_order(person, seat, people, seat_of)
    for key, several in taking.items():
        if len(several) > 1:
            names = " och ".join(each.name for each in several)
            yield error(f"{names} tjänstgör båda för {seat_of[key].name}.", several[1].key)
    yield from _left_empty(people, seat_of, set(taking))


def _out_of_order(
    person: Person, seat: Person, people: Sequence[Person], seat_of: dict[str, Person]
) -> Iterator[Fault]:
    """A warning when another deputy should have come first: one of the member of the empty place, or one who
    is before in the order that the same member has fixed. Between members there is no order."""
    for other in _deputies(people):
        if other.key == person.key or not other.can_act or _serves_own(other, seat_of):
            continue
        of_seat = bool(other.members & seat.members) and not person.members & seat.members
        before = not other.serves_for and other.members == person.members and _order(other) < _order(person)
        if of_seat or before:
            why = "är ersättare för samma medlem" if of_seat else "är före i ersättarnas ordning"
            yield warning(
                f"{person.name} tjänstgör för {seat.name}, fast {other.name} är närvarande och {why} "
                "(FinsamL 12 §).",
                person.key,
            )
            return


def _left_empty(people: Sequence[Person], seat_of: dict[str, Person], taken: set[str]) -> Iterator[Fault]:
    for seat in seat_of.values():
        if not _is_empty(seat) or seat.key in taken:
            continue
        free = [each for each in _deputies(people) if _is_free(each) and each.members & seat.members]
        if free:
            first = min(free, key=_order)
            yield warning(
                f"Ingen tjänstgör för {seat.name}, fast {first.name} är ersättare för samma medlem och "
                "närvarande.",
                first.key,
            )


def _deputies(people: Sequence[Person]) -> list[Person]:
    return [person for person in people if person.is_deputy]


def _is_empty(seat: Person | None) -> bool:
    return seat is not None and not seat.can_act


def _is_free(person: Person) -> bool:
    return person.is_deputy and person.can_act and not person.serves_for


def _serves_own(person: Person, seat_of: dict[str, Person]) -> bool:
    seat = seat_of.get(person.serves_for)
    return seat is not None and bool(person.members & seat.members)


def _order(person: Person) -> int:
    return LAST if person.order is None else person.order
