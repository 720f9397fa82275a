"""The ready sentences of a decision, from a version as it was frozen. Pure."""

from plans.compose.decision import sentences_of
from plans.versions.contents import Contents


def proposals(contents: Contents) -> tuple[str, ...]:
    """Those that the version's own documents propose, each beginning with "att"."""
    return tuple(sentences_of(contents.picture, contents.findings))
