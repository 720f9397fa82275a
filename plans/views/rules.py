"""The page of all rules: on the budget, on the document, on the decision."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.rules import RULES
from budgets.rules.finding import SEVERITY_NAMES
from plans.rules.catalogue import DECISION_RULES, DOCUMENT_RULES

PARTS = (("Budgeten", RULES), ("Texten", DOCUMENT_RULES), ("Beslutet", DECISION_RULES))


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule with its severity and the paragraphs it rests on."""
    parts = [(title, [(rule, SEVERITY_NAMES[rule.severity]) for rule in of_part]) for title, of_part in PARTS]
    return render(request, "plans/rules.html", {"parts": parts})
