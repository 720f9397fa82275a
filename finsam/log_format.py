"""How a log is written: JSON for the machines that gather it, or plain lines on one's own machine.

Nothing that a visitor sends can look like a line of its own in either, or steer the terminal it is read in.
Django is not needed: the server uses it before the application is there.
"""

import logging
import re

from pythonjsonlogger.core import LogData
from pythonjsonlogger.json import JsonFormatter

from finsam.log_filter import without_secrets

NAMES = {
    "time": "time",
    "levelname": "level",
    "name": "logger",
    "message": "message",
    "request_id": "request_id",
    "user": "user",
    "method": "method",
    "path": "path",
    "status": "status",
    "duration_ms": "duration_ms",
    "exc_info": "exception",
    "stack_info": "stack",
}
"""What a line holds, by the names that logging has for it: nothing else, whatever a record carries."""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that a terminal obeys instead of showing."""


class JsonLines(JsonFormatter):
    """A record is one line of JSON, in ASCII: the time in UTC, and each of NAMES that the record has."""

    def __init__(self) -> None:
        super().__init__(list(NAMES), timestamp="time")

    def process_log_record(self, log_data: LogData) -> LogData:
        found = {name: log_data.get(key) for key, name in NAMES.items()}
        return {
            name: without_secrets(value) if isinstance(value, str) else value
            for name, value in found.items()
            if value is not None
        }


class PlainLines(logging.Formatter):
    """A record is its message, with what follows on the first line set in below it."""

    def format(self, record: logging.LogRecord) -> str:
        lines = without_secrets(super().format(record)).splitlines()
        return "\n    ".join(CONTROL.sub(lambda sign: repr(sign[0])[1:-1], line) for line in lines)
