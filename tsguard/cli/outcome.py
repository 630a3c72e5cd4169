"""What several commands do with an open session in the end: show its scores."""

from __future__ import annotations

from tsguard.cli.terminal import say
from tsguard.services.session import Session


def print_scores(session: Session) -> None:
    """Print a session's score, a line each.

    Raises:
        NothingAssessed: No modules were chosen yet.
    """
    from tsguard.cli.score_text import score_lines  # noqa: PLC0415 - start-up time

    for line in score_lines(session):
        say(line)
