"""The sample company as a real vault: what ``tsguard demo`` and 看示例 open."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from tsguard import assets
from tsguard.content.samples import load_sample
from tsguard.errors import StorageError, patience
from tsguard.services.cabinet import filed
from tsguard.services.content import came_with_program
from tsguard.services.session import Session, local_today
from tsguard.store.kdf import PROFILES, KdfProfile

SAMPLE = "shixin"


def sample_title() -> str:
    """The sample company's name, marked 示例."""
    return load_sample(_file()).title


def create_sample(
    path: Path,
    passphrase: str,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    today: Callable[[], date] = local_today,
    profiles: Mapping[int, KdfProfile] = PROFILES,
) -> Session:
    """Make a vault of the sample company, answered and with its evidence.

    Args:
        path: The new vault's file.
        passphrase: Its passphrase.
        progress: Called with steps done and steps in all.
        today: The day that overdue is counted from.
        profiles: KDF profiles; tests pass cheap ones.

    Raises:
        As ``Session.create``; a vault that could not be filled is removed again.
    """
    sample = load_sample(_file())
    shelf = came_with_program()
    programme = shelf.programme(sample.programme)
    asked = {field.ask: field for field in programme.fields() if field.ask}
    parts = (sample.evidence, sample.secret_points, sample.rectifications, sample.answers)
    total = sum(map(len, parts)) + 1
    session = Session.create(path, passphrase, sample.enterprise, today=today, profiles=profiles)
    try:
        session.choose(
            sample.modules,
            shelf.freeze(sample.modules),
            programme,
            title=sample.assessment_title,
            baseline=sample.baseline,
        )
        for name, value in sample.form:
            session.form.put(asked[name], value)
        done = 1
        for each in sample.evidence:
            evidence = each.evidence
            if each.file:
                stored = session.cabinet.store_file(each.file)
                evidence = filed(evidence, each.file, stored)
            session.cabinet.add(evidence)
            progress(done := done + 1, total)
        for point in sample.secret_points:
            session.points.add(point)
            progress(done := done + 1, total)
        for task in sample.rectifications:
            session.rectifications.add(task)
            progress(done := done + 1, total)
        for answer in sample.answers:
            session.put_answer(answer)
            progress(done := done + 1, total)
    except BaseException:
        with contextlib.suppress(StorageError):
            session.close()
        # On a full disk the log could not be written back and lies beside it.
        for leftover in (path, path.with_name(f"{path.name}-wal")):
            with contextlib.suppress(OSError):
                patience.remove(leftover, missing_ok=True)
        raise
    return session


def _file() -> Path:
    return assets.resources() / "samples" / SAMPLE / "sample.yaml"
