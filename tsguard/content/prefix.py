"""The ``U`` in front of every id that did not ship, so that no file of a person's own can clash with ours.

Shipped ids never start with it. A copy of a shipped module is therefore a module of its own.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from tsguard.domain.checklist import Module, Section

PREFIX = "U"


def own_id(written: str) -> str:
    """The id as it counts for a module, section or item of a file that did not ship: ``PCB`` is ``UPCB``."""
    return written if not written or written.startswith(PREFIX) else PREFIX + written


def prefixed(module: Module) -> Module:
    """An own module with its ids as they count.

    Multipliers and ``along`` stay as written: they name what shipped, and ``resolved`` looks at the rest.
    """
    sections = tuple(_section(section) for section in module.sections)
    items = {item.id for section in sections for item in section.items}
    return replace(
        module,
        id=own_id(module.id),
        sections=sections,
        leak_items=tuple((path, tuple(own_id(item) for item in ids)) for path, ids in module.leak_items),
        retired=tuple(
            (own_id(old), own_id(successor) if own_id(successor) in items else successor)
            for old, successor in module.retired
        ),
    )


def resolved(module: Module, known: Container[str]) -> Module:
    """The module with those of the modules it names in ``along`` that are known, by the id they have."""
    if module.shipped:
        return module
    named = (each if each in known else own_id(each) for each in module.along)
    return replace(module, along=tuple(dict.fromkeys(each for each in named if each in known)))


def _section(section: Section) -> Section:
    return replace(
        section,
        id=own_id(section.id),
        module=own_id(section.module),
        items=tuple(replace(item, id=own_id(item.id)) for item in section.items),
    )
