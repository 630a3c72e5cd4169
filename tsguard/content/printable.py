"""Characters of content that no font has: a report would print a box, so it is refused before.

Which characters the fonts have is told by the caller; content knows no report.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from tsguard.content.nodes import File

Unprinted: TypeAlias = Callable[[str], tuple[str, ...]]
"""The characters of a text that can't be printed, each once."""
_MOST_SHOWN = 5


def check_printable(file: File, unprinted: Unprinted | None) -> None:
    """Report the texts of a file that can't be printed as they are; nothing where nobody knows the fonts."""
    for passage in file.passages if unprinted else ():
        if unprinted and (found := unprinted(passage.text)[:_MOST_SHOWN]):
            codes = "、".join(f"U+{ord(each):04X}" for each in found)
            file.findings.add(
                passage.line, "unprintable-character", key=passage.key, found="".join(found), codes=codes
            )
