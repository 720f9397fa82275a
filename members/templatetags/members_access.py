"""Asks in templates what `members.access` decides."""

from django import template
from django.db import models

from finsam.partial_date import period
from finsam.swedish import listed
from members.access import Access, Action
from members.models import Appointment

register = template.Library()


@register.filter
def may(here: Access, action: str) -> bool:
    """{% if here|may:"edit_access" %}"""
    return here.may(Action(action))


@register.filter
def years_of(row: models.Model, fields: str) -> str:
    """The period between two date fields, as Swedish text: {{ member|years_of:"joined left" }}"""
    starts, ends = fields.split()
    return period(getattr(row, starts), getattr(row, ends))


@register.filter
def spoken(appointment: Appointment) -> str:
    """An appointment so that it can be told from the others of its body when only heard."""
    members = listed([str(member) for member in appointment.members.all()])
    return f"{appointment.get_post_display()} {appointment.person or appointment.title or members}".strip()
