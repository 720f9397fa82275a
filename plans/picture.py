"""The frozen picture of a plan: everything its document says, as plain data. Pure.

`key` of a row of the federation (insats, member) is its primary key; of a row of the plan (section, area,
target group) its name in references. Texts are HTML of the small vocabulary.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from budgets.rules import Circumstances
from budgets.sheet import BudgetSheet


@dataclass(frozen=True)
class Federation:
    name: str
    short_name: str
    organisation_number: str = ""
    seat: str = ""
    formed: str = ""
    earlier_names: tuple[str, ...] = ()
    preferred_unit: str = "SEK"


@dataclass(frozen=True)
class Member:
    """`agreed_share` in per cent of its quarter."""

    key: int
    name: str
    kind: str
    kind_name: str
    joined: str = ""
    left: str = ""
    condition: str = ""
    agreed_share: Decimal | None = None


@dataclass(frozen=True)
class Appointment:
    """A post in a body; `person` with party where the office is public, else title and employer."""

    body: str
    body_name: str
    post: str
    post_name: str
    title: str = ""
    person: str = ""
    employer: str = ""
    party: str = ""
    members: tuple[str, ...] = ()
    deputy_order: int | None = None
    period: str = ""
    note: str = ""

    @property
    def who(self) -> str:
        """The person with the party, or what is known instead."""
        name = f"{self.person} ({self.party})" if self.person and self.party else self.person
        return name or self.title or ""


@dataclass(frozen=True)
class Financer:
    """Who else than the federation pays for an insats in a year; `amount` in SEK, None when not said."""

    who: str
    year: int
    amount: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class BoardDecision:
    """What the board decided about an insats; `date` is ISO, as precise as it is known."""

    date: str
    paragraph: str
    decision: str


@dataclass(frozen=True)
class Project:
    """An insats. `owner` as named in the source or the member; `period` in words."""

    key: int
    name: str
    kind_name: str
    level_name: str
    class_name: str
    status: str
    status_name: str
    owner: str = ""
    partners: tuple[str, ...] = ()
    other_partners: str = ""
    leader_employer: str = ""
    starts: str = ""
    ends: str = ""
    period: str = ""
    first_day: date | None = None
    last_day: date | None = None
    open_ended: bool = False
    extension: str = ""
    predecessor: str = ""
    decision_reference: str = ""
    description: str = ""
    participants: Mapping[int, int] = field(default_factory=dict)
    financers: tuple[Financer, ...] = ()
    decisions: tuple[BoardDecision, ...] = ()


@dataclass(frozen=True)
class Indicator:
    text: str
    target: str = ""


@dataclass(frozen=True)
class Activity:
    """`sections` are the keys of those that say more, `projects` of its insatser."""

    text: str
    details: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    projects: tuple[int, ...] = ()


@dataclass(frozen=True)
class Goal:
    text: str
    explanation: str = ""
    is_financial: bool = False
    indicators: tuple[Indicator, ...] = ()
    activities: tuple[Activity, ...] = ()
    projects: tuple[int, ...] = ()
    target_groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Area:
    """A perspective or focus area with what belongs to it as a whole."""

    key: str
    kind: str
    name: str
    description: str = ""
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    activities: tuple[Activity, ...] = ()
    projects: tuple[int, ...] = ()
    target_groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class TargetGroup:
    key: str
    name: str
    description: str = ""
    activities: tuple[Activity, ...] = ()
    projects: tuple[int, ...] = ()


@dataclass(frozen=True)
class Term:
    term: str
    explanation: str


@dataclass(frozen=True)
class Risk:
    """Likelihood and consequence from 1 to 4."""

    risk: str
    likelihood: int
    consequence: int
    measure: str = ""
    responsible: str = ""


@dataclass(frozen=True)
class Illustration:
    """A picture of the federation that texts may show; sizes in pixels. `content` is empty where it is not
    needed, as on a page, which fetches it from `address`."""

    key: str
    media_type: str
    width: int
    height: int
    address: str
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Explanation:
    """Why the plan has what a rule warns of. `sentence` is the finding as it was explained, figures and all:
    one that says something else is not explained by it."""

    sentence: str
    text: str
    by: str
    on: str


@dataclass(frozen=True)
class ConsultationAnswer:
    """What a member has answered in the samråd: the answer that counts. `member` is its key, `on` the ISO
    date it was given, `version` the number of the version it is about."""

    member: int
    member_name: str
    on: str
    who: str
    version: int
    text: str = ""
    file_name: str = ""


@dataclass(frozen=True)
class Section:
    key: str
    heading: str
    numbered: bool = True
    is_appendix: bool = False
    new_page: bool = False
    role: str = ""
    text: str = ""
    block: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    parts: "tuple[Section, ...]" = ()
    is_untouched: bool = False
    """Whether it stands as it came into the plan, from a file or another plan."""

    def with_parts(self) -> "Iterator[Section]":
        """The section and all within it, in the order they are read."""
        yield self
        for part in self.parts:
            yield from part.with_parts()


@dataclass(frozen=True)
class PlanPicture:
    """`group_names` gives the group and subgroup, as the sheet calls them, of each group's key; `sheet` is in
    the unit that the document shows."""

    federation: Federation
    plan_year: int
    title: str
    state: str
    state_name: str
    sheet: BudgetSheet
    circumstances: Circumstances
    diary_number: str = ""
    quotation: tuple[str, ...] = ()
    quotation_source: str = ""
    members: tuple[Member, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    projects: tuple[Project, ...] = ()
    sections: tuple[Section, ...] = ()
    target_groups: tuple[TargetGroup, ...] = ()
    areas: tuple[Area, ...] = ()
    goals: tuple[Goal, ...] = ()
    terms: tuple[Term, ...] = ()
    risks: tuple[Risk, ...] = ()
    illustrations: Mapping[str, Illustration] = field(default_factory=dict)
    """Those that the plan's texts show, by key."""
    group_names: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    explanations: tuple[Explanation, ...] = ()
    consulted_on: str = ""
    """The ISO date that the plan was first sent for samråd, empty before."""
    consulted_version: int = 0
    """The number of the version that was last sent for samråd."""
    consultation: tuple[ConsultationAnswer, ...] = ()
    copied_from_year: int | None = None
    """The plan year of the plan that this one was made from."""

    def all_sections(self) -> Iterator[Section]:
        """Every section in the order they are read."""
        for section in self.sections:
            yield from section.with_parts()

    def all_texts(self) -> Iterator[str]:
        """Every text of the small vocabulary, as it is stored."""
        yield from (section.text for section in self.all_sections())
        yield from (area.description for area in self.areas)
        yield from (group.description for group in self.target_groups)
        yield from (goal.explanation for goal in self.all_goals())
        yield from (term.explanation for term in self.terms)

    def project(self, key: int) -> Project | None:
        """The insats of a key, None when it is gone."""
        return next((project for project in self.projects if project.key == key), None)

    def explanation_of(self, sentence: str) -> Explanation | None:
        """The explanation of a finding, by its sentence in the unit of the sheet, without its source."""
        return next((each for each in self.explanations if each.sentence == sentence), None)

    def all_goals(self) -> tuple[Goal, ...]:
        """The goals of the areas, then those outside any."""
        return (*(goal for area in self.areas for goal in area.goals), *self.goals)
