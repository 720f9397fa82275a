"""Every rule on a plan's document and on its decision, as the page of rules tells them. Pure."""

from dataclasses import dataclass

from budgets.rules import Severity
from budgets.rules.legal_values import Citation, citations
from plans.rules import decision
from plans.rules.alternative_texts import REFERENCE as READABLE_BY_ALL


@dataclass(frozen=True)
class PlanRule:
    """`explanation` is what the rule looks at; `source` where it rests when no dated paragraph does."""

    code: str
    title: str
    severity: Severity
    explanation: str
    source: str = ""

    @property
    def citations(self) -> list[Citation]:
        """The paragraphs it rests on, each with the first plan year it is cited for."""
        return citations(self.code)


E, W = Severity.ERROR, Severity.WARNING

DOCUMENT_RULES: tuple[PlanRule, ...] = (
    PlanRule(
        "LIVE_FIGURE",
        "Det texten hänvisar till finns",
        E,
        "Varje levande belopp, hänvisning, block och bild i texten har kvar det som det hämtas ur.",
        "planen själv: en siffra finns på ett ställe",
    ),
    PlanRule(
        "ALTERNATIVE_TEXT",
        "Varje bild säger i ord vad den visar",
        E,
        "Varje bild i en text har en alternativtext, för den som inte ser den.",
        READABLE_BY_ALL,
    ),
    PlanRule(
        "CONTENT",
        "Planen har det som lagen kräver",
        E,
        "Det finns avsnitt, med text eller block, för mål, riktlinjer, finansiella mål, anslag, finansiering "
        "och ekonomisk ställning.",
    ),
    PlanRule(
        "OLD_YEAR",
        "Inget står kvar om förra årets plan",
        W,
        "Ett avsnitt som är oförändrat sedan den plan det kopierades ur nämner inte det planåret.",
        "planen själv: den görs ur en annan",
    ),
)

DECISION_RULES: tuple[PlanRule, ...] = (
    PlanRule(
        decision.DEADLINE,
        "Budgeten fastställs i tid",
        W,
        "Sammanträdet hålls senast den 30 november året före planåret. En revidering har ingen sista dag.",
        decision.IN_TIME,
    ),
    PlanRule(
        decision.CONSULTATION,
        "Medlemmarna är hörda och förslaget offentligt",
        W,
        "Planen har varit på samråd och varje medlem har svarat, sammanträdet är offentligt och kungjort, "
        f"och förslaget är offentligt från kungörelsen (från planår {decision.PUBLISHED_FROM}).",
        f"{decision.IN_TIME}, {decision.IN_PUBLIC}, {decision.PUBLISHED}",
    ),
)
"""Asked when the decision is made: until then it can still be in time."""
