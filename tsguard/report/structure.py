"""The structure tree of a drawn PDF: elements, and what leads from a page's marks back to them.

It writes what was gathered while drawing and decides nothing about it.

Sources: ISO 32000-1 §14.7; ISO 14289-1 §7.18 for links and the order of tabs.
"""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tsguard.report.typeset.tags import Annotation, Content, Node, Tag, Tags

_NAMES = {tag: Name(f"/{tag}") for tag in Tag}
_ELEMENT, _CONTENT, _OBJECT = Name.StructElem, Name.MCR, Name.OBJR
"""Names made once: there are thousands of elements."""
_KEPT_EMPTY = frozenset({Tag.TR, Tag.TH, Tag.TD})
"""A row has all its cells, whether or not something stands in them."""


def write_structure(pdf: pikepdf.Pdf, tags: Tags) -> None:
    """Put the elements into a file and mark it as tagged.

    Args:
        pdf: As it was drawn; changed in place.
        tags: What was gathered while drawing it.
    """
    _Writer(pdf, tags).write()


class _Writer:
    """One file's tree, from the root down."""

    def __init__(self, pdf: pikepdf.Pdf, tags: Tags) -> None:
        self._pdf = pdf
        self._tags = tags
        self._pages = [page.obj for page in pdf.pages]
        self._elements: dict[Node, pikepdf.Object] = {}
        self._links: list[tuple[pikepdf.Object, pikepdf.Object]] = []

    def write(self) -> None:
        pdf, pages = self._pdf, self._pages
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = self._element(self._tags.root, root)
        numbers: list[object] = []
        for number, (page, marks) in enumerate(zip(pages, self._tags.pages, strict=True)):
            page.StructParents, page.Tabs = number, Name.S
            numbers += (number, pdf.make_indirect(Array([self._elements[node] for node in marks])))
        for number, (annotation, element) in enumerate(self._links, len(pages)):
            annotation.StructParent = number
            numbers += (number, element)
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        root.ParentTreeNextKey = len(pages) + len(self._links)
        pdf.Root.StructTreeRoot = root
        pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, node: Node, parent: pikepdf.Object) -> pikepdf.Object:
        made = Dictionary(Type=_ELEMENT, S=_NAMES[node.tag], P=parent)
        _describe(node, made)
        element = self._elements[node] = self._pdf.make_indirect(made)
        home = next((kid.page for kid in node.kids if isinstance(kid, Content)), None)
        if home is not None:
            element.Pg = self._pages[home]
        kids = [self._kid(kid, home, element) for kid in node.kids if _stays(kid)]
        if kids:
            element.K = kids[0] if len(kids) == 1 else Array(kids)
        return element

    def _kid(self, kid: Node | Content | Annotation, home: int | None, element: pikepdf.Object) -> object:
        if isinstance(kid, Node):
            return self._element(kid, element)
        page = self._pages[kid.page]
        if isinstance(kid, Annotation):
            annotation = page.Annots[kid.place]
            self._links.append((annotation, element))
            return Dictionary(Type=_OBJECT, Pg=page, Obj=annotation)
        if kid.page == home:
            return kid.number
        return Dictionary(Type=_CONTENT, Pg=page, MCID=kid.number)


def _describe(node: Node, element: Dictionary) -> None:
    if node.alt:
        element.Alt = String(node.alt)
    if node.bounds:
        bounds = Array([round(each, 2) for each in node.bounds])
        element.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=bounds)
    if node.scope or node.span > 1:
        element.A = Dictionary(O=Name.Table)
        if node.scope:
            element.A.Scope = Name(f"/{node.scope}")
        if node.span > 1:
            element.A.ColSpan = node.span


def _stays(kid: Node | Content | Annotation) -> bool:
    """Whether something stands in an element, or its place matters."""
    if not isinstance(kid, Node) or kid.tag in _KEPT_EMPTY:
        return True
    return any(_stays(each) for each in kid.kids)
