"""Amounts that somebody typed into a text, held against the budget: which of them are live figures, which are
not what their sentence says, and which the budget does not know. Pure."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from plans.figures.catalogue import title
from plans.figures.mentions import Named, mentions_around, mentions_in_row, named_in
from plans.figures.passages import Passage, passages
from plans.figures.resolving import resolve
from plans.figures.subjects import Figure, Subject, columns_by_year, figures_of
from plans.figures.typed_amounts import Meaning, TypedAmount, amounts_in
from plans.picture import PlanPicture

Kind = Literal["equals", "differs", "unknown"]

MOST_OFFERED = 5
OF_OTHERS = 10
"""An amount this many times all of the plan's money is somebody else's."""
LEAST_UNKNOWN = Decimal(1_000)
"""SEK; a smaller amount that the budget does not have is none of the budget's."""
NEAR = (Decimal("0.5"), Decimal(2))
"""An amount between these many times a figure is meant as that figure; a thousand times is a wrong unit."""
LONGEST_CELL = 40
"""Signs; a cell with more is read as a sentence."""
WORDS_AROUND = 60
"""Signs before and after an amount that show where it stands."""
ABROAD = ("nationell", "riksdag", "regering", "hela landet", "samtliga samordningsförbund", "statens totala")
"""A sentence with one of these may say what the whole country spends."""


@dataclass(frozen=True)
class Offer:
    """A live figure to put in place of a typed one: its token, its name and what it would say."""

    token: str
    name: str
    shown: str


@dataclass(frozen=True)
class TypedFigure:
    """An amount as typed, where it stands in the plain text (passages.plain_text) and between which words;
    what to put in its place, the best first; and a Swedish sentence that says it."""

    text: str
    place: int
    before: str
    after: str
    kind: Kind
    offers: tuple[Offer, ...]
    sentence: str


def remarks(html: str, plan: PlanPicture, heading: str = "") -> tuple[TypedFigure, ...]:
    """What is to be said of the amounts typed in a section's text, in their order. The section's `heading`
    says what a sentence without a subject is about."""
    reader = _Reader(plan, heading)
    return tuple(remark for passage in passages(html) for remark in reader.remarks(passage))


MOST_KEPT = 16
_KEPT: list[tuple[PlanPicture, tuple[Figure, ...]]] = []
"""The figures of the pictures lately asked for: the same picture comes at every save while one writes."""


def _figures(plan: PlanPicture) -> tuple[Figure, ...]:
    for known, figures in tuple(_KEPT):
        if known is plan:
            return figures
    figures = tuple(figures_of(plan))
    _KEPT[:] = [(plan, figures), *_KEPT[: MOST_KEPT - 1]]
    return figures


class _Reader:
    def __init__(self, plan: PlanPicture, heading: str) -> None:
        self.plan = plan
        self.figures = _figures(plan)
        self.of_subject: dict[Subject, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            self.of_subject[figure.subject].append(figure)
        self.subjects = frozenset(self.of_subject)
        self.heading = named_in(heading, self.of_subject)
        self.years = columns_by_year(plan)
        self.by_size = sorted((abs(figure.value), place) for place, figure in enumerate(self.figures))
        self.whole = self.by_size[-1][0] if self.by_size else Decimal(0)

    def remarks(self, passage: Passage) -> Iterator[TypedFigure]:
        is_cell = passage.is_cell and len(passage.text) <= LONGEST_CELL
        amounts = list(amounts_in(passage.text, self.plan.sheet.unit, is_cell=is_cell))
        if not amounts:
            return
        named = named_in(passage.row if passage.is_cell else passage.text, self.of_subject)
        for number, amount in enumerate(amounts):
            start = amounts[number - 1].end if number else 0
            end = amounts[number + 1].start if number + 1 < len(amounts) else len(passage.text)
            remark = _Judgement(self, passage, amount, (start, end), named).remark()
            if remark:
                yield remark

    def figures_of(self, subject: Subject, years: frozenset[int]) -> list[Figure]:
        """The subject's figures of some years; of all where none is said."""
        return [figure for figure in self.of_subject[subject] if not years or figure.year in years]

    def covered(self, meaning: Meaning) -> list[Figure]:
        """The figures that a meaning covers, with a minus or without."""
        smallest, largest = sorted((abs(meaning.lowest), abs(meaning.highest)))
        start = bisect_left(self.by_size, smallest, key=lambda each: each[0])
        end = bisect_right(self.by_size, largest, key=lambda each: each[0])
        near = [self.figures[place] for _, place in sorted(self.by_size[start:end], key=lambda each: each[1])]
        return [each for each in near if meaning.covers(each.value) or meaning.covers(abs(each.value))]

    def offer(self, figure: Figure, form: str) -> Offer:
        token = str(replace(figure.token, form=form))
        return Offer(token, title(figure, self.years[figure.year][0]), resolve(token, self.plan).text)


class _Judgement:
    """One amount, in its passage. `reach` is from the amount before it to the one after; `named` are the
    subjects of the passage."""

    def __init__(
        self,
        reader: _Reader,
        passage: Passage,
        amount: TypedAmount,
        reach: tuple[int, int],
        named: list[Named],
    ) -> None:
        self.reader, self.passage, self.amount = reader, passage, amount
        self.years = self._years_said()
        self.mentions = (
            mentions_in_row(passage.row, named)
            if passage.is_cell
            else mentions_around(amount.start, amount.end, reach, named, reader.heading)
        )
        self.meaning = self._likely()
        self.covered = reader.covered(self.meaning)

    def remark(self) -> TypedFigure | None:
        if not self.meaning.value:
            return None
        if equal := self._equal(self._said()):
            return self._is_equal(equal)
        if wrong := self._wrong():
            return self._differs(wrong)
        if equal := self._equal(self.reader.subjects):
            return self._is_equal(equal)
        return self._unknown()

    def _years_said(self) -> frozenset[int]:
        """The years that the sentence or the heads of the cell name; none for several amounts in a cell,
        which are of a year each."""
        passage = self.passage
        if passage.is_cell and "/" in passage.text:
            return frozenset()
        context = f"{passage.text} {passage.row} {passage.column}"
        return frozenset(year for year in self.reader.years if str(year) in context)

    def _likely(self) -> Meaning:
        """A bare number is in the unit in which it is one of the figures, or else in that of the plan."""
        first = self.amount.candidates[0]
        for meaning in self.amount.candidates:
            if any(meaning.covers(abs(figure.value)) for figure in self.reader.covered(meaning)):
                return first if meaning is first else replace(meaning, form="kr")
        likely = [each for each in self.amount.candidates if abs(each.value) <= self.reader.whole * 2]
        return likely[0] if likely else first

    def _said(self) -> frozenset[Subject]:
        """The subjects that the sentence names."""
        return frozenset(mention.subject for mention in self.mentions if not mention.is_heading)

    def _equal(self, subjects: frozenset[Subject]) -> list[Figure]:
        """The figures of some subjects that the amount is, those of the years that are said if any is."""
        of_them = [figure for figure in self.covered if figure.subject in subjects]
        in_years = [figure for figure in of_them if figure.year in self.years]
        named = [mention.subject for mention in self.mentions]
        if subjects != self.reader.subjects and self.years and not in_years:
            return []
        return sorted(
            in_years or of_them,
            key=lambda figure: named.index(figure.subject) if figure.subject in named else len(named),
        )

    def _wrong(self) -> list[Figure]:
        """The figures that the sentence speaks of, of which this amount is none but must be meant as one."""
        for mention in self.mentions:
            if not mention.is_meant:
                continue
            figures = self.reader.figures_of(mention.subject, self.years)
            near = [figure for figure in figures if self._is_near(figure.value)]
            if near and self.passage.is_cell:
                near.sort(key=lambda figure: abs(abs(figure.value) - abs(self.meaning.value)))
            if near:
                return near
        return []

    def _is_near(self, value: Decimal) -> bool:
        if not value or abs(self.meaning.value) < LEAST_UNKNOWN:
            return False
        ratio = abs(self.meaning.value / value)
        return NEAR[0] <= ratio <= NEAR[1] or ratio in (Decimal(1_000), Decimal("0.001"))

    # -- what is said ------------------------------------------------------------------------------

    def _is_equal(self, figures: list[Figure]) -> TypedFigure:
        name = self.reader.offer(figures[0], "").name
        return self._said_of(
            "equals", figures, f"{self.amount.text} är skrivet för hand och är detsamma som {name}."
        )

    def _differs(self, figures: list[Figure]) -> TypedFigure:
        offer = self.reader.offer(figures[0], "")
        sentence = f"{self.amount.text} stämmer inte med budgeten: {offer.name} är {offer.shown}."
        return self._said_of("differs", figures, sentence)

    def _unknown(self) -> TypedFigure | None:
        small = abs(self.meaning.value) < LEAST_UNKNOWN
        if not self.amount.has_unit or self.amount.is_rate or small or self._is_of_others():
            return None
        named = [mention.subject for mention in self.mentions if mention.is_meant]
        figures = [
            figure
            for figure in self.reader.figures
            if figure.subject in named and (not self.years or figure.year in self.years)
        ]
        return self._said_of("unknown", figures, f"{self.amount.text} finns inte i budgeten.")

    def _is_of_others(self) -> bool:
        text, times = self.passage.text.casefold(), abs(self.meaning.value) / (self.reader.whole or 1)
        return times >= OF_OTHERS or (times > 1 and any(word in text for word in ABROAD))

    def _said_of(self, kind: Kind, figures: list[Figure], sentence: str) -> TypedFigure:
        text, amount = self.passage.text, self.amount
        return TypedFigure(
            text=amount.text,
            place=self.passage.place + amount.end - len(amount.text),
            before=(text[: amount.start] or self.passage.row)[-WORDS_AROUND:].strip(),
            after=text[amount.end :][:WORDS_AROUND].strip(),
            kind=kind,
            offers=tuple(self.reader.offer(figure, self.meaning.form) for figure in figures[:MOST_OFFERED]),
            sentence=sentence,
        )
