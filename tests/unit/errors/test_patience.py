"""Files that somebody else holds for a moment: waited for, not for ever, and for nothing else."""

from __future__ import annotations

import errno
import time

import pytest
from support.windows import let_go_after, windows_only

from tsguard.errors import DiskFull, FileHeld, ReadOnly, WriteFailed, from_os, patience
from tsguard.errors.patience import PAUSES, StillHeld, patiently


def refusal(code: int | None, number: int = errno.EACCES) -> OSError:
    """What the system raises; Windows' own code is there on Windows only."""
    error = OSError(number, "no")
    if code is not None:
        error.winerror = code  # type: ignore[attr-defined,unused-ignore]
    return error


class Held:
    """A file that is let go after so many attempts."""

    def __init__(self, attempts: int, error: OSError) -> None:
        self.attempts = 0
        self.error = error
        self._free_after = attempts

    def __call__(self) -> str:
        self.attempts += 1
        if self.attempts <= self._free_after:
            raise self.error
        return "done"


@pytest.mark.parametrize("code", [5, 32, 33])
@pytest.mark.parametrize("attempts", [0, 1, 3, len(PAUSES)])
def test_waited_for(code, attempts):
    waited: list[float] = []
    act = Held(attempts, refusal(code))
    assert patiently(act, pause=waited.append) == "done"
    assert act.attempts == attempts + 1
    assert waited == list(PAUSES[:attempts])


@pytest.mark.parametrize("code", [5, 32, 33])
def test_not_for_ever(code):
    waited: list[float] = []
    act = Held(10**6, refusal(code))
    with pytest.raises(StillHeld) as caught:
        patiently(act, pause=waited.append)
    assert caught.value.__cause__ is act.error
    assert 1.5 < sum(waited) < 2.5
    assert waited == sorted(waited)


@pytest.mark.parametrize(
    "error",
    [refusal(None), refusal(None, errno.ENOENT), refusal(112, errno.ENOSPC), refusal(3, errno.ENOENT)],
    ids=str,
)
def test_nothing_else_is_waited_for(error):
    waited: list[float] = []
    with pytest.raises(OSError, match="no") as caught:
        patiently(Held(1, error), pause=waited.append)
    assert caught.value is error
    assert not waited


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (refusal(32), FileHeld),
        (refusal(33), FileHeld),
        (StillHeld(errno.EACCES, "no"), FileHeld),
        (refusal(5), ReadOnly),
        (refusal(19), ReadOnly),
        (refusal(39, errno.EINVAL), DiskFull),
        (refusal(112, errno.EINVAL), DiskFull),
        (refusal(1295, errno.EINVAL), DiskFull),
        (refusal(None, errno.ENOSPC), DiskFull),
        (refusal(None), ReadOnly),
        (refusal(123, errno.EINVAL), WriteFailed),
    ],
    ids=lambda each: getattr(each, "__name__", repr(each)),
)
def test_what_it_becomes(tmp_path, error, kind):
    assert type(from_os(tmp_path, error)) is kind


def test_a_folder_is_not_waited_for(tmp_path):
    """No waiting makes it a file."""
    target = tmp_path / "文件夹 𬭎"
    target.mkdir()
    (target / "x").touch()
    source = tmp_path / "new"
    source.write_bytes(b"new")
    start = time.monotonic()
    with pytest.raises(OSError, match=r"\S"):
        patience.replace(source, target)
    assert time.monotonic() - start < 1
    assert source.read_bytes() == b"new"


def test_what_is_missing(tmp_path):
    patience.remove(tmp_path / "nothing", missing_ok=True)
    with pytest.raises(FileNotFoundError):
        patience.remove(tmp_path / "nothing")


@pytest.mark.parametrize("step", ["replace", "remove", "rename"])
def test_a_file_that_a_scanner_reads(tmp_path, step):
    old, new, other = tmp_path / "佐证 㵘.pdf", tmp_path / "new", tmp_path / "other"
    old.write_bytes(b"old")
    new.write_bytes(b"new")
    with let_go_after(old, 0.4):
        if step == "replace":
            patience.replace(new, old)
            assert old.read_bytes() == b"new"
        elif step == "remove":
            patience.remove(old)
        else:
            patience.rename(old, other)
            assert other.read_bytes() == b"old"
    assert new.exists() == (step != "replace")
    assert old.exists() == (step == "replace")


@windows_only
@pytest.mark.parametrize("step", ["replace", "remove", "rename"])
def test_a_file_that_is_never_let_go(tmp_path, step):
    old, new = tmp_path / "佐证 䶮.pdf", tmp_path / "new"
    old.write_bytes(b"old")
    new.write_bytes(b"new")
    act = {
        "replace": lambda: patience.replace(new, old),
        "remove": lambda: patience.remove(old),
        "rename": lambda: patience.rename(old, tmp_path / "other"),
    }[step]
    start = time.monotonic()
    with old.open("rb"), pytest.raises(StillHeld) as caught:
        act()
    assert 1.5 < time.monotonic() - start < 10
    assert isinstance(from_os(old, caught.value), FileHeld)
    assert (old.read_bytes(), new.read_bytes()) == (b"old", b"new")
