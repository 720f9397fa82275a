"""A form sent byte by byte, as no browser and no test client would send it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.test import Client

BOUNDARY = "----finsam-boundary"
FORM = "application/x-www-form-urlencoded"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


@dataclass(frozen=True)
class Upload:
    """A file as it is sent: the name and the kind say what the sender wants them to."""

    name: str
    kind: str
    content: bytes


Item = bytes | Upload
Sent = Mapping[str, Sequence[Item]]


def as_sent(values: Mapping[str, Any]) -> dict[str, list[Item]]:
    """The values of a form in a test, as bytes and files."""
    return {name: [_item(each) for each in _listed(value)] for name, value in values.items()}


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _item(value: Any) -> Item:
    if hasattr(value, "read"):
        value.seek(0)
        return Upload(value.name, getattr(value, "content_type", ""), value.read())
    return str(value).encode()


def body_of(values: Sent) -> tuple[str, bytes]:
    """The kind of the body, and the body."""
    if any(isinstance(each, Upload) for items in values.values() for each in items):
        return MULTIPART, multipart(values)
    return FORM, urlencode(values, doseq=True).encode()


def multipart(values: Sent) -> bytes:
    lines: list[bytes] = []
    for name, items in values.items():
        for each in items:
            head = b'Content-Disposition: form-data; name="%s"' % name.encode()
            lines.append(b"--" + BOUNDARY.encode())
            if isinstance(each, Upload):
                lines += [head + b'; filename="%s"' % each.name.encode(errors="surrogatepass")]
                lines += [b"Content-Type: " + each.kind.encode("latin-1"), b"", each.content]
            else:
                lines += [head, b"", each]
    return b"\r\n".join([*lines, b"--" + BOUNDARY.encode() + b"--", b""])


def send(client: Client, address: str, values: Sent, query: str = "") -> Any:
    """The answer to the form, posted."""
    kind, body = body_of(values)
    path, _, own = address.partition("?")
    return client.generic(
        "POST", path, body, content_type=kind, QUERY_STRING="&".join(filter(None, (own, query)))
    )
