"""What was filled into the application form: one value for each field that a programme asks for.

Values are kept by the field's id, so another programme that asks for the same id shows the same value,
and what only the earlier one asked for is there when the person goes back. First the file, then memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from tsguard.domain.answers import Assessment
from tsguard.domain.form import LONGEST_STORED, FormValue, read
from tsguard.domain.programme import FormField
from tsguard.domain.validation import Rule
from tsguard.errors import InvalidField
from tsguard.store.vault import Vault


class ApplicationForm:
    """The values of the assessment at hand."""

    def __init__(
        self,
        vault: Vault,
        values: Iterable[FormValue],
        assessed: Callable[[], Assessment],
        stored: Callable[[], None],
    ) -> None:
        """Take over an assessment's values.

        Args:
            vault: The open vault.
            values: What it has.
            assessed: Gives the assessment, or raises ``NothingAssessed``.
            stored: Called after each change.
        """
        self._vault = vault
        self._values = {value.field: value for value in values}
        self._assessed = assessed
        self._stored = stored

    @property
    def values(self) -> Mapping[str, FormValue]:
        """All values by the field's id, also those that only another programme asks for."""
        return MappingProxyType(self._values)

    def value(self, name: str) -> str:
        """The value of a field; "" where there is none."""
        found = self._values.get(name)
        return found.value if found else ""

    def put(self, field: FormField, typed: str) -> str:
        """Store what was typed into an asked field, wrong or not; the value as it was. "" takes it back.

        Raises:
            NothingAssessed: No modules were chosen yet.
            InvalidField: The text can't be stored at all: too long, or broken characters.
            StorageError: The file system said no.
        """
        return self.put_back(field.ask, read(field, typed).text)

    def put_back(self, name: str, value: str) -> str:
        """Store a value of that id just as it is, as undo does; errors as for ``put``."""
        assessment = self._assessed()
        if len(value) > LONGEST_STORED:
            raise InvalidField(name, Rule.FAR_TOO_LONG)
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise InvalidField(name, Rule.UNICODE)
        before = self.value(name)
        if value == before:
            return before
        stored = FormValue(assessment.id, name, value)
        with self._vault.write() as writer:
            if value:
                writer.put_form_value(stored)
            else:
                writer.remove_form_value(assessment.id, name)
        if value:
            self._values[name] = stored
        else:
            del self._values[name]
        self._stored()
        return before

    def forget(self) -> None:
        """Drop every decrypted value, at lock."""
        self._values = {}
