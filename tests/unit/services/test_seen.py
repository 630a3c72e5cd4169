"""What this computer has seen of a vault: older, newer, another; and nothing that tells of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.vaults import PASSPHRASE, QUICK, new_session

from tsguard.services.seen import Comparison, SeenStates, Standing, sentence
from tsguard.services.session import Session

LINEAGE = "0123456789ab"
AT = datetime(2026, 11, 23, 4, 5, tzinfo=UTC)


def head(number: int) -> str:
    return f"{number:064x}"


@pytest.mark.parametrize(
    ("length", "entry", "at_that_time", "expected"),
    [
        (5, 5, 0, Comparison(Standing.UNCHANGED, 0, AT)),
        (9, 9, 5, Comparison(Standing.NEWER, 0, AT)),
        (3, 3, 0, Comparison(Standing.OLDER, 2, AT)),
        (5, 77, 0, Comparison(Standing.DIVERGED, 0, AT)),
        (9, 9, 77, Comparison(Standing.DIVERGED, 0, AT)),
    ],
)
def test_states(tmp_path, length, entry, at_that_time, expected):
    states = SeenStates(tmp_path / "settings.json")
    assert states.compare(LINEAGE, head(5), 5).standing is Standing.UNKNOWN
    states.note(LINEAGE, head(5), 5, AT)
    assert states.compare(LINEAGE, head(entry), length, lambda _number: head(at_that_time)) == expected
    assert states.compare("f" * 12, head(entry), length).standing is Standing.UNKNOWN


def test_a_vault_put_back_is_noticed_and_told_in_one_sentence(tmp_path):
    states = SeenStates(tmp_path / "settings.json")
    session = new_session(tmp_path, "XIC")
    path = session.path
    session.close()
    old = path.read_bytes()
    session = Session.open(path, PASSPHRASE, profiles=QUICK)
    session.remember_place("results")
    file = session.file
    states.note(file.lineage, file.journal_head, file.info().journal_entries)
    session.close()
    path.write_bytes(old)
    session = Session.open(path, PASSPHRASE, profiles=QUICK)
    file = session.file
    found = states.compare(file.lineage, file.journal_head, file.info().journal_entries, file.entry_hash)
    assert (found.standing, found.missing) == (Standing.OLDER, 1)
    assert "少1条改动" in sentence(found)
    assert session.path.name not in (tmp_path / "seen.json").read_text()
    assert file.journal_head not in (tmp_path / "seen.json").read_text()
    session.close()


def test_nothing_to_say_about_what_is_as_expected():
    for standing in (Standing.UNKNOWN, Standing.UNCHANGED, Standing.NEWER):
        assert sentence(Comparison(standing, 0, AT)) == ""
    assert sentence(Comparison(Standing.DIVERGED, 0, AT))


def test_switched_off_it_writes_and_knows_nothing(tmp_path):
    SeenStates(tmp_path / "settings.json").note(LINEAGE, head(5), 5, AT)
    off = SeenStates(tmp_path / "settings.json", on=False)
    assert off.compare(LINEAGE, head(4), 4).standing is Standing.UNKNOWN
    off.forget()
    assert not (tmp_path / "seen.json").exists()
    off.note(LINEAGE, head(5), 5)
    assert not (tmp_path / "seen.json").exists()


def test_it_is_bounded(tmp_path):
    states = SeenStates(tmp_path / "settings.json")
    for number in range(230):
        states.note(f"{number:012x}", head(number), 1 + number, AT)
    assert len(json.loads((tmp_path / "seen.json").read_text())["states"]) == 200
    assert states.compare(f"{0:012x}", head(0), 1).standing is Standing.UNKNOWN
    assert states.compare(f"{229:012x}", head(229), 230).standing is Standing.UNCHANGED


_plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(_plain | st.fixed_dictionaries({"states": st.lists(_plain, max_size=3)}) | st.binary(max_size=50))
def test_garbage_is_forgotten(tmp_path_factory, content):
    folder = tmp_path_factory.getbasetemp() / "garbage"
    folder.mkdir(exist_ok=True)
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / "seen.json").write_bytes(raw)
    states = SeenStates(folder / "settings.json")
    assert states.compare(LINEAGE, head(5), 5).standing is Standing.UNKNOWN
    states.note(LINEAGE, head(5), 5)
    assert states.compare(LINEAGE, head(5), 5).standing is Standing.UNCHANGED


def test_a_folder_that_takes_no_file_is_no_error(tmp_path):
    (tmp_path / "file").write_text("")
    states = SeenStates(tmp_path / "file" / "settings.json")
    states.note(LINEAGE, head(5), 5)
    assert states.compare(LINEAGE, head(5), 5).standing is Standing.UNKNOWN
