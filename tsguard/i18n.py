"""Words in the person's language. Simplified Chinese is the source language of every ``_()`` literal.

``_`` looks the text up when it is called, never at import, so that a change of language shows at
once. It takes literals only: texts of checklists and of people are never translated here.
"""

from __future__ import annotations

import gettext
from pathlib import Path

_translation: gettext.NullTranslations = gettext.NullTranslations()


def _(text: str) -> str:
    """The text in the chosen language; the text itself where there is no translation."""
    return _translation.gettext(text)


def choose(language: str, locale_dir: Path) -> None:
    """Switch every later ``_`` to a language.

    Args:
        language: ``zh_CN`` (the source language) or the name of a catalogue such as ``en``.
        locale_dir: Where the catalogues lie, as ``LANG/LC_MESSAGES/tsguard.mo``.
    """
    global _translation  # noqa: PLW0603 - gettext's own state, the one place that has it
    _translation = gettext.translation("tsguard", locale_dir, [language], fallback=True)
