"""Evidence (佐证): a file in the vault, or a pointer to paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tsguard.domain.disclosure import OPAQUE, Guard, cleared, internal
from tsguard.domain.scales import Tier


@dataclass(frozen=True, slots=True)
class Evidence:
    """One numbered piece of evidence.

    The title stands in the submission's evidence index, and the form says so; the file's own name
    does not, since people put customers and projects into file names. The title of a piece that shows a
    secret as it is may stand where that piece is listed, and nowhere else.

    Attributes:
        id: Such as ``E-01``; given by the register, never reused; "" for a draft.
        enterprise: The enterprise's id.
        title: What it is, in words that tell no secret.
        items: Ids of the items it supports.
        file_name: As it was called outside; "" for paper; with a name and no digest the content is lost.
        media_type: Such as ``application/pdf``.
        size: In bytes.
        sha256: 64 hexadecimal digits, or "" for paper.
        sm3: 64 hexadecimal digits, or "" for paper.
        dated: The day the evidence itself bears.
        expires: When it no longer proves anything.
        pages: None where it is not known.
        tier: The tier of what it shows, or None where it shows no secret.
        redacted: Whether secrets were blacked out.
        paper_at: Where the paper is kept, for evidence that is not a file.
    """

    id: str = cleared(default="")
    enterprise: str = internal(default="", unguarded=OPAQUE)
    title: str = cleared(default="", guard=Guard.TITLE, when="shows_secret")
    items: tuple[str, ...] = cleared(default=())
    file_name: str = internal(default="", guard=Guard.FILE)
    media_type: str = cleared(default="")
    size: int = cleared(default=0)
    sha256: str = cleared(default="")
    sm3: str = cleared(default="")
    dated: date | None = cleared(default=None)
    expires: date | None = cleared(default=None)
    pages: int | None = cleared(default=None)
    tier: Tier | None = cleared(default=None)
    redacted: bool = cleared(default=False)
    paper_at: str = internal(default="", guard=Guard.WORD)

    @property
    def is_paper(self) -> bool:
        """Whether the vault holds only a pointer to it."""
        return not self.sha256

    @property
    def content_lost(self) -> bool:
        """Whether it was a file whose content a salvage could not bring over; it proves nothing any more."""
        return self.is_paper and bool(self.file_name)

    @property
    def shows_secret(self) -> bool:
        """Whether it shows a secret as it is, so that its title may tell of one."""
        return self.tier is not None and not self.redacted

    def expired(self, today: date) -> bool:
        """Whether it proved something only up to a day before today."""
        return self.expires is not None and self.expires < today


def proved_items(pieces: Iterable[Evidence], on: date) -> frozenset[str]:
    """The items that have evidence which has not expired on that day, and is not lost."""
    return frozenset(
        item for piece in pieces if not piece.expired(on) and not piece.content_lost for item in piece.items
    )
