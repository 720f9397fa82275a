"""Forms for what stands on a plan's board of goals. The plan comes from the address, never from what is
sent."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import slugify

from members.forms import RowForm, RowsField
from plans.editing.goals_rows import ACTIVITY, AREA, GOAL, INDICATOR, KINDS, TARGET_GROUP, Kind, next_position
from plans.models import Activity, Area, Goal, GoalChange, Indicator, Plan, Section, TargetGroup
from plans.numbering import places
from plans.reading import read_outline
from projects.forms import ProseField

LONGEST_KEY = 60
REMOVED = "Någon annan har tagit bort det du valde. Välj något annat."
OF_ALL = "Inget av dem: ett mål för hela förbundet"
CHOOSE = "Välj vad det hör till"

_PARAGRAPHS = re.compile(r"\n\s*\n")
_TAG = re.compile("<[a-z]")


class TextWidget(forms.Textarea):
    """A text of the small vocabulary; the script of the page makes it an editor."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 6, "data-text": "1", "lang": "sv", "spellcheck": "true"})


class LinkedRows(RowsField):
    """Check boxes for rows that may be linked, by what they say."""

    widget = forms.CheckboxSelectMultiple
    names: Mapping[str, str] = {}
    """What a row is called by its key, where it does not say so itself."""

    def label_from_instance(self, row: Any) -> str:
        return self.names.get(getattr(row, "key", "")) or str(getattr(row, "text", row))


class BoardForm(RowForm):
    """A row of the board. `texts` are its fields of the small vocabulary."""

    kind: Kind
    texts: tuple[str, ...] = ()
    owners: Mapping[str, str] = {}
    """What the row may belong to, by key."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        plan: Plan = self.instance.plan
        for name in self.texts:
            self.fields[name].widget = TextWidget()
        rows: dict[str, QuerySet[Any]] = {
            "projects": plan.federation.projects.all(),
            "target_groups": TargetGroup.objects.filter(plan=plan),
            "sections": Section.objects.filter(plan=plan).exclude(heading=""),
        }
        for name in self.kind.links:
            self._offer(name, rows[name])
        if self.kind.owners:
            self._offer_owners(plan)

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        if not rows.exists():
            del self.fields[name]
            return
        label = str(self.fields[name].label)
        field = LinkedRows(rows, required=False, label=label, error_messages={"invalid_choice": REMOVED})
        if name == "sections":
            outline = read_outline(self.instance.plan)
            field.names = {
                key: f"{place.number} {place.heading}".strip() for key, place in places(outline).items()
            }
        self.fields[name] = field

    def _offer_owners(self, plan: Plan) -> None:
        """What the row may belong to, as one choice."""
        labels = {AREA: "Perspektiv och områden", GOAL: "Mål", TARGET_GROUP: "Målgrupper"}
        groups = [
            (labels[kind], [(kind.key(row), str(getattr(row, "text", row))) for row in kind.of(plan)])
            for kind in labels
            if kind.name in self.kind.owners
        ]
        self.owners = {key: name for _, rows in groups for key, name in rows}
        none = [("", CHOOSE if self.kind.needs_owner else OF_ALL)]
        self.fields["owner"] = forms.ChoiceField(
            label="Hör till",
            choices=[*none, *((label, rows) for label, rows in groups if rows)],
            required=self.kind.needs_owner,
            error_messages={"invalid_choice": REMOVED, "required": f"{CHOOSE}."},
        )
        self.initial["owner"] = self.kind.container(self.instance)
        self.order_fields(self.field_order)

    def _get_validation_exclusions(self) -> set[str]:
        """What is wrong with the owner is said once, by its own field."""
        wrong = set(self.kind.owners) if "owner" in self.errors else set()
        return super()._get_validation_exclusions() | wrong

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.texts:
            if name in cleaned:
                cleaned[name] = with_paragraphs(cleaned[name])
        owner = cleaned.get("owner")
        if owner is not None and owner != self.kind.container(self.instance):
            chosen, _, pk = owner.rpartition("-")
            for name in self.kind.owners:
                setattr(self.instance, f"{name}_id", int(pk) if name == chosen else None)
            self.instance.position = next_position(self.kind, self.instance.plan)
        return cleaned

    def save(self, commit: bool = True) -> Any:
        row, plan = self.instance, self.instance.plan
        if row.pk is None:
            row.position = next_position(self.kind, plan)
        return super().save(commit)


def with_paragraphs(text: str) -> str:
    """A text typed without any tag: every empty line begins a new paragraph."""
    if not text.strip() or _TAG.search(text):
        return text
    return "\n".join(
        f"<p>{escape(each.strip(), quote=False)}</p>" for each in _PARAGRAPHS.split(text.strip())
    )


class NamedForm(BoardForm):
    """A row that others refer to by a key, made of its first name."""

    texts = ("description",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.instance.key:
            self.instance.key = free_key(self.kind, self.instance.plan, cleaned.get("name", ""))
        return cleaned


def free_key(kind: Kind, plan: Plan, name: str) -> str:
    """Unlike all others that the plan has or has had, so that one that comes back does not meet another."""
    taken = set(kind.of(plan).values_list("key", flat=True))
    for before in GoalChange.objects.filter(plan=plan).values_list("before", flat=True):
        taken |= {row["key"] for row in before.values() if "key" in row}
    first = slugify(name)[:LONGEST_KEY].strip("-") or kind.word
    key, times = first, 1
    while key in taken:
        times += 1
        key = f"{first}-{times}"
    return key


class AreaForm(NamedForm):
    kind = AREA

    class Meta:
        model = Area
        fields = ["name", "kind", "description", "target_groups", "projects"]
        field_classes = {"description": ProseField}
        labels = {"projects": "Insatser", "target_groups": "Målgrupper", "description": "Beskrivning"}


class TargetGroupForm(NamedForm):
    kind = TARGET_GROUP

    class Meta:
        model = TargetGroup
        fields = ["name", "description", "projects"]
        field_classes = {"description": ProseField}
        labels = {"projects": "Insatser", "description": "Beskrivning"}


class GoalForm(BoardForm):
    kind = GOAL
    texts = ("explanation",)
    field_order = ["text", "owner", "is_financial", "explanation", "target_groups", "projects"]

    class Meta:
        model = Goal
        fields = ["text", "is_financial", "explanation", "target_groups", "projects"]
        field_classes = {"text": ProseField, "explanation": ProseField}
        labels = {"projects": "Insatser", "target_groups": "Målgrupper"}
        help_texts = {"is_financial": "Lagen kräver finansiella mål, med en siffra som går att följa upp."}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


class IndicatorForm(BoardForm):
    kind = INDICATOR
    field_order = ["text", "target", "owner"]

    class Meta:
        model = Indicator
        fields = ["text", "target"]
        field_classes = {"text": ProseField}
        help_texts = {"target": "Till exempel: minst 40 % 2021."}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


class ActivityForm(BoardForm):
    kind = ACTIVITY
    field_order = ["text", "details", "owner", "projects", "sections"]

    class Meta:
        model = Activity
        fields = ["text", "details", "projects", "sections"]
        field_classes = {"text": ProseField, "details": ProseField}
        labels = {"projects": "Insatser"}
        widgets = {"text": forms.Textarea(attrs={"rows": 2}), "details": forms.Textarea(attrs={"rows": 3})}


FORMS: Mapping[str, type[BoardForm]] = {
    form.kind.name: form for form in (TargetGroupForm, AreaForm, GoalForm, IndicatorForm, ActivityForm)
}
assert FORMS.keys() == KINDS.keys()


def new_row(kind: Kind, plan: Plan, container: str = "") -> Any:
    """A row of the plan that is not stored yet, in the container if it may stand there; an area of the same
    sort as the others."""
    row = kind.model(plan=plan)
    name, _, pk = container.rpartition("-")
    if name in kind.owners and pk.isdecimal():
        setattr(row, name, KINDS[name].of(plan).filter(pk=pk).first())
    if isinstance(row, Area):
        beside = AREA.of(plan).last()
        row.kind = beside.kind if beside else Area.Kind.FOCUS_AREA
    return row
