"""The live blocks: what Finsam can write into a section by itself, and the settings of each. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    BUDGET_TABLE = "budget_table"
    EQUITY_BRIDGE = "equity_bridge"
    RULE_REPORT = "rule_report"
    PRINTED_FAULTS = "printed_faults"
    MEMBERS_AND_SHARES = "members_and_shares"
    BOARD = "board"
    PROJECT_CARDS = "project_cards"
    PROJECT_TABLE = "project_table"
    TIMELINE = "timeline"
    SCORECARD = "scorecard"
    AREAS = "areas"
    TARGET_GROUPS = "target_groups"
    GOALS = "goals"
    CHARTS = "charts"
    DECISION_SENTENCES = "decision_sentences"
    SIGNATURES = "signatures"
    GLOSSARY = "glossary"
    RISK_TABLE = "risk_table"
    FEDERATION_FACTS = "federation_facts"
    CONSULTATION = "consultation"


BLOCK_NAMES: Mapping[BlockKind, str] = {
    BlockKind.BUDGET_TABLE: "budgettabell",
    BlockKind.EQUITY_BRIDGE: "från ingående till utgående eget kapital",
    BlockKind.RULE_REPORT: "vad reglerna säger om budgeten",
    BlockKind.PRINTED_FAULTS: "fel i det tryckta originalet",
    BlockKind.MEMBERS_AND_SHARES: "medlemmar och andelar",
    BlockKind.BOARD: "styrelse och andra organ",
    BlockKind.PROJECT_CARDS: "insatser, en beskrivning av var och en",
    BlockKind.PROJECT_TABLE: "insatser som tabell",
    BlockKind.TIMELINE: "insatser över tid",
    BlockKind.SCORECARD: "styrkort",
    BlockKind.AREAS: "perspektiv eller prioriterade områden",
    BlockKind.TARGET_GROUPS: "målgrupper",
    BlockKind.GOALS: "mål",
    BlockKind.CHARTS: "diagram",
    BlockKind.DECISION_SENTENCES: "förslag till beslut",
    BlockKind.SIGNATURES: "underskrifter",
    BlockKind.GLOSSARY: "ordlista",
    BlockKind.RISK_TABLE: "risker",
    BlockKind.FEDERATION_FACTS: "fakta om förbundet",
    BlockKind.CONSULTATION: "samrådets svar",
}


@dataclass(frozen=True)
class OneOf:
    """A setting with one of these values."""

    values: tuple[str, ...]

    def fault(self, value: object) -> str:
        return "" if value in self.values else f"ska vara {_either(self.values)}"


@dataclass(frozen=True)
class SomeOf:
    """A setting with a list of some of these values."""

    values: tuple[str, ...]

    def fault(self, value: object) -> str:
        good = isinstance(value, list) and value and all(each in self.values for each in value)
        return "" if good else f"ska vara en lista med {_either(self.values)}"


@dataclass(frozen=True)
class Numbers:
    """A setting with a list of whole numbers: years from the plan year, or keys of rows."""

    meaning: str

    def fault(self, value: object) -> str:
        good = (
            isinstance(value, list)
            and value
            and all(isinstance(each, int) and not isinstance(each, bool) for each in value)
        )
        return "" if good else f"ska vara en lista med {self.meaning}"


@dataclass(frozen=True)
class Keys:
    """A setting with a list of names in references."""

    def fault(self, value: object) -> str:
        good = isinstance(value, list) and value and all(isinstance(each, str) and each for each in value)
        return "" if good else "ska vara en lista med namn i hänvisningar"


@dataclass(frozen=True)
class Truth:
    def fault(self, value: object) -> str:
        return "" if isinstance(value, bool) else "ska vara sant eller falskt"


Setting = OneOf | SomeOf | Numbers | Keys | Truth

YEARS = Numbers("år räknade från planåret (0 är planåret)")
PROJECTS = Numbers("insatser")
BODIES = ("board", "preparatory_group", "audit", "office", "other")
CHART_KEYS = ("equity", "income", "costs", "projects")

SETTINGS: Mapping[BlockKind, Mapping[str, Setting]] = {
    BlockKind.BUDGET_TABLE: {
        "years": YEARS,
        "parts": SomeOf(("income", "costs", "equity")),
        "groups": Numbers("grupper"),
        "detail": OneOf(("lines", "groups", "totals")),
    },
    BlockKind.EQUITY_BRIDGE: {"years": YEARS},
    BlockKind.RULE_REPORT: {},
    BlockKind.PRINTED_FAULTS: {},
    BlockKind.MEMBERS_AND_SHARES: {"years": YEARS},
    BlockKind.BOARD: {"bodies": SomeOf(BODIES)},
    BlockKind.PROJECT_CARDS: {"projects": PROJECTS, "as_list": Truth()},
    BlockKind.PROJECT_TABLE: {"projects": PROJECTS, "years": YEARS},
    BlockKind.TIMELINE: {"projects": PROJECTS},
    BlockKind.SCORECARD: {"areas": Keys()},
    BlockKind.AREAS: {
        "areas": Keys(),
        "show": SomeOf(("description", "goals", "indicators", "activities", "links")),
    },
    BlockKind.TARGET_GROUPS: {
        "target_groups": Keys(),
        "show": SomeOf(("name", "description", "activities", "links")),
    },
    BlockKind.GOALS: {"financial": Truth(), "areas": Keys()},
    BlockKind.CHARTS: {"charts": SomeOf(CHART_KEYS)},
    BlockKind.DECISION_SENTENCES: {},
    BlockKind.SIGNATURES: {"bodies": SomeOf(BODIES)},
    BlockKind.GLOSSARY: {},
    BlockKind.RISK_TABLE: {},
    BlockKind.FEDERATION_FACTS: {},
    BlockKind.CONSULTATION: {},
}
"""The settings of each block; all may be left out."""


def settings_faults(block: str, settings: object) -> list[str]:
    """What is wrong with the settings of a block, as Swedish sentences; none when it can be shown."""
    if not isinstance(settings, dict):
        return ["Inställningarna ska vara namn med värden."]
    known = SETTINGS[BlockKind(block)]
    faults = [f"Inställningen {name} finns inte." for name in settings if name not in known]
    for name, value in settings.items():
        if name in known and (fault := known[name].fault(value)):
            faults.append(f"Inställningen {name} {fault}.")
    return faults


def _either(values: tuple[str, ...]) -> str:
    return " eller ".join(filter(None, (", ".join(values[:-1]), values[-1])))
