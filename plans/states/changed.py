"""Whether a plan has changed since a version of it was made. Pure."""

import json

from plans.picture import PlanPicture
from plans.versions.contents import canonical
from plans.versions.json_form import picture_to_json

OF_THE_MOVE = ("state", "state_name")
"""What sending the plan changes by itself."""


def has_changed(picture: PlanPicture, content: str) -> bool:
    """Whether the plan, read with its illustrations' contents, says something else than the version with this
    content (canonical JSON)."""
    now, then = json.loads(canonical(picture_to_json(picture))), json.loads(content)["picture"]
    for name in OF_THE_MOVE:
        now.pop(name, None)
        then.pop(name, None)
    return bool(now != then)
