"""A section of the plan's document: a heading with text, with a live block, or with both."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from finsam.fields import choice_constraint
from plans.blocks import BLOCK_NAMES, BlockKind, settings_faults
from plans.models.plan import Plan
from plans.text.sanitising import sanitised

DEEPEST = 6
"""How many sections may lie within each other."""


class Section(models.Model):
    """One heading and what stands under it. Its parts are the sections that have it as parent, in order."""

    class Role(models.TextChoices):
        """What a section is for, to the law (KL 11:6, FinsamL 7 §) and to a reader."""

        SUMMARY = "summary", "sammanfattning"
        PURPOSE = "purpose", "syfte och uppdrag"
        GOALS = "goals", "mål för verksamheten"
        GUIDELINES = "guidelines", "riktlinjer"
        FINANCIAL_GOALS = "financial_goals", "finansiella mål"
        APPROPRIATIONS = "appropriations", "anslag"
        FINANCING = "financing", "finansiering"
        CLOSING_POSITION = "closing_position", "ekonomisk ställning vid årets slut"
        TARGET_GROUPS = "target_groups", "målgrupper"
        PROJECTS = "projects", "insatser"
        ORGANISATION = "organisation", "organisation"
        FOLLOW_UP = "follow_up", "uppföljning och utvärdering"
        RISKS = "risks", "risker"
        CONSULTATION = "consultation", "samråd"
        DECISION = "decision", "beslut"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections", verbose_name="verksamhetsplan")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="parts", verbose_name="avsnitt ovanför"
    )
    key = models.SlugField(
        "namn i hänvisningar", max_length=80, help_text="Ändras aldrig: hänvisningar bygger på det."
    )
    heading = models.CharField(
        "rubrik", max_length=300, blank=True, help_text="Utan rubrik fortsätter avsnittet det ovanför."
    )
    position = models.PositiveSmallIntegerField("ordning", default=0)
    revision = models.PositiveIntegerField(
        "numret på den senaste ändringen", default=0, editable=False, help_text="0: som avsnittet lästes in."
    )
    numbered = models.BooleanField("numrera", default=True)
    is_appendix = models.BooleanField("är bilaga", default=False)
    new_page = models.BooleanField("börja på ny sida", default=False)
    role = models.CharField("roll", max_length=20, choices=Role, blank=True)
    hint = models.CharField("vad som hör hemma här", max_length=300, blank=True)
    text = models.TextField("text", blank=True)
    block = models.CharField(
        "innehåll som Finsam skriver", max_length=30, choices=list(BLOCK_NAMES.items()), blank=True
    )
    settings = models.JSONField("vad innehållet visar", default=dict, blank=True)

    class Meta:
        ordering = ["plan", "position", "pk"]
        verbose_name = "avsnitt"
        verbose_name_plural = "avsnitt"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"],
                name="section_key_unique",
                violation_error_message="Ett annat avsnitt har det namnet.",
            ),
            choice_constraint("block", ["", *BlockKind], "section_block"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="section_parent",
                violation_error_message="Ett avsnitt kan inte ligga under sig självt.",
            ),
            models.CheckConstraint(
                condition=Q(is_appendix=False) | Q(parent__isnull=True),
                name="section_appendix",
                violation_error_message="En bilaga ligger inte under ett annat avsnitt.",
            ),
            models.CheckConstraint(
                condition=Q(is_appendix=False) | ~Q(heading=""),
                name="section_appendix_heading",
                violation_error_message="En bilaga har en rubrik.",
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.key

    def clean(self) -> None:
        """The text is kept in the small vocabulary; the section above is of the same plan and not below this
        one; the block's settings are such as it knows."""
        super().clean()
        self.text = sanitised(self.text)
        faults: dict[str, Any] = {}
        if self.parent and (fault := self._fault_of_parent(self.parent)):
            faults["parent"] = fault
        if self.block in BLOCK_NAMES and (found := settings_faults(self.block, self.settings)):
            faults["settings"] = found
        if not self.block and self.settings:
            faults["settings"] = "Inställningarna hör till ett innehåll som inte är valt."
        if faults:
            raise ValidationError(faults)

    def _fault_of_parent(self, parent: "Section") -> str:
        if parent.plan_id != self.plan_id:
            return "Avsnittet hör till en annan plan."
        above: Section | None = parent
        depth = 1 + self._height()
        while above is not None and depth <= DEEPEST:
            if above == self:
                return "Ett avsnitt kan inte ligga under sig självt."
            above, depth = above.parent, depth + 1
        return "" if depth <= DEEPEST else f"Avsnitt kan ligga i högst {DEEPEST} nivåer."

    def _height(self) -> int:
        """How many levels of parts it has."""
        height, level = 0, [self.pk] if self.pk else []
        while height < DEEPEST and (
            level := list(Section.objects.filter(parent__in=level).values_list("pk", flat=True))
        ):
            height += 1
        return height
