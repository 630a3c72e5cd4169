"""Whether the content that a file was made with is the content of this very program, by SHA-256."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

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
    from tsguard.services.content import came_with_program, shipped  # noqa: PLC0415 - start-up time

    # What came with the program is this program's own, too, where a content pack is used in its place.
    shelf, came = shipped(), came_with_program()
    modules = (
        _match(ContentKind.MODULE, each, own=_own(each, shelf.modules, came.modules)) for each in data.modules
    )
    programme = _match(
        ContentKind.PROGRAMME, data.programme, own=_own(data.programme, shelf.programmes, came.programmes)
    )
    library = data.library
    ours = came.library if library.sha256 == came.library.sha256 else shelf.library
    return (
        *modules,
        programme,
        ContentMatch(
            ContentKind.LIBRARY,
            "",
            "",
            library.version,
            library.sha256,
            _here(library.version, library.sha256, (ours.version, ours.sha256)),
            ours.version,
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


S = TypeVar("S", bound=_Stated)


def _own(stated: _Stated, used: Mapping[str, S], came: Mapping[str, S]) -> S | None:
    """This program's own file of that id: the very same one where there is one, else the one that is used."""
    here = came.get(stated.id)
    return here if here is not None and here.sha256 == stated.sha256 else used.get(stated.id)


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
