"""The votes of a meeting and what they come to (KL 4 kap. 25 §, 5 kap. 55–56 §§). Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from finsam.swedish import genitive
from plans.decisions.people import ABSTAINS, NO, YES, Fault, Person, error, lacking


@dataclass(frozen=True)
class Tally:
    """The votes counted. `result` is whether the proposal was carried, None when it is not settled;
    `by_casting_vote` when the votes were equal and whoever presided settled it."""

    yes: int
    no: int
    abstained: int
    result: bool | None
    by_casting_vote: bool = False

    @property
    def words(self) -> str:
        """5 ja, 3 nej, 1 avstår"""
        said = [f"{self.yes} ja", f"{self.no} nej"]
        return ", ".join([*said, f"{self.abstained} avstår"] if self.abstained else said)


def tally(serving: Sequence[Person]) -> Tally:
    """By simple majority of those who vote; with equal votes as whoever presides voted."""
    yes, no, abstained = (sum(each.vote == vote for each in serving) for vote in (YES, NO, ABSTAINS))
    if yes != no:
        return Tally(yes, no, abstained, yes > no)
    casting = next((each.vote for each in serving if each.presides), "")
    result = {YES: True, NO: False}.get(casting)
    return Tally(yes, no, abstained, result, by_casting_vote=result is not None)


def unanimous(serving: Sequence[Person]) -> Tally:
    """Of members who decide together: one no, or one who does not say yes, and nothing is decided."""
    counted = tally(serving)
    settled = all(each.vote for each in serving)
    return Tally(counted.yes, counted.no, counted.abstained, counted.yes == len(serving) if settled else None)


def voting_faults(people: Sequence[Person], serving: Sequence[Person], *, voted: bool) -> Iterator[Fault]:
    """Votes and reservations of those who may not, and votes that are missing."""
    keys = {each.key for each in serving}
    for person in people:
        if person.vote and person.conflict:
            yield error(f"{person.name} är jävig och kan inte rösta (KL 6 kap. 28 §).", person.key)
        elif person.vote and person.key not in keys:
            yield error(f"{person.name} tjänstgör inte och kan inte rösta.", person.key)
        elif voted and person.key in keys and not person.vote:
            yield lacking(f"{genitive(person.name)} röst är inte antecknad.", person.key)
        if person.reservation and person.key not in keys:
            yield error(
                f"{person.name} deltog inte i beslutet och kan inte reservera sig (KL 4 kap. 27 §).",
                person.key,
            )
        elif person.reservation and voted and person.vote == ABSTAINS:
            yield error(
                f"{person.name} avstod från att rösta och kan inte reservera sig (KL 4 kap. 27 §).",
                person.key,
            )
