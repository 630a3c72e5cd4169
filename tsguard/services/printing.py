"""Which characters the report's fonts can print, for whoever checks a text before it gets there."""

from __future__ import annotations

import re

_PHONETIC = re.compile("[\u3100-\u312f]")
"""The part of GB 2312 that the fonts lack."""


def unprinted(text: str) -> tuple[str, ...]:
    """The characters of a text that no font has, each once, in the order met.

    Characters that nobody sees are left out: the checker reports them by themselves.
    """
    try:
        # Nearly every text keeps to GB 2312, and then the fonts need not be read.
        text.encode("gb2312")
    except UnicodeEncodeError:
        pass
    else:
        if not _PHONETIC.search(text):
            return ()
    from tsguard.report.fonts import shipped_fonts  # noqa: PLC0415 - start-up time

    return tuple(each for each in shipped_fonts().missing((text,)) if each.isprintable())
