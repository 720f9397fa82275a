"""The form of a meeting: its facts, a row for each who takes part or should, the sentences, the votes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from finsam.json_input import UnreadableError, check_characters
from members.forms import RowForm, refuse_unprintable
from plans.decisions.meeting_rows import Row
from plans.decisions.people import Person
from plans.models import Meeting, Participant
from plans.views.way.texts import unprinted

HERE, DISTANCE = "here", "distance"
PRESENCE = [("", "frånvarande"), (HERE, "på plats"), (DISTANCE, "på distans")]
PRESIDES, PEOPLE, SENTENCES = "leder", "people", "sats"
NOT_SERVING = "tjänstgör inte"
LONGEST_SENTENCE = 1000


class Several(forms.Widget):
    """Several controls of one name; their texts are one text with a line for each."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        texts = data.getlist(name) if isinstance(data, QueryDict) else [data.get(name, "")]
        lines = [line.strip() for text in texts for line in text.splitlines()]
        return "\n".join(filter(None, lines))


class SentencesField(forms.Field):
    """The sentences of the decision, one a line."""

    widget = Several

    def clean(self, value: Any) -> list[str]:
        sentences = str(value or "").splitlines()
        for each in sentences:
            if len(each) > LONGEST_SENTENCE:
                raise forms.ValidationError(
                    f"En att-sats är {len(each)} tecken. Skriv högst {LONGEST_SENTENCE}."
                )
            try:
                check_characters(each, "")
            except UnreadableError as error:
                raise forms.ValidationError(error.what) from None
            refuse_unprinted(each)
        return sentences


class MeetingForm(RowForm):
    """`rows` are the people on the page, by key and in order. With `judged` False nothing that is wrong is
    said: the page is only shown with what was typed."""

    class Meta:
        model = Meeting
        fields = [
            "decided_by",
            "on",
            "place",
            "paragraph",
            "is_public",
            "announced_on",
            "secretary",
            "approver",
            "is_voted",
        ]
        widgets = {
            "on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "announced_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "decided_by": forms.RadioSelect,
        }
        labels = {
            "is_public": "Sammanträdet är offentligt",
            "announced_on": "Kungjort den",
            "is_voted": "Votering begärdes",
            "on": "Datum",
        }
        help_texts = {
            "is_public": "När budgeten fastställs ska det vara det (FinsamL 19 §).",
        }

    places = {"meeting_announced_before": "announced_on"}

    def __init__(
        self,
        *args: Any,
        rows: Sequence[Row],
        sentences: Sequence[str] = (),
        judged: bool = True,
        **kwargs: Any,
    ) -> None:
        self.rows, self.judged = {row.key: row for row in rows}, judged
        initial = {**_initial(rows), SENTENCES: "\n".join(sentences), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("place", "paragraph"):
            self.fields[name].required = False
        for name in ("place", "paragraph", "secretary", "approver"):
            self.fields[name].validators.append(refuse_unprinted)
        self.fields[PEOPLE] = forms.MultipleChoiceField(
            choices=[(row.key, row.key) for row in rows], required=False
        )
        self.fields[SENTENCES] = SentencesField(required=False, label="Beslut")
        self.fields[PRESIDES] = forms.ChoiceField(
            choices=[("", "ingen")] + [(row.key, row.name or row.seat) for row in rows],
            required=False,
            label="Leder sammanträdet",
        )
        ordinary = [row for row in rows if row.post != Participant.Post.DEPUTY or row.by_hand]
        for row in rows:
            self.fields.update(_fields(row, ordinary))

    def full_clean(self) -> None:
        if self.judged:
            super().full_clean()
        else:
            self._errors = forms.utils.ErrorDict()

    # -- what stands in it, right or wrong -------------------------------------------------------

    def typed(self, name: str) -> str:
        """What stands in a field now."""
        value = self[name].value()
        return "" if value is None else str(value).strip()

    @property
    def people(self) -> list[Person]:
        """Everybody as they stand in the form now, to be counted."""
        return [self._person(row) for row in self.rows.values()]

    @property
    def sentences(self) -> list[str]:
        return self.typed(SENTENCES).splitlines()

    def _person(self, row: Row) -> Person:
        post, members = row.post, row.members
        if row.by_hand:
            post = self.typed(f"{row.key}-post") or post
            members = frozenset(filter(None, [self.typed(f"{row.key}-members")]))
        vote = self.typed(f"{row.key}-vote") if self["is_voted"].value() in (True, "on", "True") else ""
        return Person(
            key=row.key,
            name=self.typed(f"{row.key}-name") or row.seat,
            post=post,
            members=members,
            order=row.order,
            present=self.typed(f"{row.key}-presence") in (HERE, DISTANCE),
            conflict=self.typed(f"{row.key}-conflict"),
            presides=self.typed(PRESIDES) == row.key,
            serves_for=self.typed(f"{row.key}-serves_for") if post == Participant.Post.DEPUTY else "",
            vote=vote,
            reservation=self.typed(f"{row.key}-reservation"),
        )

    # -- judging ---------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """What the tables could not hold is refused here, in words; the rest is counted, not refused."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for person in self.people:
            if person.present and not self.typed(f"{person.key}-name"):
                self.add_error(f"{person.key}-name", "Skriv namnet på den som är närvarande.")
            self._judge(person)
            if person.serves_for:
                if other := taken.get(person.serves_for):
                    self.add_error(f"{person.key}-serves_for", f"{other} tjänstgör redan i den platsen.")
                taken[person.serves_for] = person.name
        return data

    def _judge(self, person: Person) -> None:
        if person.can_act:
            return
        why = f"{person.name} är {'jävig' if person.conflict else 'inte närvarande'}"
        if person.presides:
            self.add_error(PRESIDES, f"{why} och kan inte leda ärendet.")
        if person.serves_for:
            self.add_error(f"{person.key}-serves_for", f"{why} och kan inte tjänstgöra.")
        if person.reservation:
            self.add_error(f"{person.key}-reservation", f"{why} och kan inte reservera sig.")


def refuse_unprintable_lines(value: str) -> None:
    """As refuse_unprintable, of a text that may have several lines."""
    for line in value.splitlines():
        refuse_unprintable(line)


def refuse_unprinted(value: str) -> None:
    """What the extract of the protocol could not show. Raises ValidationError."""
    if fault := unprinted(value):
        raise forms.ValidationError(fault)


def _initial(rows: Sequence[Row]) -> dict[str, Any]:
    """What the rows hold already."""
    key_of = {row.participant.pk: row.key for row in rows if row.participant}
    initial: dict[str, Any] = {PEOPLE: [row.key for row in rows]}
    for row in rows:
        initial[f"{row.key}-name"] = "" if row.name == row.seat else row.name
        initial[f"{row.key}-post"] = row.post
        initial[f"{row.key}-members"] = row.member_names
        each = row.participant
        if each is None:
            continue
        presence = (DISTANCE if each.at_distance else HERE) if each.is_present else ""
        initial |= {
            f"{row.key}-presence": presence,
            f"{row.key}-conflict": each.conflict_of_interest,
            f"{row.key}-serves_for": key_of.get(each.serves_for_id or 0, ""),
            f"{row.key}-vote": each.vote,
            f"{row.key}-reservation": each.reservation,
        }
        if each.presides:
            initial[PRESIDES] = row.key
    return initial


def _fields(row: Row, ordinary: Sequence[Row]) -> Mapping[str, forms.Field]:
    """The fields of one row."""
    who = row.name or row.seat
    seats = [(each.key, each.name or each.seat) for each in ordinary if each.key != row.key]
    fields: dict[str, forms.Field] = {
        "name": _text(f"Namn, {row.seat}", 150),
        "presence": forms.ChoiceField(label=f"Närvaro, {who}", choices=PRESENCE, required=False),
        "conflict": _text(f"Varför {who} är jävig", 300),
        "vote": forms.ChoiceField(
            label=f"Röst, {who}", choices=[("", "–"), *Participant.Vote.choices], required=False
        ),
        "reservation": _text(
            f"Reservation, {who}", 5000, forms.Textarea(attrs={"rows": 2}), refuse_unprintable_lines
        ),
    }
    if row.by_hand:
        fields["post"] = forms.ChoiceField(
            label=f"Uppdrag, {who}", choices=Participant.Post.choices, required=False
        )
        fields["members"] = _text(f"Utsedd av, {who}", 300)
    if row.by_hand or row.post == Participant.Post.DEPUTY:
        fields["serves_for"] = forms.ChoiceField(
            label=f"Tjänstgör för, {who}", choices=[("", NOT_SERVING), *seats], required=False
        )
    return {f"{row.key}-{name}": field for name, field in fields.items()}


def _text(
    label: str,
    longest: int,
    widget: forms.Widget | None = None,
    refuse: Callable[[str], None] = refuse_unprintable,
) -> forms.CharField:
    """A text that may be left out. The answer says what is too long: at maxlength a browser would cut it
    without a word."""
    too_long = f"”{label}” ryms inte: högst %(limit_value)d tecken, och det är %(show_value)d."
    field = forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        widget=widget,
        validators=[refuse, refuse_unprinted],
        error_messages={"max_length": too_long},
    )
    del field.widget.attrs["maxlength"]
    return field
