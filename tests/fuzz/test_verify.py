"""Verifying reads files from anywhere: an answer or a typed error, never whole where a byte is other."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.certificates import CERTIFICATE_PASSPHRASE, make_pkcs12
from unit.report.conftest import make_document, make_snapshot

from tsguard.domain.disclosure import Level
from tsguard.report.locking import locked_copy
from tsguard.report.pdf import render
from tsguard.report.signing import sign
from tsguard.services.verify import Outcome, verify
from tsguard.services.verify_words import finding_words, outcome_words, signature_words

MOST_SECONDS = 20.0
PASSPHRASE = "回形针-correct-horse"


@dataclass
class Files:
    """One report in its three forms."""

    plain: bytes
    signed: bytes
    locked: bytes


@pytest.fixture(scope="module")
def files() -> Files:
    plain = render(make_document(make_snapshot(), Level.SUBMISSION)).data
    return Files(plain, sign(plain, make_pkcs12(), CERTIFICATE_PASSPHRASE), locked_copy(plain, PASSPHRASE))


def looked_at(data: bytes, passphrase: str | None = None) -> Outcome:
    start = time.monotonic()
    found = verify(data, passphrase=passphrase, issued=())
    assert time.monotonic() - start < MOST_SECONDS
    assert all(finding_words(each) for each in found.findings)
    assert all(signature_words(each) for each in found.signatures)
    assert outcome_words(found.outcome)
    return found.outcome


def mutated(data: bytes, changes: list[tuple[int, int]], cut: int, inserted: bytes) -> bytes:
    made = bytearray(data)
    for at, value in changes:
        made[at % len(made)] = value
    if inserted:
        where = changes[0][0] % len(made) if changes else len(made)
        made[where:where] = inserted
    return bytes(made[: len(made) - cut % len(made)] if cut else made)


changes = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=6)
cuts = st.just(0) | st.integers(0, 10**6)
insertions = st.just(b"") | st.binary(max_size=60)


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=3000), st.booleans())
def test_any_bytes(data: bytes, pdf: bool) -> None:
    assert looked_at(b"%PDF-1.7\n" + data if pdf else data) is not Outcome.WHOLE


@settings(max_examples=80, deadline=None)
@given(changes, cuts, insertions, st.sampled_from(["plain", "signed", "locked"]))
def test_files_of_ours_mutated(
    files: Files, changes: list[tuple[int, int]], cut: int, inserted: bytes, which: str
) -> None:
    data: bytes = getattr(files, which)
    made = mutated(data, changes, cut, inserted)
    outcome = looked_at(made, PASSPHRASE if which == "locked" else None)
    assert outcome is not Outcome.WHOLE or made in {data, files.plain}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_words_of_a_pdf_in_other_places(files: Files, draw: st.DataObject) -> None:
    """Numbers and names of the file's own grammar, changed for others of it."""
    tokens = [
        b"/AF",
        b"/EF",
        b"/Root",
        b"/Pages",
        b"/Kids",
        b"/AcroForm",
        b"/Contents",
        b"/Filter",
        b"0 R",
        b"/Length",
    ]
    old, new = draw.draw(st.sampled_from(tokens)), draw.draw(st.sampled_from(tokens))
    count = draw.draw(st.integers(1, 5))
    data = files.signed.replace(old, new, count)
    assert looked_at(data) is not Outcome.WHOLE or data == files.signed
