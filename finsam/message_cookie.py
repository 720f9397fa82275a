"""The cookie that carries a sentence to the next page."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class OwnCookieStorage(CookieStorage):
    """Under a name that a browser takes from this very site only, as the session's own cookie."""

    cookie_name = settings.MESSAGE_COOKIE_NAME


class MessageStorage(FallbackStorage):
    """Sentences that are too long for a cookie are kept in the session, as Django does."""

    storage_classes = (OwnCookieStorage, SessionStorage)
