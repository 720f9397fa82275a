"""A version from the picture of a plan: what it holds and its files. Knows no database."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from budgets.exchange.workbook import About, workbook
from budgets.page import BudgetPage
from plans.compose import Kind, compose
from plans.compose.writing import Writing
from plans.document import Document
from plans.picture import PlanPicture
from plans.render import docx, pdf
from plans.versions.contents import Contents, Head, contents_of, hash_of, read, shown_findings, written

PURPOSE_NAMES = {"consultation": "för samråd", "board": "till styrelsen"}
KINDS: Mapping[str, tuple[Kind, ...]] = {
    "consultation": (Kind.PLAN, Kind.BUDGET),
    "board": (Kind.PLAN, Kind.BUDGET, Kind.BOARD),
}
"""The documents of a version, by its purpose."""


@dataclass(frozen=True)
class MadeVersion:
    """A version that is not stored yet: canonical JSON, and files by VersionFile.Kind."""

    head: Head
    content: str
    files: Mapping[str, bytes]

    @property
    def content_hash(self) -> str:
        return hash_of(self.content.encode())

    @property
    def file_hashes(self) -> dict[str, str]:
        return {kind: hash_of(content) for kind, content in self.files.items()}


def made_version(picture: PlanPicture, head: Head) -> MadeVersion:
    """The version. Raises UnprintableError (a ValueError that says which sign the PDF's typeface lacks)."""
    writing = Writing(picture)
    documents = {kind.value: _document(picture, head, kind) for kind in KINDS[head.purpose]}
    findings = shown_findings(picture, writing.findings, writing.document_findings)
    content = written(contents_of(head, picture, findings, documents))
    return MadeVersion(head, content, files_of(read(content)))


def files_of(contents: Contents) -> dict[str, bytes]:
    """The files of a version, from what it holds and nothing else: the same contents give the same bytes."""
    documents = contents.documents
    files = {
        "plan_pdf": pdf.render(documents["plan"]),
        "plan_docx": docx.render(documents["plan"]),
        "budget_pdf": pdf.render(documents["budget"]),
        "budget_xlsx": workbook(_budget_page(contents), _about(contents.head)),
    }
    if "board" in documents:
        files |= {"board_pdf": pdf.render(documents["board"]), "board_docx": docx.render(documents["board"])}
    return files


def state_words(head: Head) -> str:
    """What stands on every page: Version 2, till styrelsen 2021-11-02 14.10."""
    return f"Version {head.number}, {PURPOSE_NAMES[head.purpose]} {head.made_at:%Y-%m-%d %H.%M}"


def _document(picture: PlanPicture, head: Head, kind: Kind) -> Document:
    document = compose(picture, head.made_at, kind)
    title_page = replace(document.title_page, state=state_words(head))
    return replace(document, title_page=title_page, is_draft=False)


def _budget_page(contents: Contents) -> BudgetPage:
    sheet = contents.picture.sheet
    return BudgetPage(sheet, contents.picture.circumstances, sheet.unit)


def _about(head: Head) -> About:
    return About(state=state_words(head), made_at=head.made_at.replace(tzinfo=None), made_by=head.made_by)
