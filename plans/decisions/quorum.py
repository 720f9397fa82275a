"""Whether a meeting could decide, and what it decided: quorum, who served, votes, faults. Pure.

More than half of all ledamöter serve (KL 6 kap. 27 §), themselves or by a deputy; whoever is jävig takes no
part. In a new federation the members fix the budget together, each of them taking part (FinsamL 23 §).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans.decisions.people import CHAIR, VICE_CHAIR, Fault, Person, error, errors_of, lacking, warning
from plans.decisions.serving import seats, serving, serving_faults
from plans.decisions.voting import Tally, tally, unanimous, voting_faults


@dataclass(frozen=True)
class Count:
    """A meeting counted: how many seats there are, how many must serve, who does. `tally` is None without
    a vote; `carried` says whether the proposal is adopted, None while that is not settled."""

    seats: int
    needed: int
    serving: tuple[Person, ...]
    tally: Tally | None
    faults: tuple[Fault, ...]

    @property
    def is_quorate(self) -> bool:
        return self.seats > 0 and len(self.serving) >= self.needed

    @property
    def carried(self) -> bool | None:
        """Without a vote the proposal is adopted."""
        return True if self.tally is None else self.tally.result

    @property
    def errors(self) -> tuple[Fault, ...]:
        return errors_of(self.faults)


def count(people: Sequence[Person], *, voted: bool = False, by_members: bool = False) -> Count:
    """The meeting counted. `voted`: a vote was demanded; `by_members`: the members themselves decide."""
    ordinary, serve = seats(people), serving(people)
    needed = len(ordinary) if by_members else len(ordinary) // 2 + 1
    made = None
    if voted:
        made = unanimous(serve) if by_members else tally(serve)
    faults = (
        *(_members_faults(ordinary) if by_members else _quorum_faults(ordinary, serve, needed)),
        *serving_faults(people),
        *(() if by_members else _presiding_faults(people, serve)),
        *voting_faults(people, serve, voted=voted),
        *_result_faults(made, serve, by_members=by_members),
    )
    return Count(len(ordinary), needed, serve, made, faults)


def _quorum_faults(ordinary: Sequence[Person], serve: Sequence[Person], needed: int) -> Iterator[Fault]:
    if not ordinary:
        yield lacking("Inga ledamöter är antecknade.")
    elif len(serve) < needed:
        yield lacking(
            f"Styrelsen är inte beslutför: {len(serve)} av {len(ordinary)} tjänstgör, och det ska vara minst "
            f"{needed} (KL 6 kap. 27 §)."
        )


def _members_faults(ordinary: Sequence[Person]) -> Iterator[Fault]:
    if not ordinary:
        yield lacking("Inga medlemmar är antecknade.")
    for person in ordinary:
        if not person.can_act:
            yield lacking(
                f"{', '.join(sorted(person.members)) or person.name} är inte företrädd. I ett nytt förbund "
                "fastställer medlemmarna budgeten tillsammans (FinsamL 23 §).",
                person.key,
            )


def _presiding_faults(people: Sequence[Person], serve: Sequence[Person]) -> Iterator[Fault]:
    presiding = [person for person in people if person.presides]
    if not presiding:
        yield lacking("Säg vem som leder sammanträdet.")
    elif len(presiding) > 1:
        yield error(f"{' och '.join(each.name for each in presiding)} leder båda sammanträdet.")
    else:
        (person,) = presiding
        if person.conflict:
            yield error(f"{person.name} är jävig och kan inte leda ärendet (KL 6 kap. 28 §).", person.key)
        elif not person.present:
            yield error(f"{person.name} leder sammanträdet, men är inte närvarande.", person.key)
        elif person.key not in {each.key for each in serve}:
            yield error(f"{person.name} leder sammanträdet, men tjänstgör inte.", person.key)
        else:
            yield from _passed_over(person, serve)


def _passed_over(person: Person, serve: Sequence[Person]) -> Iterator[Fault]:
    """Ordföranden presides, in the chair's absence a vice ordförande (FinsamL 17 §)."""
    ranks = {CHAIR: 0, VICE_CHAIR: 1}
    own = ranks.get(person.post, len(ranks))
    before = [each for each in serve if ranks.get(each.post, len(ranks)) < own]
    if before:
        first = min(before, key=lambda each: ranks[each.post])
        who = "ordförande" if first.post == CHAIR else "vice ordförande"
        yield warning(
            f"{person.name} leder sammanträdet, fast {first.name} är {who} och närvarande.", person.key
        )


def _result_faults(made: Tally | None, serve: Sequence[Person], *, by_members: bool) -> Iterator[Fault]:
    if made is None or not all(each.vote for each in serve):
        return
    if made.result is None:
        yield error(
            "Rösterna är lika och den som leder har avstått. Ordföranden röstar när det behövs för att "
            "ärendet ska kunna avgöras (KL 4 kap. 25 §)."
        )
    elif not made.result and by_members:
        yield error("Medlemmarna är inte eniga, och förslaget är inte antaget.")
    elif not made.result:
        yield error(f"Förslaget föll: {made.words}.")
