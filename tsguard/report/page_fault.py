"""Why a page is not drawn for the screen, as a word that costs nothing to import."""

from __future__ import annotations

from enum import StrEnum


class PageFault(StrEnum):
    """Why nothing can be shown of a file inside the program; the file itself is as it was."""

    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
