"""A programme's application form: which fields it takes from the profile, and which it asks for itself."""

from __future__ import annotations

import re
from dataclasses import replace

from tsguard.content.nodes import Fields, File, Scalar
from tsguard.domain.enterprise import FORM_FIELDS
from tsguard.domain.form import LARGEST, bound, cleaned, comparable, read
from tsguard.domain.programme import (
    BOUNDED_KINDS,
    NUMBER_KINDS,
    TEXT_KINDS,
    FieldKind,
    FormField,
    FormGroup,
)

LONGEST_ALLOWED = {FieldKind.TEXT: 400, FieldKind.LONG_TEXT: 8000}
"""Characters that a programme may allow."""
FEWEST_CHOICES, MOST_CHOICES = 2, 20

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_UNIT_KINDS = frozenset({FieldKind.WHOLE, FieldKind.DECIMAL})
_KINDS_OF_KEY = {
    "choices": frozenset({FieldKind.CHOICE}),
    "unit": _UNIT_KINDS,
    "longest": TEXT_KINDS,
    "least": BOUNDED_KINDS,
    "most": BOUNDED_KINDS,
}
"""Keys that only some kinds have."""


def load_form(root: Fields, file: File) -> tuple[FormGroup, ...]:
    """The groups under ``form``; names and labels must be unique in all of them."""
    form = _Form(file)
    return tuple(form.group(fields) for fields in root.mappings("form"))


class _Form:
    """Reads the groups one after the other and remembers what was there before."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._names: set[str] = set()
        self._labels: set[str] = set()

    def group(self, fields: Fields) -> FormGroup:
        title = fields.text("group", longest=30)
        group = FormGroup(title, tuple(self._field(each) for each in fields.mappings("fields")))
        fields.finish()
        return group

    def _field(self, fields: Fields) -> FormField:
        add = self._file.findings.add
        if fields.has("field") == fields.has("ask"):
            add(fields.line, "field-or-ask")
        asked = fields.has("ask")
        name = fields.scalar("ask" if asked else "field", required=asked or fields.has("field"))
        if name is not None:
            (self._check_asked if asked else self._check_taken)(name)
            if name.text in self._names:
                add(name.line, "duplicate-id", id=name.text, first=self._file.name)
            self._names.add(name.text)
        label = fields.text("label", longest=30)
        if label in self._labels:
            add(fields.line_of("label"), "duplicate-label", label=label)
        elif label:
            self._labels.add(label)
        required = fields.yes_no("required")
        text = name.text if name else ""
        made = self._asked(fields, text, label, required=required) if asked else None
        if fields.has("field"):
            fields.scalar("field")  # known, even where it stands beside ``ask``
        fields.finish()
        return made or FormField(text, label, required)

    def _check_taken(self, name: Scalar) -> None:
        if name.text not in FORM_FIELDS:
            nearest = self._file.findings.nearest(name.text, FORM_FIELDS)
            known = "、".join(FORM_FIELDS)
            self._file.findings.add(
                name.line, "unknown-value", key="field", value=name.text, nearest=nearest, known=known
            )

    def _check_asked(self, name: Scalar) -> None:
        if not _ID.fullmatch(name.text):
            self._file.findings.add(name.line, "bad-field-id", id=name.text)
        elif name.text in FORM_FIELDS:
            self._file.findings.add(name.line, "asks-for-known-field", id=name.text)

    def _asked(self, fields: Fields, ask: str, label: str, *, required: bool) -> FormField:
        kind = fields.choice("kind", FieldKind, FieldKind.TEXT)
        for key, kinds in _KINDS_OF_KEY.items():
            if fields.has(key) and fields.has("kind") and kind not in kinds:
                names = "、".join(each.value for each in FieldKind if each in kinds)
                self._file.findings.add(fields.line_of(key), "key-not-for-kind", key=key, kinds=names)
        field = FormField(
            field="",
            label=label,
            required=required,
            ask=ask,
            kind=kind,
            hint=fields.text("hint", required=False, longest=120),
            unit=fields.text("unit", required=False, longest=10),
            choices=self._choices(fields, kind),
            longest=self._longest(fields, kind),
            least=fields.text("least", required=False, longest=20),
            most=fields.text("most", required=False, longest=20),
        )
        return self._bounded(fields, field) if kind in BOUNDED_KINDS else field

    def _choices(self, fields: Fields, kind: FieldKind) -> tuple[str, ...]:
        listed = fields.scalars("choices", required=kind is FieldKind.CHOICE, longest=40)
        # As a typed value is cleaned, so that what is chosen is always one of them.
        texts = [cleaned(each.text, FieldKind.CHOICE) for each in listed]
        for at, each in enumerate(listed):
            if not texts[at]:
                self._file.findings.add(each.line, "empty", key="choices")
            elif texts[at] in texts[:at]:
                self._file.findings.add(each.line, "duplicate-choice", choice=texts[at])
        if kind is FieldKind.CHOICE and listed and not FEWEST_CHOICES <= len(listed) <= MOST_CHOICES:
            self._file.findings.add(
                fields.line_of("choices"),
                "wrong-number-of-choices",
                count=len(listed),
                least=FEWEST_CHOICES,
                most=MOST_CHOICES,
            )
        return tuple(texts)

    def _longest(self, fields: Fields, kind: FieldKind) -> int:
        if not fields.has("longest"):
            return 0
        return fields.whole("longest", 1, LONGEST_ALLOWED.get(kind, max(LONGEST_ALLOWED.values())))

    def _bounded(self, fields: Fields, field: FormField) -> FormField:
        """The field with bounds spelt as values are stored; a bound that is no value is dropped."""
        field = replace(field, least=self._bound(fields, field, "least", field.least))
        field = replace(field, most=self._bound(fields, field, "most", field.most))
        least, most = bound(field, "least"), bound(field, "most")
        if comparable(field.kind, least) > comparable(field.kind, most):
            line = fields.line_of("most" if fields.has("most") else "least")
            self._file.findings.add(line, "bounds-crossed", least=least, most=most)
        return field

    def _bound(self, fields: Fields, field: FormField, key: str, given: str) -> str:
        # The kind's usual bounds, and one bound of the programme's, say nothing about the other.
        widest = ("-" + LARGEST, LARGEST) if field.kind in NUMBER_KINDS else ("", "")
        reading = read(replace(field, least=widest[0], most=widest[1]), given)
        if reading.rule:
            self._file.findings.add(fields.line_of(key), "bad-bound", key=key, value=given)
        return "" if reading.rule else reading.text
