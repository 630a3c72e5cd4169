"""The structure tree of a PDF, read back by other means than it was written with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_ENTRY = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{4,})>")
_TEXT = {"Tj", "TJ", "'", '"'}
_PAINT = _TEXT | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "INLINE IMAGE"}
Mark = tuple[int, int]
"""A page, counted from 0, and a number there."""


@dataclass
class Element:
    """A structure element; what stands in it are elements and texts, in reading order."""

    tag: str
    source: Any
    kids: list[Element | str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    annotations: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    def all(self, *tags: str) -> Iterator[Element]:
        """Elements of these tags in and below this one, in reading order."""
        if self.tag in tags:
            yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.all(*tags)

    def attribute(self, name: str) -> Any:
        return self.source.get("/A", {}).get(name)


@dataclass
class Tagged:
    """A file's tree and what its pages draw.

    Attributes:
        root: The document element.
        texts: Of each mark.
        owners: The element that each page's parent tree names for each mark.
        strays: Operators that paint outside any mark, or marks inside marks.
        artifacts: The text that belongs to nothing, page by page.
    """

    root: Element
    texts: dict[Mark, str]
    owners: dict[Mark, Any]
    strays: list[str]
    artifacts: list[str]


def read_tagged(pdf: pikepdf.Pdf) -> Tagged:
    """All of a file's tags."""
    texts: dict[Mark, str] = {}
    strays: list[str] = []
    artifacts = []
    for number, page in enumerate(pdf.pages):
        artifacts.append(_read_page(number, page, texts, strays))
    places = {page.objgen: number for number, page in enumerate(pdf.pages)}
    tree = pdf.Root.StructTreeRoot
    numbers = list(tree.ParentTree.Nums)
    parents = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    owners = {
        (number, mark): owner
        for number, page in enumerate(pdf.pages)
        for mark, owner in enumerate(parents[int(page.obj.StructParents)])
    }
    return Tagged(_element(tree.K, places, texts), texts, owners, strays, artifacts)


def _element(source: Any, places: dict[Any, int], texts: dict[Mark, str]) -> Element:
    element = Element(str(source.S)[1:], source)
    kids = source.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.Type == pikepdf.Name.OBJR:
            element.annotations.append(kid.Obj)
        elif isinstance(kid, pikepdf.Dictionary) and kid.Type == pikepdf.Name.StructElem:
            element.kids.append(_element(kid, places, texts))
        else:
            own = isinstance(kid, pikepdf.Dictionary)
            mark = (places[(kid if own else source).Pg.objgen], int(kid.MCID if own else kid))
            element.marks.append(mark)
            element.kids.append(texts[mark])
    return element


def _read_page(number: int, page: pikepdf.Page, texts: dict[Mark, str], strays: list[str]) -> str:
    fonts = {str(name): _unicode(font) for name, font in page.obj.Resources.Font.items()}
    stack: list[int | None] = []
    said: dict[int, str] = {}
    artifact = ""
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            if stack:
                strays.append(f"page {number + 1}: a mark inside a mark")
            properties = operands[1] if name == "BDC" else {}
            stack.append(int(properties["/MCID"]) if "/MCID" in properties else None)
            if stack[-1] is not None:
                texts[number, stack[-1]] = ""
            if "/ActualText" in properties and stack[-1] is not None:
                said[stack[-1]] = str(properties["/ActualText"])
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in _PAINT:
            if not stack:
                strays.append(f"page {number + 1}: {name} outside any mark")
            elif name in _TEXT:
                text = "".join(_shown(operands, font))
                if stack[-1] is None:
                    artifact += text
                else:
                    texts[number, stack[-1]] += text
    strays += [f"page {number + 1}: an open mark"] * len(stack)
    texts.update({(number, mark): text for mark, text in said.items()})
    return artifact


def _shown(operands: Any, font: dict[int, str]) -> Iterator[str]:
    for operand in operands:
        for each in operand if isinstance(operand, pikepdf.Array) else [operand]:
            if isinstance(each, pikepdf.String):
                yield from (font[code] for code in bytes(each))


def _unicode(font: Any) -> dict[int, str]:
    entries = _ENTRY.findall(font.ToUnicode.read_bytes().decode("ascii"))
    return {int(code, 16): bytes.fromhex(value).decode("utf-16-be") for code, value in entries}
