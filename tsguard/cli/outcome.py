"""What several commands do with an open session in the end: show its scores, write its report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tsguard.cli.progress import progress
from tsguard.cli.terminal import say
from tsguard.domain.disclosure import Level
from tsguard.domain.words import level_word
from tsguard.i18n import _
from tsguard.services.explain import size_text
from tsguard.services.session import Session


def print_scores(session: Session) -> None:
    """Print a session's score, a line each.

    Raises:
        NothingAssessed: No modules were chosen yet.
    """
    from tsguard.cli.score_text import score_lines  # noqa: PLC0415 - start-up time

    for line in score_lines(session):
        say(line)


def write_report(session: Session, level: Level, target: Path, on: date) -> None:
    """Write a session's report as PDF and say where it is.

    Raises:
        TSGuardError: The report can't be made or written.
    """
    from tsguard.services.export import export_report  # noqa: PLC0415 - start-up time

    with progress(_("导出{level}").format(level=level_word(level))) as report:
        written = export_report(session.snapshot(), level, target, on=on, progress=report)
    say(
        _("{level}：{path}（{pages}页，{size}，SHA-256 {sha256}）").format(
            level=level_word(level),
            path=written.path,
            pages=written.pages,
            size=size_text(written.size),
            sha256=written.sha256,
        )
    )
