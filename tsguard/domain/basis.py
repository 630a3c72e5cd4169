"""The legal library: sources, their articles in our paraphrase, and how sure we are of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SourceStatus(StrEnum):
    """How a fact reached us; whatever is not ``seen`` is shown as 待核."""

    SEEN = "seen"
    SECOND_HAND = "second-hand"
    UNVERIFIED = "unverified"


class SourceKind(StrEnum):
    """What sort of rule a source is."""

    LAW = "law"
    INTERPRETATION = "interpretation"
    REGULATION = "regulation"
    RULE = "rule"
    GUIDELINE = "guideline"
    STANDARD = "standard"
    POLICY = "policy"
    CASE = "case"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference as a module writes it: ``法释7§6(4)（参照）``.

    Attributes:
        source: The library's short name, ``法释7``.
        article: ``6(4)``, or "" for the source as a whole.
        remark: ``参照``, or "".
    """

    source: str
    article: str = ""
    remark: str = ""

    def __str__(self) -> str:
        """As a module writes it."""
        article = f"§{self.article}" if self.article else ""
        remark = f"（{self.remark}）" if self.remark else ""
        return f"{self.source}{article}{remark}"


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a source.

    Attributes:
        article: As it is cited: ``42``, ``6(4)``, ``附录C``.
        text: Our paraphrase, never the wording of the rule.
        status: How sure we are of it.
        formerly: The article's number before the source was renumbered, or "".
    """

    article: str
    text: str
    status: SourceStatus
    formerly: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One law, interpretation, guideline, standard or policy.

    Attributes:
        id: The short name that citations use.
        title: In full.
        number: The document's number, or "".
        issuer: Who issued it.
        issued: ISO date, or "" where it is not known.
        in_force: ISO date, or "" where it is not known.
        replaces: What it took the place of, or "".
        kind: What sort of rule.
        binds: Whom it binds.
        status: How sure we are of it as a whole.
        checked_on: When we last looked.
        note: What to know when citing it.
        text: Paraphrase of the whole, for citations without an article.
        articles: The ones cited.
    """

    id: str
    title: str
    number: str
    issuer: str
    issued: str
    in_force: str
    replaces: str
    kind: SourceKind
    binds: str
    status: SourceStatus
    checked_on: date
    note: str
    text: str
    articles: tuple[Article, ...]

    def article(self, label: str) -> Article | None:
        """The article of that label, or else the one it is part of: ``6(4)`` falls back to ``6``."""
        by_label = {article.article: article for article in self.articles}
        return by_label.get(label) or by_label.get(label.partition("(")[0])

    def status_of(self, label: str) -> SourceStatus:
        """How sure we are of a citation of this source."""
        article = self.article(label) if label else None
        return article.status if article else self.status

    def paraphrase(self, label: str) -> str:
        """Our words for a citation of this source."""
        article = self.article(label) if label else None
        return article.text if article else self.text
