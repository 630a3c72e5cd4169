"""The recovery code: a vault's key as characters for paper, so that a slip of the pen is found and named.

Whoever has the code opens the vault, so nothing here may show, log or put into an error what a code says.
This module knows no file and no paper.

**Alphabet.** 32 characters with the values 0 to 31, Crockford's; without I, L, O and U::

    0123456789ABCDEFGHJKMNPQRSTVWXYZ

**Bits.** 275 of them, the most significant first::

    bits  content
    3     the version, 0
    256   the key, 32 bytes
    16    checksum: the first two bytes of SHA-256 over the 21 ASCII bytes "tsguard recovery code",
          one byte with the version, and the 32 bytes of the key

**Groups.** Five bits at a time make 55 characters, five characters at a time 11 groups. Each group gets a
sixth, its check character. With a group's values v1 to v6, its place n from 1 to 11, and a = 2 in the field
GF(32) of the polynomial x^5 + x^2 + 1 (adding is exclusive or; 1·a = 2, 16·a = 5)::

    v1·a^5 + v2·a^4 + v3·a^3 + v4·a^2 + v5·a + v6 = a^n

The powers of a are all different and none is 0, so one wrong character in a group is always found, and so
are any two that changed places; a^n is different at each place, so a group that stands at another's place is
found. Of groups with more slips one in 32 looks right; the checksum then finds all but one in 65,536.

**Reading.** Each character is brought into NFKC, for the full-width ones. Small letters count as capitals,
O as 0, I and L as 1. White space, hyphens and dashes divide groups, and invisible format characters are
nothing. What stands together is cut into groups of six, and so is the whole where its parts are not 11
groups although it has 66 characters.

**Promise.** These rules never change for version 0. A later version keeps the alphabet, the groups of six
with their check characters, and the version's place in the first three bits; it may have another number of
groups, up to 31. So a program that does not know a version can say so.

**Example.** The key of the bytes 0 to 31 has the code::

    00020A G30G25 GC1R8V 1450PV
    30D1RW 7H048C J2CA11 A5GQ3M
    0CHM6E RW3MF9 1Y3KCJ
"""

from __future__ import annotations

import hashlib
import unicodedata

from tsguard.errors import RecoveryCodeWrong

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""A character's place here is its value."""
KEY_LENGTH = 32
"""In bytes."""
GROUPS = 11
GROUP_LENGTH = 6
"""In characters, the check character among them."""

_MOST_GROUPS = 31
"""Of any version: there are no more powers of a."""
_VERSION = 0
_VERSION_BITS, _CHECKSUM_BITS, _CHARACTER_BITS = 3, 16, 5
_DOMAIN = b"tsguard recovery code"
_POLYNOMIAL = 0b100101
_ALIKE = str.maketrans("OIL", "011")
_SMALL = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_MINUS = "\u2212"
"""A dash that Unicode counts among the signs of arithmetic."""


def encode(key: bytes) -> tuple[str, ...]:
    """The code of a key: 11 groups of 6 characters.

    Args:
        key: 32 bytes.

    Raises:
        ValueError: Another length, a bug of the caller.
    """
    if len(key) != KEY_LENGTH:
        message = f"a key has {KEY_LENGTH} bytes"
        raise ValueError(message)
    bits = _VERSION << (8 * KEY_LENGTH) | int.from_bytes(key)
    bits = bits << _CHECKSUM_BITS | _checksum(key)
    values = []
    for _place in range(GROUPS * (GROUP_LENGTH - 1)):
        values.append(bits & 31)
        bits >>= _CHARACTER_BITS
    values.reverse()
    groups = (values[at : at + GROUP_LENGTH - 1] for at in range(0, len(values), GROUP_LENGTH - 1))
    return tuple(
        "".join(ALPHABET[value] for value in (*group, _check_value(group, number)))
        for number, group in enumerate(groups, 1)
    )


def decode(text: str) -> bytes:
    """The key of 32 bytes that a code stands for.

    Args:
        text: As typed; of any length.

    Raises:
        RecoveryCodeWrong: There are not 11 groups, some do not fit their places, all fit and the whole does
            not (then it names none), or the code is of a newer version.
    """
    groups = groups_in(text)
    first = groups[:_MOST_GROUPS]
    wrong = tuple(number for number, group in enumerate(first, 1) if not check_group(group, number))
    if not wrong and 0 < len(groups) <= _MOST_GROUPS:
        version = _values(groups[0])[0] >> (_CHARACTER_BITS - _VERSION_BITS)
        if version != _VERSION:
            raise RecoveryCodeWrong((), len(groups), newer=True)
    if wrong or len(groups) != GROUPS:
        raise RecoveryCodeWrong(tuple(each for each in wrong if each <= GROUPS), len(groups))
    bits = 0
    for group in groups:
        for value in _values(group)[:-1]:
            bits = bits << _CHARACTER_BITS | value
    key = (bits >> _CHECKSUM_BITS).to_bytes(KEY_LENGTH)
    if bits & (1 << _CHECKSUM_BITS) - 1 != _checksum(key):
        raise RecoveryCodeWrong((), len(groups))
    return key


def groups_in(text: str) -> tuple[str, ...]:
    """The groups of a code as it is typed, in capitals of the alphabet where they are of it.

    A group may be too short, too long, or have foreign characters: ``check_group`` says so.
    """
    parts = _parts(text)
    groups = tuple(group for part in parts for group in _divided(part))
    if len(groups) != GROUPS and sum(map(len, parts)) == GROUPS * GROUP_LENGTH:
        groups = _divided("".join(parts))
    return groups


def check_group(text: str, number: int) -> bool | None:
    """Whether a group is right by itself, for showing it while it is typed.

    Args:
        text: The group as typed.
        number: Its place, counted from 1.

    Returns:
        True where it is right at that place; None while it only lacks characters; False where it is wrong.
    """
    group = "".join(_parts(text))
    if len(group) > GROUP_LENGTH or not set(group) <= set(ALPHABET):
        return False
    if len(group) < GROUP_LENGTH:
        return None
    *values, check = _values(group)
    return check == _check_value(values, number)


def _parts(text: str) -> list[str]:
    """What stands between white space and dashes, in one shape."""
    kept: list[str] = []
    # One by one: normalising a whole text of combining marks takes the square of its length.
    for character in (each for given in text for each in unicodedata.normalize("NFKC", given)):
        category = unicodedata.category(character)
        if character == _MINUS or category in {"Pd", "Zs", "Zl", "Zp", "Cc"}:
            kept.append(" ")
        elif category != "Cf":
            kept.append(character)
    return "".join(kept).translate(_SMALL).translate(_ALIKE).split()


def _divided(part: str) -> tuple[str, ...]:
    """A part as groups: what has a character too few or too many stays one group, longer ones are cut."""
    count = max(round(len(part) / GROUP_LENGTH), 1)
    cuts = [*range(0, count * GROUP_LENGTH, GROUP_LENGTH), len(part)]
    return tuple(part[cuts[at] : cuts[at + 1]] for at in range(count))


def _values(group: str) -> list[int]:
    return [ALPHABET.index(character) for character in group]


def _checksum(key: bytes) -> int:
    return int.from_bytes(hashlib.sha256(_DOMAIN + bytes([_VERSION]) + key).digest()[:2])


def _check_value(values: list[int], number: int) -> int:
    """The value of the check character behind five values, at a place counted from 1."""
    total = 0
    for value in values:
        total = _times_a(total) ^ value
    target = 1
    for _step in range(number % _MOST_GROUPS):
        target = _times_a(target)
    return _times_a(total) ^ target


def _times_a(value: int) -> int:
    value <<= 1
    return value ^ _POLYNOMIAL if value > 31 else value
