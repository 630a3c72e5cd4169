"""The unified social credit code (统一社会信用代码) and its check character, GB 32100-2015."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters a code may have: digits and capitals without I, O, S, V, Z."""

LENGTH = 18


def check_character(body: str) -> str:
    """The 18th character for the first 17.

    Each character's value (0–30) is multiplied by 3 to the power of its place modulo 31; the check
    value makes the sum a multiple of 31.

    Raises:
        ValueError: Not 17 characters of the alphabet.
    """
    if len(body) != LENGTH - 1 or any(character not in ALPHABET for character in body):
        message = "a code's body has 17 characters of the alphabet"
        raise ValueError(message)
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return ALPHABET[-total % 31]


def normalised(text: str) -> str:
    """A code as typed, without white space and in capitals."""
    return "".join(text.split()).upper()


def is_valid(code: str) -> bool:
    """Whether a normalised code has the right length, characters and check character."""
    return (
        len(code) == LENGTH
        and all(character in ALPHABET for character in code)
        and check_character(code[:-1]) == code[-1]
    )
