"""A certificate looked at before it signs."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import pytest
from support.certificates import CERTIFICATE_PASSPHRASE, SIGNER, make_pkcs12
from support.vaults import new_session
from support.windows import needs_pipes
from unit.report.conftest import make_snapshot

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.errors import SigningFault, SigningRefused, Unreadable
from tsguard.services.certificate import look_at_certificate
from tsguard.services.dossier import Order, Signing, make

ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2025, 12, 31), "从2026-01-01起才有效"),
        (date(2026, 1, 1), ""),
        (date(2026, 12, 31), ""),
        (date(2027, 1, 2), "已于2027-01-01到期"),
    ],
)
def test_whether_it_holds_on_that_day(tmp_path: Path, on: date, said: str) -> None:
    file = tmp_path / "证书.p12"
    file.write_bytes(make_pkcs12(starts=datetime(2026, 1, 1), days=365))
    found = look_at_certificate(file, CERTIFICATE_PASSPHRASE, on)
    assert (found.subject, found.issuer) == (SIGNER, "示例证书机构")
    assert said in found.warning
    assert bool(found.warning) == bool(said)


def test_one_that_cannot_sign_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "证书.p12"
    file.write_bytes(make_pkcs12())
    with pytest.raises(SigningRefused) as told:
        look_at_certificate(file, "错的口令", date(2026, 11, 23))
    assert told.value.fault is SigningFault.WRONG_PASSPHRASE


@pytest.mark.parametrize("kind", ["nothing", "folder", pytest.param("pipe", marks=needs_pipes), "open vault"])
def test_one_that_is_no_ordinary_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    """A pipe nobody writes to would be waited for; reading a vault that is open would drop its lock."""
    file = tmp_path / "证书.p12"
    session = None
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "open vault":
        session = new_session(tmp_path, "XIC")
        file = session.file.path
    order = Order(
        (Edition(DocumentKind.METHOD, Level.SUBMISSION),), ON, signing=Signing(file, CERTIFICATE_PASSPHRASE)
    )
    with pytest.raises(Unreadable):
        look_at_certificate(file, CERTIFICATE_PASSPHRASE, ON)
    with pytest.raises(Unreadable):
        make(make_snapshot(), order)
    if session is not None:
        session.close()


def test_a_dossier_asks_for_it_before_anything_is_drawn(tmp_path: Path) -> None:
    session, steps = new_session(tmp_path, "XIC"), list[int]()
    file = tmp_path / "证书 𬭎.p12"
    file.write_bytes(make_pkcs12(days=30))
    edition = Edition(DocumentKind.METHOD, Level.SUBMISSION)

    def order(passphrase: str) -> Order:
        return Order((edition,), ON, signing=Signing(file, passphrase))

    with pytest.raises(SigningRefused):
        make(session.snapshot(), order("错的"), progress=lambda done, _all: steps.append(done))
    assert steps == []
    made = make(session.snapshot(), order(CERTIFICATE_PASSPHRASE))
    assert made.files[0].signed
    assert made.certificate is not None
    assert made.certificate.warning.startswith("证书已于2026-01-31到期")
    session.close()
