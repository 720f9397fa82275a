"""What a log must not hold: the secrets that some of our addresses carry."""

import logging
import re

SECRET = re.compile(r"(/inbjudan/|/logga-in/nytt-losenord/)[^/\s?\"']+")
"""An invitation's link, and one for a new password: whoever reads either can use it."""


class WithoutSecrets(logging.Filter):
    """Puts *** in place of the secret in every address that a record tells of."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if SECRET.search(text):
            record.msg, record.args = SECRET.sub(r"\1***", text), ()
        return True
