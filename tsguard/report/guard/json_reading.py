"""An attached file as texts: JSON by its values, so that no escape hides one; another text as it is."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_attachment(data: bytes) -> Iterator[str]:
    """The texts of a file; nothing where it is none."""
    text = decoded(data)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        yield text
        return
    yield from _strings(value)


def decoded(data: bytes) -> str:
    """A file as text: by its mark, else UTF-8, else GB 18030."""
    for mark, code in _BOMS:
        if data.startswith(mark):
            return data.decode(code, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _strings(value: object) -> Iterator[str]:
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            yield from each
            waiting += reversed(each.values())
        elif isinstance(each, list):
            waiting += reversed(each)
        elif each is not None and not isinstance(each, bool):
            yield str(each)
