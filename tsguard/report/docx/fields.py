"""What Word counts, leads to or gathers by itself: page numbers, links and their targets, the contents.

Results are filled in, so that nothing has to be updated before the document reads right.
"""

from __future__ import annotations

from collections.abc import Iterable

from tsguard.report.blocks import Block, Chapter, DataTable, Heading
from tsguard.report.docx.ooxml import characters, tag

_KIND = "_Toc"
"""Word's own beginning for bookmarks of heads; ``_Ref`` for others is as long."""


class Targets:
    """The document's anchors as bookmarks: letters, digits and underscores, forty at most, hidden in Word.

    Attributes:
        names: By anchor.
    """

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.names: dict[str, str] = {}
        for block in blocks:
            if isinstance(block, Chapter | Heading):
                self._take(block.anchor, _KIND)
            elif isinstance(block, DataTable):
                for row in block.rows:
                    self._take(row.anchor, "_Ref")
        self._open = set(self.names)

    def _take(self, anchor: str, kind: str) -> None:
        if anchor and anchor not in self.names:
            self.names[anchor] = f"{kind}{len(self.names) + 1:08d}"

    def marked(self, anchor: str, runs: str) -> str:
        """Runs between the marks of an anchor; only its first place gets them."""
        if anchor not in self._open:
            return runs
        self._open.remove(anchor)
        name = self.names[anchor]
        number = int(name[len(_KIND) :])
        return f"{tag('bookmarkStart', id=number, name=name)}{runs}{tag('bookmarkEnd', id=number)}"

    def linked(self, anchor: str, runs: str) -> str:
        """Runs that lead to an anchor; plain runs where it is not in this document."""
        name = self.names.get(anchor)
        return tag("hyperlink", runs, anchor=name, history=1) if name else runs


def counted(instruction: str) -> str:
    """A field that Word counts each time it lays the document out.

    Args:
        instruction: ``PAGE`` or ``NUMPAGES``.
    """
    return (
        tag("r", tag("fldChar", fldCharType="begin"))
        + tag("r", _instruction(f" {instruction} "))
        + tag("r", tag("fldChar", fldCharType="separate"))
        + tag("r", tag("t", "1"))
        + tag("r", tag("fldChar", fldCharType="end"))
    )


def gathered(entries: list[tuple[str, str]]) -> str:
    """The contents as one field around its lines.

    No page numbers are filled in: only Word knows them, and a wrong one is worse than none; they come with
    Word's own 更新域.

    Args:
        entries: Style id and runs of each line.
    """
    begin = (
        tag("r", tag("fldChar", fldCharType="begin"))
        + tag("r", _instruction(r' TOC \o "1-2" \h \z \u '))
        + tag("r", tag("fldChar", fldCharType="separate"))
    )
    lines = []
    for number, (style, runs) in enumerate(entries):
        last = number == len(entries) - 1
        lines.append(
            tag(
                "p",
                tag("pPr", tag("pStyle", val=style)),
                "" if number else begin,
                runs,
                tag("r", tag("fldChar", fldCharType="end")) if last else "",
            )
        )
    return "".join(lines)


def _instruction(text: str) -> str:
    return f'<w:instrText xml:space="preserve">{characters(text)}</w:instrText>'
