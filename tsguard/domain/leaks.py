"""A hit of the leak guard: a protected string of the vault that stands in a file about to leave it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tsguard.domain.dossier import DocumentKind


class Part(StrEnum):
    """The parts of a file in which a string can stand."""

    PAGE = "page"
    OUTLINE = "outline"
    METADATA = "metadata"
    ATTACHMENT = "attachment"
    ANNOTATION = "annotation"
    FORM_FIELD = "form_field"
    DESCRIPTION = "description"
    FILE_NAME = "file_name"
    FOLDER_NAME = "folder_name"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file.

    Attributes:
        part: Of the file.
        page: Counted from 1; 0 where it is on none.
        name: Of the attachment, the part of a DOCX and so on, or "".
    """

    part: Part
    page: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One protected string in one place.

    Attributes:
        key: What makes it that very hit: 64 hexadecimal digits over document, source, string and context;
            the same at the next export.
        kind: The document.
        source: Where the string comes from: ``secret_point/SP-0003/name``.
        place: Where it stands; of several alike the first.
        quote: The passage as printed.
        start: Where in the quote the string begins.
        length: Of the string in the quote.
        group: The same for every place of this string of this record, in any document and spelling: 64
            hexadecimal digits, so that a person may let all of them pass at once.
    """

    key: str
    kind: DocumentKind
    source: str
    place: Place
    quote: str = field(repr=False)
    start: int
    length: int
    group: str = ""
