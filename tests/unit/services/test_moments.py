"""Moments of every year: a clock that was wrong, or a file of somebody's, may say any."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from tsguard.services.moments import local, moment_text

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))])


@given(st.datetimes(timezones=ZONES))
def test_every_moment_has_words(when):
    assert len(moment_text(when)) >= len("1-11-23 10:15")
    assert local(when) == when


def test_the_wall_clock():
    when = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
    assert moment_text(when) == f"{when.astimezone():%Y-%m-%d %H:%M}"
