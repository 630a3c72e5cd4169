"""How a PDF says that it is one. No library: whoever asks has not opened anything yet."""

from __future__ import annotations

_WITHIN = 1024
"""Bytes in which the header may stand (ISO 32000-1, Annex H)."""


def is_pdf(data: bytes) -> bool:
    """Whether a file calls itself a PDF; what it is in truth its readers find out.

    Args:
        data: The file, or at least its first 1024 bytes.
    """
    return b"%PDF-" in data[:_WITHIN]
