"""What differs between a backup and the present vault, record by record, in words. Opens neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tsguard.domain.answers import Assessment
from tsguard.domain.codec import to_plain
from tsguard.i18n import _
from tsguard.services.history_fields import field_changes
from tsguard.services.history_words import FieldChange, HistoryKind, Lookup, subject
from tsguard.services.session import Session


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that is not the same in both.

    Attributes:
        kind: Of the record.
        subject: The record for people: ``HRM-05``, ``佐证E-07``.
        then: What the backup has, in a few words; "" where it has no such record.
        now: What the present vault has; likewise.
        only_then: Whether only the backup has it.
        only_now: Whether only the present vault has it: it would be gone.
        changes: The fields that differ, from the backup to the present.
    """

    kind: HistoryKind
    subject: str
    then: str = field(repr=False)
    now: str = field(repr=False)
    only_then: bool
    only_now: bool
    changes: tuple[FieldChange, ...] = field(default=(), repr=False)


def compared(then: Session, now: Session) -> tuple[Difference, ...]:
    """Every record that differs, in the order of the kinds; the checklist as one.

    Args:
        then: The backup.
        now: The present vault.
    """
    look = _lookup(now.assessment or then.assessment)
    found = [
        *_differing(HistoryKind.ANSWER, then.answers, now.answers, look),
        *_differing(HistoryKind.EVIDENCE, _by_id(then.cabinet), _by_id(now.cabinet), look),
        *_differing(HistoryKind.POINT, _by_id(then.points), _by_id(now.points), look),
        *_differing(HistoryKind.FORM, then.form.values, now.form.values, look),
        *_differing(HistoryKind.RECTIFICATION, _by_id(then.rectifications), _by_id(now.rectifications), look),
        *_differing(HistoryKind.ISSUED, _by_id(then.issued), _by_id(now.issued), look),
        *_differing(HistoryKind.CLEARANCE, _by_id(then.clearances), _by_id(now.clearances), look),
        *_differing(HistoryKind.PROFILE, {"": then.enterprise}, {"": now.enterprise}, look),
    ]
    if _checklist(then.assessment) != _checklist(now.assessment):
        found.append(
            Difference(
                HistoryKind.CHECKLIST,
                subject(HistoryKind.CHECKLIST, ""),
                _title(then.assessment),
                _title(now.assessment),
                only_then=now.assessment is None,
                only_now=then.assessment is None,
            )
        )
    return tuple(found)


def _by_id(records: Iterable[Any]) -> dict[str, Any]:
    return {each.id: each for each in records}


def _differing(
    kind: HistoryKind, then: Mapping[str, Any], now: Mapping[str, Any], look: Lookup
) -> Iterable[Difference]:
    for key in sorted({*then, *now}, key=lambda name: (len(name), name)):
        before, after = then.get(key), now.get(key)
        if before == after:
            continue
        old = None if before is None else to_plain(before)
        new = None if after is None else to_plain(after)
        changes = field_changes(kind, old, new, look)
        yield Difference(
            kind,
            look.form_label(key) if kind is HistoryKind.FORM else subject(kind, key),
            _words(changes, old is None, then=True),
            _words(changes, new is None, then=False),
            only_then=new is None,
            only_now=old is None,
            changes=changes,
        )


def _words(changes: tuple[FieldChange, ...], missing: bool, *, then: bool) -> str:
    """The differing fields of one side: the first in full, the others by their labels."""
    if missing:
        return ""
    shown = [_value(each, then=then) for each in changes[:2]]
    more = len(changes) - len(shown)
    words = "；".join(shown)
    return _("{words}，另{count}项").format(words=words, count=more) if more > 0 else words


def _value(change: FieldChange, *, then: bool) -> str:
    value = change.before if then else change.after
    if change.name == "verdict":
        return value
    return _("{label}：{value}").format(label=change.label, value=value or _("空"))


def _lookup(assessment: Assessment | None) -> Lookup:
    fields = assessment.programme.fields() if assessment else ()
    labels = {each.ask: each.label for each in fields if each.ask}

    def named(_state: Mapping[str, Any]) -> Assessment:
        message = "assessments are compared by their titles"
        raise RuntimeError(message)

    return Lookup(named, lambda name: labels.get(name, name))


def _checklist(assessment: Assessment | None) -> object:
    return None if assessment is None else (assessment.modules, assessment.checklist, assessment.programme)


def _title(assessment: Assessment | None) -> str:
    if assessment is None:
        return ""
    count = sum(1 for _item in assessment.checklist.items())
    return _("{title}，{count}条").format(title=assessment.title, count=count)
