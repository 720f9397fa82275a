"""Adding to the log: who has read what, and what was written to explain a finding.

A read is one row for each clock hour. What this process has written it remembers, so that the next page costs
nothing; what another has written the database passes over. A read never fails for the log's sake.
"""

import logging
from datetime import datetime

from django.db import Error
from django.http import HttpRequest
from django.utils import timezone

from finsam.latest import Latest
from members.models import Federation, User
from plans.log.retention import months_kept, months_later
from plans.models import ExplanationChange, LoggedRead, Plan, Version

logger = logging.getLogger(__name__)
What = LoggedRead.What
Key = tuple[int, int, str, str, int, int]


WRITTEN: Latest[Key, datetime] = Latest(10_000)
"""The hour of the latest row of each reader and thing, of those lately written."""


def note_read(
    request: HttpRequest,
    federation: Federation,
    what: LoggedRead.What,
    name: str = "",
    *,
    version: Version | None = None,
    plan_year: int | None = None,
) -> None:
    """That the user has read it: only what was asked for by a person, and not what their browser fetched in
    advance."""
    user = request.user
    if request.method != "GET" or not isinstance(user, User) or is_in_advance(request):
        return
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    key = (user.pk, federation.pk, what.value, name, version.pk if version else 0, plan_year or 0)
    if WRITTEN.get(key) == hour:
        return
    row = LoggedRead(
        federation=federation,
        what=what,
        name=name,
        plan_year=version.plan_year if version else plan_year,
        version=version,
        at=now,
        hour=hour,
        kept_until=months_later(now.date(), months_kept()),
        by=user,
        by_name=str(user),
    )
    try:
        LoggedRead.objects.bulk_create([row], ignore_conflicts=True)
    except Error:
        logger.exception("A read of %s could not be logged", what.value)
    else:
        WRITTEN.keep(key, hour)


def is_in_advance(request: HttpRequest) -> bool:
    return request.headers.get("Sec-Purpose", "").partition(";")[0] == "prefetch"


def note_explanation(plan: Plan, user: User, code: str, sentence: str, text: str) -> None:
    """An explanation as it is now; without a text it was taken away. In the transaction of the change."""
    ExplanationChange.objects.create(
        federation_id=plan.federation_id,
        plan_year=plan.plan_year,
        revision=plan.revision,
        code=code,
        sentence=sentence,
        text=text,
        at=timezone.now(),
        by=user,
        by_name=str(user),
    )
