"""What a user chooses for a new plan."""

from typing import Any

from django import forms
from django.utils import timezone

from budgets.models import Budget
from members.models import Federation
from plans.making import Choice
from plans.models import Plan
from plans.new_plan import FIRST_YEAR, LAST_PLAN_YEAR

LINES, NOTHING = "poster", "tom"
EMPTY_YEARS, SAME_AMOUNTS = "tomt", "samma"
ITS_TEXT, NO_TEXT = "samma", "ingen"


class NewPlanForm(forms.Form):
    """The year, what to start from, what becomes of a planned year that the source does not have, and whether
    the text follows too.

    `plans` are the federation's, the latest first. `taken_year` is the chosen year when it has a plan.
    """

    plan_year = forms.IntegerField(
        label="Planår",
        min_value=FIRST_YEAR,
        max_value=LAST_PLAN_YEAR,
        error_messages={
            "required": "Skriv ett planår.",
            "invalid": "Skriv planåret med fyra siffror.",
            "min_value": f"Planåret ska vara {FIRST_YEAR} eller senare (lag 2003:1210).",
            "max_value": f"Planåret ska vara {LAST_PLAN_YEAR} eller tidigare: planen har tre år.",
        },
    )
    source = forms.ChoiceField(
        label="Börja från",
        error_messages={
            "required": "Välj vad planen ska börja från.",
            "invalid_choice": "Välj en av förbundets planer, eller att börja från inget.",
        },
    )
    missing_years = forms.ChoiceField(
        label="År som inte finns i den tidigare planen",
        choices=[(EMPTY_YEARS, "lämnas tomma"), (SAME_AMOUNTS, "får samma belopp som året före")],
        required=False,
        error_messages={"invalid_choice": "Välj tomma år, eller samma belopp som året före."},
    )

    text = forms.ChoiceField(
        label="Texten",
        choices=[
            (ITS_TEXT, "från samma plan"),
            (NO_TEXT, "ingen, jag börjar från en disposition eller en Word-fil"),
        ],
        required=False,
        error_messages={"invalid_choice": "Välj text från samma plan, eller ingen."},
    )

    def __init__(self, federation: Federation, plans: list[Plan], data: Any) -> None:
        self.federation, self.plans = federation, plans
        self.taken_year: int | None = None
        super().__init__(data)
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            *((str(plan.plan_year), f"planen för {plan.plan_year}") for plan in plans),
            (LINES, "inget, men med poster att fylla i"),
            (NOTHING, "inget, helt tom"),
        ]

    def clean_plan_year(self) -> int:
        year: int = self.cleaned_data["plan_year"]
        if Budget.objects.filter(federation=self.federation, plan_year=year).exists():
            self.year_is_taken(year)
        return year

    def year_is_taken(self, year: int) -> None:
        self.taken_year = year
        self.add_error("plan_year", f"Det finns redan en plan för {year}.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        year, source = data.get("plan_year"), data.get("source", "")
        if year and not self.taken_year and source.isdigit() and int(source) >= year:
            self.add_error(
                "source",
                f"Planen för {source} är inte äldre än {year}. Välj en äldre, eller att börja från inget.",
            )
        return data

    def choice(self) -> Choice:
        """What was chosen, once the form is valid."""
        data = self.cleaned_data
        by_year = {str(plan.plan_year): plan for plan in self.plans}
        return Choice(
            plan_year=data["plan_year"],
            source=by_year.get(data["source"]),
            with_lines=data["source"] != NOTHING,
            copy_missing_years=data["missing_years"] == SAME_AMOUNTS,
            with_text=data["text"] != NO_TEXT,
        )


def most_likely(plans: list[Plan]) -> dict[str, str]:
    """The form's data as most would choose it."""
    return {
        "plan_year": str(next_plan_year(plans)),
        "source": str(plans[0].plan_year) if plans else LINES,
        "missing_years": EMPTY_YEARS,
        "text": ITS_TEXT,
    }


def next_plan_year(plans: list[Plan]) -> int:
    """The year after the latest plan; without plans next year, which is what an autumn's plan is for."""
    return plans[0].plan_year + 1 if plans else timezone.localdate().year + 1
