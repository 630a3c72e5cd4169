"""The code for paper: every slip a person makes is found, and nothing of the code stands in an error."""

import hashlib
import inspect
import itertools
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsguard.domain import recovery_code
from tsguard.domain.recovery_code import (
    ALPHABET,
    GROUP_LENGTH,
    GROUPS,
    KEY_LENGTH,
    check_group,
    decode,
    encode,
    groups_in,
)
from tsguard.errors import RecoveryCodeWrong

KEY = bytes(range(32))
EXAMPLE = "00020A G30G25 GC1R8V 1450PV 30D1RW 7H048C J2CA11 A5GQ3M 0CHM6E RW3MF9 1Y3KCJ"
keys = st.binary(min_size=KEY_LENGTH, max_size=KEY_LENGTH)
places = st.integers(1, GROUPS)


def refused(text):
    with pytest.raises(RecoveryCodeWrong) as caught:
        decode(text)
    return caught.value


def by_the_book(key, version=0, groups=GROUPS):
    """A code made from the words of the module's docstring alone, with tables instead of shifts."""
    powers = [1]
    while len(powers) < 31:
        powers.append((powers[-1] << 1) ^ (37 if powers[-1] & 16 else 0))
    times = [[0] * 32 for _ in range(32)]
    for one, other in itertools.product(range(31), repeat=2):
        times[powers[one]][powers[other]] = powers[(one + other) % 31]
    digest = hashlib.sha256(b"tsguard recovery code" + bytes([version]) + key).digest()
    bits = f"{version:03b}" + "".join(f"{byte:08b}" for byte in key) + "".join(f"{b:08b}" for b in digest[:2])
    bits = bits[: groups * 25].ljust(groups * 25, "0")
    values = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    code = []
    for number in range(1, groups + 1):
        group = values[5 * number - 5 : 5 * number]
        check = powers[number % 31]
        for power, value in zip((5, 4, 3, 2, 1), group, strict=True):
            check ^= times[value][powers[power]]
        code.append("".join(ALPHABET[value] for value in (*group, check)))
    return tuple(code)


# --- the format is a promise ------------------------------------------------------------------------


def test_the_example_of_the_format():
    assert encode(KEY) == tuple(EXAMPLE.split())
    assert decode(EXAMPLE) == KEY
    documented = inspect.getdoc(recovery_code).rpartition("::")[2].split()
    assert tuple(documented) == encode(KEY)


def test_the_alphabet_has_no_letter_that_looks_like_a_digit():
    assert len(set(ALPHABET)) == len(ALPHABET) == 32
    assert not set(ALPHABET) & set("ILOU")


@given(keys)
def test_every_key_comes_back_and_follows_the_description(key):
    code = encode(key)
    assert [len(group) for group in code] == [GROUP_LENGTH] * GROUPS
    assert code == by_the_book(key)
    assert decode("".join(code)) == key
    assert all(check_group(group, number) for number, group in enumerate(code, 1))


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_another_length_is_a_bug(length):
    with pytest.raises(ValueError, match="32 bytes"):
        encode(bytes(length))


# --- slips ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(1, GROUPS + 1))
def test_every_single_wrong_character_is_found(number):
    code = list(encode(KEY))
    group = code[number - 1]
    for place, other in itertools.product(range(GROUP_LENGTH), ALPHABET):
        changed = group[:place] + other + group[place + 1 :]
        assert check_group(changed, number) == (changed == group)
        if changed != group:
            error = refused(" ".join([*code[: number - 1], changed, *code[number:]]))
            assert (error.groups, error.found, error.newer) == ((number,), GROUPS, False)


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(range(GROUP_LENGTH), 2)])
def test_every_swap_of_two_characters_in_a_group_is_found(one, other):
    """Every pair of values at every pair of places, neighbours and the check character among them.

    A third place stays 0: what stands there adds the same to both groups, so it is enough to try one value.
    """
    number = one + other
    for value, second in itertools.product(ALPHABET, repeat=2):
        five = ["0"] * 5
        five[one] = value
        # With the check character, a place between makes it take every value.
        five[other if other < 5 else (one + 1) % 5] = second
        group = closed("".join(five), number)
        characters = list(group)
        characters[one], characters[other] = group[other], group[one]
        swapped = "".join(characters)
        assert check_group(group, number)
        assert check_group(swapped, number) == (swapped == group)


def closed(five, number):
    """Five characters with the check character that makes them right at a place."""
    value = recovery_code._check_value([ALPHABET.index(each) for each in five], number)
    return five + ALPHABET[value]


@given(keys, places, st.integers(0, GROUP_LENGTH - 2))
def test_two_neighbours_swapped_are_named(key, number, place):
    code = list(encode(key))
    group = code[number - 1]
    swapped = group[:place] + group[place + 1] + group[place] + group[place + 2 :]
    code[number - 1] = swapped
    if swapped == group:
        assert decode(" ".join(code)) == key
    else:
        assert refused(" ".join(code)).groups == (number,)


@given(keys, places, places)
def test_a_group_fits_no_other_place(key, number, other):
    code = list(encode(key))
    assert check_group(code[number - 1], other) == (number == other)
    code[number - 1], code[other - 1] = code[other - 1], code[number - 1]
    if number != other:
        assert refused("-".join(code)).groups == tuple(sorted((number, other)))


@given(keys, st.dictionaries(places, st.integers(0, 5), min_size=1))
def test_all_wrong_groups_are_named_together(key, slips):
    code = list(encode(key))
    for number, place in slips.items():
        group = code[number - 1]
        wrong = ALPHABET[ALPHABET.index(group[place]) ^ 1]
        code[number - 1] = group[:place] + wrong + group[place + 1 :]
    assert refused(" ".join(code)).groups == tuple(sorted(slips))


@given(keys, places, st.sampled_from(["U", "*", "码", "é", "\u0301", "\ud800", "Ⓤ"]), st.integers(0, 5))
def test_a_foreign_character_is_wrong_in_its_group(key, number, foreign, place):
    code = list(encode(key))
    code[number - 1] = code[number - 1][:place] + foreign + code[number - 1][place + 1 :]
    assert refused(" ".join(code)).groups == (number,)


@given(keys, keys, places)
def test_groups_of_two_codes_belong_together_wrong(key, other, number):
    """Each fits its place, so none can be named; the checksum finds what the groups can't."""
    mixed = [*encode(key)[:number], *encode(other)[number:]]
    if mixed not in (list(encode(key)), list(encode(other))):
        error = refused(" ".join(mixed))
        assert (error.groups, error.found, error.newer) == ((), GROUPS, False)


# --- too few and too many ---------------------------------------------------------------------------


@given(keys, places)
def test_a_lost_group_is_told_with_where_it_is_missing(key, number):
    code = list(encode(key))
    del code[number - 1]
    error = refused(" ".join(code))
    assert error.found == GROUPS - 1
    assert error.groups == tuple(range(number, GROUPS))


@given(keys, places)
def test_a_doubled_group_is_told(key, number):
    code = list(encode(key))
    code.insert(number, code[number - 1])
    error = refused(" ".join(code))
    assert error.found == GROUPS + 1
    assert error.groups == tuple(range(number + 1, GROUPS + 1))


@given(keys, places, st.booleans())
def test_a_lost_or_doubled_character_spoils_its_group_only(key, number, lost):
    code = list(encode(key))
    code[number - 1] = code[number - 1][1:] if lost else code[number - 1][:1] + code[number - 1]
    error = refused(" ".join(code))
    assert (error.groups, error.found) == ((number,), GROUPS)


def test_a_lost_character_in_an_undivided_code_spoils_all_behind_it():
    text = "".join(encode(KEY))
    error = refused(text[:20] + text[21:])
    assert error.found == GROUPS
    assert error.groups[0] == 4
    assert error.groups[-1] == 11


@pytest.mark.parametrize(("text", "found"), [("", 0), (" -\n", 0), ("0", 1), ("口令", 1), ("A " * 40, 40)])
def test_what_is_no_code_at_all(text, found):
    error = refused(text)
    assert error.found == found
    assert error.groups == tuple(range(1, min(found, GROUPS) + 1))
    assert not error.newer


# --- forgiven ---------------------------------------------------------------------------------------

_DIVIDERS = [
    " ",
    "-",
    "\n",
    "\r\n",
    "\t",
    "\u3000",
    "\u2003",
    "–",
    "—",
    "——",
    "－",
    "\u2011",
    "\u2212",
    " - ",
]


@given(keys, st.lists(st.sampled_from(_DIVIDERS), min_size=12, max_size=12))
def test_any_space_and_dash_divides_groups(key, dividers):
    text = dividers[-1] + "".join(
        group + divider for group, divider in zip(encode(key), dividers[:-1], strict=True)
    )
    assert groups_in(text) == encode(key)
    assert decode(text) == key


@given(keys, st.data())
def test_small_full_width_and_look_alike_characters(key, data):
    text = " ".join(encode(key))
    shapes = {
        character: sorted(
            {character, character.lower(), chr(ord(character) + 0xFEE0), chr(ord(character.lower()) + 0xFEE0)}
            | set({"0": "OoＯｏ", "1": "IiLlＩｌ"}.get(character, ""))
        )
        for character in ALPHABET
    }
    typed = "".join(data.draw(st.sampled_from(shapes.get(each, [each, "\u3000"]))) for each in text)
    assert decode(typed) == key


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 12, 18, 24, 30, 33, 66])
def test_parts_of_other_lengths_and_invisible_characters(length):
    text = "".join(encode(KEY))
    parts = "\u200b \ufeff".join(text[at : at + length] for at in range(0, len(text), length))
    assert decode(parts) == KEY


def test_letters_that_only_look_like_capitals_after_case_folding_stay_foreign():
    """``ß`` becomes SS and a dotless ``ı`` becomes I in capitals; neither is on the paper."""
    for foreign in "ßı":
        assert check_group(f"0002{foreign}A", 1) is False


# --- a group while it is typed ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number", "right"),
    [
        ("", 1, None),
        ("0", 1, None),
        ("0002", 1, None),
        ("00020", 1, None),
        ("00020A", 1, True),
        (" ooo2oa ", 1, True),
        ("000 20A", 1, True),
        ("００020a", 1, True),
        ("00020A", 2, False),
        ("00020B", 1, False),
        ("00020A0", 1, False),
        ("00U", 1, False),
        ("口", 1, False),
    ],
)
def test_a_group_while_it_is_typed(typed, number, right):
    assert check_group(typed, number) is right


# --- newer, hostile, secret -------------------------------------------------------------------------


@pytest.mark.parametrize("version", range(1, 8))
@pytest.mark.parametrize("groups", [1, 11, 14, 31])
def test_a_newer_version_says_so(version, groups):
    error = refused(" ".join(by_the_book(KEY, version, groups)))
    assert (error.groups, error.found, error.newer) == ((), groups, True)


def test_a_slip_in_a_code_of_a_newer_version_is_a_slip():
    code = list(by_the_book(KEY, 1))
    code[4] = code[3]
    assert (refused(" ".join(code)).groups, refused(" ".join(code)).newer) == ((5,), False)


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_any_other_text_is_refused(text):
    error = refused(text)
    assert all(1 <= number <= GROUPS for number in error.groups)
    assert error.groups or error.found != GROUPS


@pytest.mark.parametrize("text", ["A" * 1_000_000, "\u0301\u0328" * 100_000, "A " * 300_000, "ﷺ" * 100_000])
def test_a_huge_text_is_refused_soon(text):
    started = time.perf_counter()
    assert len(refused(text).groups) in {1, GROUPS}
    assert time.perf_counter() - started < 10


@given(keys, places)
def test_no_character_of_the_code_stands_in_an_error(key, number):
    code = list(encode(key))
    code[number - 1] = code[number - 1][::-1] + "X"
    error = refused(" ".join(code))
    for told in (str(error), repr(error), repr(error.facts)):
        assert not re.search(r"[0-9A-Z]{5,}", told)
        assert not any(group in told for group in code)
    assert error.__cause__ is None
