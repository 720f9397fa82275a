"""What is told of comments: to those who answer, that there is one; to its author, that it is answered."""

from collections.abc import Callable

from members.access import EDITORS
from plans.models import Comment, CommentEntry, Notice
from plans.notices.telling import Message, tell, with_roles

Absolute = Callable[[str], str]
"""Makes a path into a whole address."""


def tell_of_comment(comment: Comment, absolute: Absolute, path: str) -> None:
    """Tell those who edit, but never the author."""
    version = comment.version
    users = [user for user in with_roles(version.federation, EDITORS) if user.pk != comment.by_id]
    of_version = f"planen för {version.plan_year}, version {version.number}"
    said = f"{comment.by_name} har lämnat en synpunkt på {of_version}."
    tell(
        users,
        version.federation,
        Message(Notice.Kind.NEWS, f"comment-{comment.pk}", said, absolute(path)),
        version,
    )


def tell_of_entry(entry: CommentEntry, absolute: Absolute, path: str) -> None:
    """Tell the author of an answer; and those who edit of what the author, or others, wrote after it."""
    comment = entry.comment
    version = comment.version
    if entry.action == CommentEntry.Action.ANSWER:
        users = [comment.by] if comment.by_id != entry.by_id else []
        said = f"{entry.by_name} har besvarat din synpunkt på planen för {version.plan_year}."
    else:
        users = [user for user in with_roles(version.federation, EDITORS) if user.pk != entry.by_id]
        said = f"{entry.by_name} har skrivit mer i en synpunkt på planen för {version.plan_year}."
    message = Message(Notice.Kind.NEWS, f"comment-entry-{entry.pk}", said, absolute(path))
    tell(users, version.federation, message, version)
