"""What a line of a budget can be."""

from django.db import models


class Section(models.TextChoices):
    INCOME = "income", "intäkter"
    OPENING_EQUITY = "opening_equity", "ingående eget kapital"
    COST = "cost", "kostnader"
    FINANCIAL_INCOME = "financial_income", "finansiella intäkter"
    FINANCIAL_COST = "financial_cost", "finansiella kostnader"
    BALANCING = "balancing", "medel att fördela"


class LineClass(models.TextChoices):
    CONTRIBUTION = "contribution", "medlemsbidrag"
    ESF = "esf", "ESF-medel"
    OTHER = "other", "övriga intäkter"
    BOARD = "board", "styrelse"
    ADMINISTRATION = "administration", "administration"
    AUDIT = "audit", "revision"
    INSATS = "insats", "insatser"


class MemberKind(models.TextChoices):
    """Who pays a contribution; a source may print several payers as one figure."""

    STATE = "state", "staten"
    REGION = "region", "region"
    MUNICIPALITY = "municipality", "kommun"
    REGION_MUNICIPALITY = "region_municipality", "kommun utanför region"
    REGION_AND_MUNICIPALITIES = "region_and_municipalities", "regioner och kommuner"
    ALL = "all", "alla medlemmar"
