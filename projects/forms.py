"""The forms of an insats: its facts, its text, and the rows that belong to it."""

import copy
import re
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from djmoney.money import Money

from finsam.swedish import number
from finsam.typed_amount import typed_amount
from finsam.typed_number import NotAnAmount
from members.forms import DATE_HELP, RowForm, RowsField, of_federation
from projects.models import BoardDecision, Financer, PlannedParticipants, Project
from projects.models.progress import DEMANDS, Status, reached


class KronorField(forms.Field):
    """An amount in kr as it is typed in the budget too: 250 000, 250 tkr, 1,2 mkr. Its value is exact SEK."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal | None:
        try:
            return typed_amount(str(value or ""), "SEK").amount
        except NotAnAmount as error:
            raise ValidationError(str(error)) from None

    def prepare_value(self, value: Any) -> Any:
        return number(value.amount) if isinstance(value, Money) else value


class OneLineField(forms.CharField):
    """A sentence or two in a box of several rows; line breaks become spaces."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> str:
        return " ".join(str(value or "").split())


class ProseField(forms.CharField):
    """A text of several lines, which end in \\n however the browser sends them."""

    widget = forms.Textarea(attrs={"rows": 12})

    def to_python(self, value: Any) -> str:
        return _with_own_lines(super().to_python(value))

    def bound_data(self, data: Any, initial: Any) -> Any:
        """As it is stored, so that what somebody has not changed is seen to be the same."""
        return _with_own_lines(super().bound_data(data, initial))

    def run_validators(self, value: str) -> None:
        super().run_validators(value.replace("\n", " "))  # the only sign without a picture that is right


def _with_own_lines(text: object) -> str:
    return str(text or "").replace("\r\n", "\n").replace("\r", "\n")


# -- the insats --------------------------------------------------------------------------------------


Groups = tuple[tuple[str, tuple[str, ...]], ...]
"""The names of a form's fields under the headings they stand beneath."""


class FactsForm(RowForm):
    """What an insats is. What its status demands is not taken away while it has that status."""

    groups: ClassVar[Groups] = (
        ("Vad det är", ("name", "status", "kind", "level", "sus_class", "predecessor", "description")),
        ("Tid", ("starts", "ends", "open_ended", "extension")),
        ("Vilka", ("owner", "owner_name", "partners", "other_partners", "leader_employer")),
        ("Beslut och pengar", ("decision_reference", "with_line", "group")),
    )

    class Meta:
        model = Project
        fields = [
            "name",
            "kind",
            "level",
            "sus_class",
            "owner",
            "owner_name",
            "partners",
            "other_partners",
            "leader_employer",
            "starts",
            "ends",
            "open_ended",
            "extension",
            "predecessor",
            "decision_reference",
        ]
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {"partners": RowsField}
        widgets = {"partners": forms.CheckboxSelectMultiple}
        labels = {"decision_reference": "Beslut, som tryckt", "owner_name": "Ägare, annan än en medlem"}
        help_texts = {
            "sus_class": "Som i Uppföljning Finsam.",
            "owner_name": "Eller en medlems förvaltning, så som den ska stå i planen.",
            "starts": DATE_HELP,
            "ends": DATE_HELP,
            "extension": "Till exempel: kan förlängas ett år.",
            "predecessor": "Den insats som den här bygger vidare på.",
            "decision_reference": "När bara hänvisningen är känd. Styrelsens beslut läggs annars in för sig.",
        }

    places = {
        "project_unique": "name",
        "project_period": "ends",
        "project_open_ended": "open_ended",
        "project_ended": "open_ended",
        "project_sus_class": "sus_class",
        "project_predecessor": "predecessor",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = copy.copy(self.instance)
        federation = self.instance.federation
        of_federation(self, "owner", federation)
        of_federation(self, "partners", federation)
        earlier = self.fields["predecessor"]
        assert isinstance(earlier, forms.ModelChoiceField)
        earlier.queryset = federation.projects.exclude(pk=self.instance.pk)

    def clean_predecessor(self) -> Project | None:
        """An insats is not built on one that is itself built on it."""
        chosen: Project | None = self.cleaned_data["predecessor"]
        seen: set[int] = set()
        earlier = chosen
        while earlier is not None and earlier.pk not in seen:
            seen.add(earlier.pk)
            if earlier.predecessor_id is not None and earlier.predecessor_id == self.instance.pk:
                raise ValidationError(f"{chosen} bygger i sin tur på den här insatsen.")
            earlier = earlier.predecessor
        return chosen

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        for field, sentence in self.lacking().items():
            if field not in self.errors:
                self.add_error(field, sentence)

    def lacking(self) -> dict[str, str]:
        """What the status demands and the form takes away: the sentences by field."""
        lost: dict[str, str] = self.instance.demands_lost_since(self.before)
        return lost


class NewProjectForm(FactsForm):
    """A new insats, with the status it has already come to."""

    class Meta(FactsForm.Meta):
        fields = ["name", "status", *FactsForm.Meta.fields[1:], "description"]
        field_classes = {**FactsForm.Meta.field_classes, "description": ProseField}
        help_texts = {
            **FactsForm.Meta.help_texts,
            "decision_reference": "Till exempel Styrelsen 2020-11-24 § 57. Behövs från och med beviljad.",
        }

    def lacking(self) -> dict[str, str]:
        return {
            DEMANDS[status].field: DEMANDS[status].sentence
            for status in reached(self.instance.status or Status.IDEA)
            if status in DEMANDS and not self.instance.meets(status)
        }


class DescriptionForm(RowForm):
    class Meta:
        model = Project
        fields = ["description"]
        field_classes = {"description": ProseField}
        help_texts = {"description": "En tom rad börjar ett nytt stycke. Texten står i planens dokument."}


# -- what belongs to it ------------------------------------------------------------------------------


class ParticipantsForm(RowForm):
    class Meta:
        model = PlannedParticipants
        fields = ["year", "number"]
        help_texts = {"number": "Så många personer som insatsen planerar att nå under året."}

    places = {"planned_participants_unique": "year", "planned_participants_year": "year"}


class FinancerForm(RowForm):
    amount = KronorField(
        label="Belopp, kr",
        required=False,
        help_text="Till exempel 250 000 eller 1,2 mkr. Tomt när värdet inte är uppskattat.",
    )

    class Meta:
        model = Financer
        fields = ["member", "name", "year", "amount", "note"]
        help_texts = {
            "name": "Till exempel Europeiska socialfonden. Bara när det inte är en medlem.",
            "note": "Till exempel egen personal, 50 procent av en tjänst.",
        }

    places = {
        "financer_one": "member",
        "financer_member_unique": "note",
        "financer_name_unique": "note",
        "financer_year": "year",
        "financer_amount": "amount",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_federation(self, "member", self.instance.project.federation)


class DecisionForm(RowForm):
    decision = OneLineField(
        label="Vad styrelsen beslutade",
        max_length=500,
        help_text="Till exempel: att bevilja insatsen medel i två år.",
    )
    amount = KronorField(
        label="Belopp, kr", required=False, help_text="Till exempel 1 200 000 eller 1,2 mkr."
    )

    class Meta:
        model = BoardDecision
        fields = ["date", "paragraph", "decision", "amount", "first_year", "last_year"]
        help_texts = {
            "date": DATE_HELP,
            "paragraph": "Till exempel § 57.",
            "first_year": "Det första år som beslutet gäller.",
            "last_year": "Tomt när det gäller tills vidare.",
        }

    places = {
        "board_decision_unique": "decision",
        "board_decision_date": "date",
        "board_decision_says": "decision",
        "board_decision_years": "last_year",
        "board_decision_amount": "amount",
    }

    def clean_paragraph(self) -> str:
        """With its sign, also when only the number is typed."""
        return re.sub(r"^§? ?(?=[0-9])", "§ ", str(self.cleaned_data["paragraph"]))
