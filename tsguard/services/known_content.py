"""Whether the content that a file was made with is the content of this very program, by SHA-256."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tsguard.report.assessment_shape import AssessmentData


class ContentKind(StrEnum):
    """What sort of content file."""

    MODULE = "module"
    PROGRAMME = "programme"
    LIBRARY = "library"


class Here(StrEnum):
    """How this program knows it: the same file, another version, not shipped, or changed in between."""

    SAME = "same"
    OTHER = "other"
    OWN = "own"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class ContentMatch:
    """One content file that a score was made with.

    Attributes:
        kind: What sort.
        id: Its id; "" for the legal library.
        title: Its name; "" for the legal library.
        version: As stated.
        sha256: As stated.
        here: How this program knows it.
        here_version: This program's own version of it; "" where it has none.
    """

    kind: ContentKind
    id: str
    title: str
    version: str
    sha256: str
    here: Here
    here_version: str


def matches(data: AssessmentData) -> tuple[ContentMatch, ...]:
    """The modules, the programme and the legal library of an assessment beside this program's own.

    Raises:
        ContentInvalid: This program's own content is damaged.
    """
    from tsguard.services.content import shipped  # noqa: PLC0415 - start-up time

    shelf = shipped()
    modules = (_match(ContentKind.MODULE, each, own=shelf.modules.get(each.id)) for each in data.modules)
    programme = _match(ContentKind.PROGRAMME, data.programme, own=shelf.programmes.get(data.programme.id))
    library = data.library
    return (
        *modules,
        programme,
        ContentMatch(
            ContentKind.LIBRARY,
            "",
            "",
            library.version,
            library.sha256,
            _here(library.version, library.sha256, (shelf.library.version, shelf.library.sha256)),
            shelf.library.version,
        ),
    )


class _Stated(Protocol):
    """A content file as the data state it, or as it is here."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def shipped(self) -> bool: ...


def _match(kind: ContentKind, stated: _Stated, *, own: _Stated | None) -> ContentMatch:
    if own is None or not stated.shipped:
        same = own is not None and own.sha256 == stated.sha256
        here = Here.SAME if same else Here.OTHER if stated.shipped else Here.OWN
    else:
        here = _here(stated.version, stated.sha256, (own.version, own.sha256))
    return ContentMatch(
        kind, stated.id, stated.title, stated.version, stated.sha256, here, own.version if own else ""
    )


def _here(version: str, sha256: str, own: tuple[str, str]) -> Here:
    """A file of the same version and another digest is not the one that shipped."""
    if sha256 == own[1]:
        return Here.SAME
    return Here.CHANGED if version == own[0] else Here.OTHER
