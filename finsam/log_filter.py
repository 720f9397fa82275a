"""What a log must not hold: the secrets that some of our addresses carry."""

import logging
import re

SECRET = re.compile(r"(/inbjudan/|/logga-in/nytt-losenord/)[^/\s?\"']+")
"""An invitation's link, and one for a new password: whoever reads either can use it."""


def without_secrets(text: str) -> str:
    """The text with *** in place of the secret in every address that it tells of."""
    return SECRET.sub(r"\1***", text)


class WithoutSecrets(logging.Filter):
    """Every handler's records without secrets, whatever writes them."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if SECRET.search(text):
            record.msg, record.args = without_secrets(text), ()
        return True
