"""Input text made fit for print, the same way every time; it never looks at what the text says."""

from __future__ import annotations

import re
import unicodedata

_SUSPECT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u0300-\u036f\u061c\u1680\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)
_COMBINED = re.compile("[A-Za-z\u00c0-\u024f][\u0300-\u036f]+")
_STRAY = re.compile("(?<![A-Za-z\u00c0-\u024f\u0300-\u036f])[\u0300-\u036f]+")
"""Accents on what takes none, such as a Han character: readers lose the character under them."""
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SELECTORS = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def clean(text: str) -> str:
    """Text without what cannot be printed or would turn it around.

    Line ends of every kind become a newline, other white space a space (the ideographic one stays), a Latin
    letter with its accents one character; accents on anything but a Latin letter, control and format
    characters (zero-width, bidirectional), variation selectors and lone surrogates fall away.
    """
    if not _SUSPECT.search(text):
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _COMBINED.sub(lambda match: unicodedata.normalize("NFC", match.group()), text)
    text = _STRAY.sub("", text)
    return "".join(_kept(character) for character in text)


def _kept(character: str) -> str:
    if character in "\n\u3000":
        return character
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " "
    code = ord(character)
    if unicodedata.category(character) in {"Cc", "Cf", "Cs"} or any(code in each for each in _SELECTORS):
        return ""
    return character
