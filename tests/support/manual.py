"""The manual's chapters as they lie in the checkout."""

from __future__ import annotations

import re
from pathlib import Path

from tsguard import assets

CHAPTERS = assets.resources() / "manual" / "zh_CN"

_BLOCK = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def code_blocks(chapter: Path) -> dict[str, str]:
    """The named code blocks of a chapter by name."""
    found = _BLOCK.findall(chapter.read_text(encoding="utf-8"))
    names = [name for name, _block in found]
    assert len(set(names)) == len(names), "two blocks of one name"
    return dict(found)
