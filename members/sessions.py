"""Sessions in the database, and with each the row that says where it was signed in (allauth.usersessions).

The row is to be there as long as its session and no longer, also when the session is given a new key.
"""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session


class SessionStore(db.SessionStore):
    """Django's own, by the same name: it signs what it stores with it."""

    def flush(self) -> None:
        UserSession.objects.filter(session_key=self.session_key).delete()
        super().flush()

    def cycle_key(self) -> None:
        before = self.session_key
        super().cycle_key()
        UserSession.objects.filter(session_key=before).update(session_key=self.session_key)

    @classmethod
    def clear_expired(cls) -> None:
        """What `manage.py clearsessions` does."""
        super().clear_expired()
        UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
