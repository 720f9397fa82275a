"""What is answered with, as it is made once and then sent as it is. Pure."""

from dataclasses import dataclass
from functools import cached_property

from plans.versions.contents import hash_of

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Made:
    """Bytes with their media type."""

    body: bytes
    media_type: str = HTML

    @cached_property
    def entity_tag(self) -> str:
        """Strong (RFC 9110): other bytes have another."""
        return f'"{hash_of(self.body)}"'
