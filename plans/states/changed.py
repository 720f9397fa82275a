"""Whether a plan has changed since a version of it was made. Pure."""

import json
from dataclasses import replace

from plans.picture import PlanPicture
from plans.versions.json_form import picture_from_json


def has_changed(picture: PlanPicture, content: str) -> bool:
    """Whether the plan, read with its illustrations' contents, says something else than the version with this
    content (canonical JSON). What sending it changes by itself is no change, nor are the members' answers."""
    then = picture_from_json(json.loads(content)["picture"])
    as_then = replace(
        picture,
        state=then.state,
        state_name=then.state_name,
        consulted_on=then.consulted_on,
        consulted_version=then.consulted_version,
        consultation=then.consultation,
    )
    return as_then != then
