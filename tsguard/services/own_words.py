"""A document's own words: what is left of it where nothing was typed.

The same chapters write it, so that a new sentence of the program needs no list. What is public in a finished
document is told from what a person typed by this alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import tsguard
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import CHOSEN, COVERING, LEVELS, Edition
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence, proved_items
from tsguard.domain.snapshot import Snapshot
from tsguard.rules.checks import run_checks
from tsguard.scoring.sheet import score

if TYPE_CHECKING:
    from tsguard.rules.checks import CheckResult
    from tsguard.scoring.results import ScoreSheet

T = TypeVar("T")

_NOTHING = "\N{WORD JOINER}"
"""For what was typed: it counts as filled in, and is not printed."""
_KEPT: dict[type, frozenset[str]] = {
    Enterprise: frozenset({"id", "name"}),
    Evidence: frozenset({"id", "enterprise", "media_type", "sha256", "sm3"}),
}
_KEPT_ALWAYS = frozenset({"id", "enterprise", "item", "evidence"})
"""Fields that the program fills in itself."""


def blanked(snapshot: Snapshot) -> Snapshot:
    """The same state with nothing typed in it but the company's name, which stands on every page."""
    return replace(
        snapshot,
        enterprise=_blank(snapshot.enterprise),
        assessment=replace(snapshot.assessment, title=_NOTHING),
        answers={item: _blank(answer) for item, answer in snapshot.answers.items()},
        evidence=tuple(map(_blank, snapshot.evidence)),
        secret_points=tuple(map(_blank, snapshot.secret_points)),
        rectifications=tuple(map(_blank, snapshot.rectifications)),
        form={},
    )


class OwnWords:
    """The texts of the documents of one such state; each document is made once, whoever asks for it.

    Args:
        snapshot: The state as it is.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._made: dict[Edition, tuple[str, ...]] = {}

    @cached_property
    def _blank(self) -> Snapshot:
        return blanked(self._snapshot)

    def of(self, edition: Edition) -> Iterator[str]:
        """Those of a document; of a list or a bound file, those of every document."""
        kinds = [edition.kind]
        if edition.kind in COVERING:
            kinds = [each for each in CHOSEN if edition.level in LEVELS[each]]
            yield from _transmittal_words(self._blank, edition.level)
        for kind in kinds:
            yield from self._one(Edition(kind, edition.level))

    def _one(self, edition: Edition) -> tuple[str, ...]:
        if edition not in self._made:
            self._made[edition] = tuple(dict.fromkeys(_texts(self._words(edition))))
        return self._made[edition]

    def _words(self, edition: Edition) -> tuple[object, ...]:
        from tsguard.report.build import build_words  # noqa: PLC0415 - start-up time

        blank, (sheet, checks) = self._blank, self._figures
        on = blank.taken_at.date()
        return build_words(blank, sheet, edition, checks=checks, program_version=tsguard.__version__, on=on)

    @cached_property
    def _figures(self) -> tuple[ScoreSheet, dict[str, CheckResult]]:
        """The figures of all documents."""
        blank, on = self._blank, self._blank.taken_at.date()
        assessment = blank.assessment
        checks = run_checks(assessment.checklist, blank.secret_points, on)
        proved = proved_items(blank.evidence, on)
        return score(assessment.checklist, assessment.programme, blank.answers, proved, checks), checks


def _transmittal_words(blank: Snapshot, level: Level) -> Iterator[str]:
    from tsguard.report.transmittal import build_transmittal  # noqa: PLC0415 - start-up time

    return _texts(build_transmittal(blank, (), level=level, on=blank.taken_at.date()))


def _texts(document: object) -> Iterator[str]:
    """Each text of a document, or of its parts, by itself, and each paragraph with its runs together."""
    from tsguard.report.blocks import Run  # noqa: PLC0415 - start-up time
    from tsguard.report.document import parts_of  # noqa: PLC0415 - start-up time
    from tsguard.report.marked import Marked  # noqa: PLC0415 - start-up time

    waiting: list[object] = [document]
    while waiting:
        node = waiting.pop()
        if type(node) is Marked:
            yield node.text
        elif type(node) is tuple and node and type(node[0]) is Run:  # every second node: not one by one
            texts = [each.value.text for each in node]
            yield from texts
            yield "".join(texts)
        else:
            waiting += parts_of(node)


def _blank(record: T) -> T:
    """The record with every typed text taken out."""
    if not is_dataclass(record) or isinstance(record, type):
        message = f"{type(record).__name__} is no record"
        raise TypeError(message)
    kept = _KEPT.get(type(record), _KEPT_ALWAYS)
    typed: dict[str, Any] = {
        each.name: _NOTHING
        for each in fields(record)
        if each.name not in kept and _typed(getattr(record, each.name))
    }
    return replace(record, **typed)


def _typed(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, Enum) and bool(value)
