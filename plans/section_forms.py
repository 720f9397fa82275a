"""The forms of a section's properties, of what its live block shows, and of the plan's title."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.forms import RowForm, prepare_fields
from members.models import Body
from plans.blocks import BLOCK_NAMES, SETTINGS, BlockKind, Keys, Numbers, OneOf, Setting, SomeOf
from plans.editing.section import heading_of
from plans.models import Plan, Section
from plans.picture import PlanPicture

Choices = list[tuple[str, str]]

NO_ROLE = "ingen särskild"
NO_BLOCK = "inget, bara text"
ALL_WHEN_NONE = "Inget valt: allt visas."


class PlanTitleForm(RowForm):
    """What the title page says of the plan."""

    class Meta:
        model = Plan
        fields = ["title", "diary_number", "quotation", "quotation_source"]
        widgets = {"quotation": forms.Textarea(attrs={"rows": 3})}

    places = {"plan_quotation": "quotation_source"}


class NewSectionForm(forms.Form):
    """A heading, and what the section is for."""

    heading = forms.CharField(
        label="Rubrik",
        max_length=300,
        help_text="Utan nummer: det sätts av sig självt.",
        error_messages={"required": "Skriv en rubrik.", "max_length": "Högst 300 tecken."},
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    role = forms.ChoiceField(
        label="Roll",
        required=False,
        choices=[("", NO_ROLE), *Section.Role.choices],
        help_text="Vad avsnittet är till för. Med den ser Finsam om planen innehåller det som lagen kräver.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare_fields(self)

    def clean_heading(self) -> str:
        if not (heading := heading_of(str(self.cleaned_data["heading"]))):
            raise ValidationError("Skriv en rubrik.")
        return heading


class PropertiesForm(RowForm):
    """Everything of a section but its place, its text and its live block."""

    class Meta:
        model = Section
        fields = ["heading", "numbered", "is_appendix", "new_page", "role"]
        labels = {"is_appendix": "bilaga"}

    places = {"section_appendix": "is_appendix", "section_appendix_heading": "heading"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", NO_ROLE), *Section.Role.choices]  # type: ignore[attr-defined]

    def clean_heading(self) -> str:
        return heading_of(str(self.cleaned_data["heading"]))


LABELS = {
    "years": "År",
    "parts": "Delar av budgeten",
    "groups": "Grupper av kostnader",
    "detail": "Hur noga",
    "bodies": "Organ",
    "projects": "Insatser",
    "as_list": "Form",
    "areas": "Områden",
    "target_groups": "Målgrupper",
    "show": "Vad som visas",
    "financial": "Vilka mål",
    "charts": "Diagram",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "parts": {"income": "intäkter", "costs": "kostnader", "equity": "resultat och eget kapital"},
    "detail": {"lines": "varje post", "groups": "grupper med summor", "totals": "bara summorna"},
    "bodies": dict(Body.choices),
    "show": {
        "name": "namn",
        "description": "beskrivning",
        "goals": "mål",
        "indicators": "mått",
        "activities": "aktiviteter",
        "links": "insatser och målgrupper",
    },
    "charts": {"equity": "eget kapital", "income": "intäkter", "costs": "kostnader", "projects": "insatser"},
}
"""What each value of a setting is called."""
TRUTHS: Mapping[str, Choices] = {
    "as_list": [("", "under egna underrubriker"), ("true", "som punktlista")],
    "financial": [("", "alla"), ("true", "de finansiella"), ("false", "de andra")],
}
"""What a setting that is true or false is called; without a value, as it is when nothing is chosen."""
GONE = {
    "years": "{} (finns inte i budgeten)",
    "groups": "en grupp som inte finns längre",
    "projects": "en insats som inte finns längre",
    "areas": "”{}”, som inte finns längre",
    "target_groups": "”{}”, som inte finns längre",
}
"""What is chosen but no more; it stands last, and can be taken away."""


class BlockForm(forms.Form):
    """What a live block shows. `settings` are as they are stored; whatever is left empty is not kept, and
    then everything is shown."""

    def __init__(self, plan: PlanPicture, block: str, settings: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(data)
        self.block, self.stored = block, settings
        self.known: Mapping[str, Setting] = SETTINGS[BlockKind(block)] if block else {}
        for name, setting in self.known.items():
            self.fields[name] = _field(name, setting, plan, settings.get(name))

    @property
    def has_gone(self) -> bool:
        """Whether something that is no more stands among the choices."""
        return any(getattr(field, "gone", False) for field in self.fields.values())

    def settings(self) -> dict[str, Any]:
        """What to store. Only after `is_valid`."""
        values = {name: self._value(name, setting) for name, setting in self.known.items()}
        return {name: value for name, value in values.items() if value not in (None, [])}

    def chosen_words(self) -> list[tuple[str, str]]:
        """What is stored, in words: the label of each setting and the names of its values."""
        found = []
        for name, field in self.fields.items():
            names = dict(field.choices)  # type: ignore[attr-defined]
            stored = self.get_initial_for_field(field, name)
            values = stored if isinstance(stored, list) else [stored]
            words = ", ".join(names[each] for each in values if each)
            if words:
                found.append((str(field.label), words))
        return found

    def _value(self, name: str, setting: Setting) -> Any:
        value = self.cleaned_data[name]
        if isinstance(setting, OneOf):
            return None if value in ("", setting.values[0]) else value
        if isinstance(setting, Keys | SomeOf | Numbers):
            kept = [int(each) for each in value] if isinstance(setting, Numbers) else list(value)
            before = list(self.stored.get(name, ()))
            return sorted(kept, key=lambda each: before.index(each) if each in before else len(before))
        return {"true": True, "false": False}.get(value)


def block_choices() -> Choices:
    """Every live block by its Swedish name."""
    return [("", NO_BLOCK), *((str(kind), name) for kind, name in BLOCK_NAMES.items())]


def _field(name: str, setting: Setting, plan: PlanPicture, stored: Any) -> forms.Field:
    if isinstance(setting, OneOf):
        choices = [(value, WORDS[name][value]) for value in setting.values]
        return _one(name, choices, stored or setting.values[0])
    if isinstance(setting, Keys | SomeOf | Numbers):
        if isinstance(setting, SomeOf):
            choices = [(value, WORDS[name][value]) for value in setting.values]
        else:
            choices = _rows(name, plan)
        held = [str(each) for each in stored or ()]
        known = {value for value, _ in choices}
        gone = list(dict.fromkeys(each for each in held if each not in known))
        return _several(name, choices, [(each, _gone_words(name, each, plan)) for each in gone], held)
    word = {True: "true", False: "false"}.get(stored, "")
    return _one(name, TRUTHS[name], word if word in dict(TRUTHS[name]) else "")


def _one(name: str, choices: Choices, chosen: str) -> forms.Field:
    return forms.ChoiceField(
        label=LABELS[name], choices=choices, required=False, initial=chosen, widget=forms.RadioSelect
    )


def _several(name: str, choices: Choices, gone: Choices, chosen: list[str]) -> forms.Field:
    field = forms.MultipleChoiceField(
        label=LABELS[name],
        choices=[*choices, *gone],
        required=False,
        initial=chosen,
        widget=forms.CheckboxSelectMultiple,
        help_text=ALL_WHEN_NONE if choices else "Här finns inget att välja än: allt som kommer till visas.",
    )
    field.gone = bool(gone)  # type: ignore[attr-defined]
    return field


def _rows(name: str, plan: PlanPicture) -> Choices:
    """The rows of the plan or the federation that a setting may name."""
    rows: Iterable[tuple[object, str]]
    if name == "years":
        years = sorted({column.year for column in plan.sheet.columns})
        now = plan.plan_year
        rows = [(year - now, f"{year} (planåret)" if year == now else str(year)) for year in years]
    elif name == "groups":
        rows = [(key, group) for key, (group, subgroup) in plan.group_names.items() if not subgroup]
    elif name == "projects":
        rows = [(each.key, each.name) for each in plan.projects]
    elif name == "areas":
        rows = [(each.key, each.name) for each in plan.areas]
    else:
        rows = [(each.key, each.name) for each in plan.target_groups]
    return [(str(key), words) for key, words in rows]


def _gone_words(name: str, value: str, plan: PlanPicture) -> str:
    known = plan.group_names.get(int(value)) if name == "groups" else None
    if known:
        return ", ".join(known)
    return GONE[name].format(plan.plan_year + int(value) if name == "years" else value)
