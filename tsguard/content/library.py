"""The legal library file (``basis.yaml``) to ``Source`` values."""

from __future__ import annotations

from dataclasses import dataclass

from tsguard.content.findings import Findings
from tsguard.content.nodes import Fields, File
from tsguard.domain.basis import Article, Source, SourceKind, SourceStatus


@dataclass(frozen=True, slots=True)
class Library:
    """The legal library.

    Attributes:
        version: Of the file.
        sha256: Of its bytes.
        sources: By their short names.
    """

    version: str
    sha256: str
    sources: dict[str, Source]


def load_library(file: File) -> Library | None:
    """The library of a parsed file; None where it could not be parsed."""
    root = file.root
    if root is None:
        return None
    root.text("library", longest=20)
    version = root.text("version", longest=20)
    root.day("checked_on")
    sources: dict[str, Source] = {}
    for fields in root.mappings("sources"):
        source = _source(fields, file.findings)
        if source.id in sources:
            file.findings.add(fields.line, "duplicate-id", id=source.id, first="")
        sources[source.id] = source
    root.finish()
    return Library(version, file.sha256, sources)


def _source(fields: Fields, findings: Findings) -> Source:
    status = fields.choice("status", SourceStatus, SourceStatus.UNVERIFIED)
    articles: dict[str, Article] = {}
    for each in fields.mappings("articles", required=False):
        label = each.text("article", longest=30)
        if label in articles:
            findings.add(each.line, "duplicate-id", id=label, first="")
        articles[label] = Article(
            article=label,
            text=each.text("text", longest=240),
            status=each.choice("status", SourceStatus, status, required=False),
            formerly=each.text("formerly", required=False, longest=12),
        )
        each.finish()
    source = Source(
        id=fields.text("id", longest=30),
        title=fields.text("title", longest=80),
        number=fields.text("number", required=False, longest=60),
        issuer=fields.text("issuer", required=False, longest=60),
        issued=fields.day_text("issued"),
        in_force=fields.day_text("in_force"),
        replaces=fields.text("replaces", required=False, longest=80),
        kind=fields.choice("kind", SourceKind, SourceKind.POLICY),
        binds=fields.text("binds", longest=80),
        status=status,
        checked_on=fields.day("checked_on"),
        note=fields.text("note", required=False, longest=400),
        text=fields.text("text", required=False, longest=240),
        articles=tuple(articles.values()),
    )
    if not source.text and not source.articles:
        findings.add(fields.line, "source-says-nothing", id=source.id)
    fields.finish()
    return source
