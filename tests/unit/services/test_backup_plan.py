"""Which backups stay: worked examples, and what holds for any list of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsguard.services.backup_plan import Backup, Reason, keep

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # a Monday
PAGE = 4096


def backup(
    when: datetime,
    reason: Reason = Reason.AUTOMATIC,
    *,
    key: str = "aaaaaaaa",
    pages: int = 1,
    name: str = "",
) -> Backup:
    path = Path(name or f"/b/{when:%Y-%m-%d %H%M%S} {reason.name} {key}.tsg")
    return Backup(path, "企业", "0" * 12, when, reason, pages * PAGE, key)


def before(*, days: float = 0, hours: float = 0) -> datetime:
    return NOW - timedelta(days=days, hours=hours)


def kept_days(backups: list[Backup]) -> list[str]:
    return [f"{each.when:%m-%d %H}" for each in keep(backups, backup(NOW)).kept]


WORKED = [
    ("nothing else", [], ["11-23 18"]),
    (
        "four of one day: the last three",
        [before(hours=1), before(hours=2), before(hours=3)],
        ["11-23 18", "11-23 17", "11-23 16"],
    ),
    (
        "twice a day: the last three, then the later one of each day",
        [before(days=day, hours=hour) for day in range(1, 4) for hour in (0, 5)],
        ["11-23 18", "11-22 18", "11-22 13", "11-21 18", "11-20 18"],
    ),
    (
        "daily for three weeks: seven days, then the last day of each week, and of each month",
        [before(days=day) for day in range(1, 24)],
        [
            *("11-23 18", "11-22 18", "11-21 18", "11-20 18", "11-19 18", "11-18 18", "11-17 18"),
            *("11-15 18", "11-08 18", "10-31 18"),
        ],
    ),
    (
        "after a year's pause what there was before stays by day",
        [before(days=400 + day) for day in range(3)],
        ["11-23 18", "10-19 18", "10-18 18", "10-17 18"],
    ),
]


@pytest.mark.parametrize(("case", "others", "kept"), WORKED, ids=[each[0] for each in WORKED])
def test_worked_examples(case: str, others: list[datetime], kept: list[str]) -> None:
    assert kept_days([backup(when) for when in others]) == kept, case


def test_what_was_made_for_a_reason_outlives_a_busy_day() -> None:
    special = backup(before(hours=9), Reason.BEFORE_RESTORE)
    busy = [backup(before(hours=hour)) for hour in range(1, 9)]
    kept = keep([special, *busy], backup(NOW)).kept
    assert special in kept
    assert len(kept) == 4


def test_another_key_is_left_alone_and_takes_nobodys_place() -> None:
    old = [backup(before(hours=hour), key="bbbbbbbb") for hour in range(1, 30)]
    ours = [backup(before(hours=hour)) for hour in range(1, 5)]
    found = keep([*old, *ours], backup(NOW), budget=1)
    assert set(old) <= set(found.kept)
    assert set(found.dropped) <= set(ours)


def test_what_is_no_sound_vault_is_left_alone() -> None:
    cut = Backup(Path("/b/cut.tsg"), "企业", "0" * 12, before(days=999), Reason.AUTOMATIC, 100, "aaaaaaaa")
    unread = backup(before(days=998), key="")
    assert {cut, unread} <= set(keep([cut, unread], backup(NOW), budget=0).kept)


def test_the_budget_takes_the_oldest_first_and_never_the_newest_two() -> None:
    others = [backup(before(days=day), pages=10) for day in range(1, 6)]
    new = backup(NOW, pages=10)
    assert [each.when.day for each in keep(others, new, budget=40 * PAGE).kept] == [23, 22, 21, 20]
    assert [each.when.day for each in keep(others, new, budget=0).kept] == [23, 22]


def test_a_clock_that_went_back_takes_nothing_away() -> None:
    others = [backup(before(hours=hour)) for hour in range(1, 40)]
    new = backup(datetime(1980, 1, 4, tzinfo=UTC))
    assert not keep(others, new).dropped


def test_a_clock_that_was_ahead_once_costs_no_more_than_one_period() -> None:
    others = [backup(before(days=day)) for day in range(7)]
    ahead = backup(datetime(2033, 1, 1, tzinfo=UTC))
    assert len(keep(others, ahead).dropped) <= 1
    back = backup(NOW + timedelta(hours=1))
    assert ahead in keep([*others, ahead], back).kept


moments = st.integers(-10_000_000, 60_000_000).map(lambda seconds: NOW - timedelta(seconds=seconds))


@st.composite
def lists(draw: st.DrawFn) -> list[Backup]:
    made = draw(
        st.lists(
            st.tuples(
                moments,
                st.sampled_from(list(Reason)),
                st.sampled_from(["aaaaaaaa", "bbbbbbbb", ""]),
                st.integers(0, 50),
            ),
            max_size=60,
        )
    )
    return [
        backup(when, reason, key=key, pages=pages, name=f"/b/{number}.tsg")
        for number, (when, reason, key, pages) in enumerate(made)
    ]


@given(lists(), st.integers(0, 300 * PAGE))
def test_what_always_holds(others: list[Backup], budget: int) -> None:
    new = backup(NOW, pages=3)
    found = keep(others, new, budget=budget)
    assert new in found.kept
    assert set(found.kept) | set(found.dropped) == {new, *others}
    assert not set(found.kept) & set(found.dropped)
    for gone in found.dropped:
        assert gone.sound
        assert gone.key_id == new.key_id
        assert gone.when <= new.when
    ours = [each for each in found.kept if each.sound and each.key_id == new.key_id]
    thinned = [each for each in others if each.sound and each.key_id == new.key_id]
    assert len(ours) >= min(2, 1 + len(thinned))
    left = [each for each in ours if each.when <= new.when]
    assert len(left) <= 2 or sum(each.size for each in ours) <= budget
    assert len(left) <= 3 + 3 * len(Reason) + 7 + 4 + 12


@given(lists())
def test_thinning_twice_is_thinning_once(others: list[Backup]) -> None:
    new = backup(NOW, pages=3)
    kept = keep(others, new).kept
    assert keep(kept, new).kept == kept


@given(lists())
def test_of_what_there_is_the_newest_ones_stay(others: list[Backup]) -> None:
    new = backup(NOW, pages=3)
    found = keep(others, new, budget=10**12)
    thinned = sorted(
        (each for each in others if each.sound and each.key_id == new.key_id and each.when <= NOW),
        key=lambda each: (each.when, str(each.path)),
        reverse=True,
    )
    assert set(thinned[:2]) <= set(found.kept)
