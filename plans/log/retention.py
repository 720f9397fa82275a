"""How long the log keeps who has read what. What has been done and decided is kept for ever."""

from calendar import monthrange
from datetime import date

from django.conf import settings
from django.utils import timezone

from plans.models import LoggedRead

MONTHS = 24


def months_kept() -> int:
    """The setting ACCESS_LOG_MONTHS."""
    return int(getattr(settings, "ACCESS_LOG_MONTHS", MONTHS))


def months_later(day: date, months: int) -> date:
    """The same day so many months later (earlier when negative), or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def prune() -> int:
    """Remove what is older than the log keeps; how many rows it was. A row is kept as long as was said when
    it was written, and as long as is said now."""
    today = timezone.now().date()
    oldest = months_later(today, -months_kept())
    old = LoggedRead.objects.filter(kept_until__lt=today, at__lt=timezone.now() - (today - oldest))
    removed, _ = old.order_by().delete()
    return removed
