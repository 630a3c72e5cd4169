"""Content packs: the publisher's newer checklists in one signed file, looked at, used and put away again.

At most one is used on this computer. Whatever is wrong with a pack, the content used before stays in use.
The signature is checked before anything of a pack is read, and content is read from the very bytes that were
checked, never from the disk again. Nothing here touches a vault: moving one on is asked there.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tsguard import __version__, assets
from tsguard.domain.versions import older
from tsguard.errors import (
    ContentProblem,
    PackFault,
    PackKeyFault,
    PackKeyRefused,
    PackRefused,
    TSGuardError,
    Unreadable,
    from_os,
    patience,
)
from tsguard.services import content

if TYPE_CHECKING:
    from tsguard.content.shelf import Shelf
    from tsguard.exchange.pack_file import Pack
    from tsguard.exchange.pack_signature import PublicKey

T = TypeVar("T")

SUFFIX = ".tsgpack"

_NAME = f"current{SUFFIX}"
_VERSION = re.compile(rb"^version:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
_SPOILT = {
    PackFault.NOT_A_PACK, PackFault.TOO_LARGE, PackFault.CUT_SHORT, PackFault.OTHER_KEY, PackFault.CHANGED,
    PackFault.DAMAGED, PackFault.STRANGE_FILES, PackFault.UNPACKS_TOO_LARGE, PackFault.MANIFEST,
    PackFault.FILES_DIFFER, PackFault.CONTENT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GivenPack:
    """A pack whose signature holds and whose content is sound.

    Attributes:
        path: Its file.
        number: 1 to 999999; a later pack has a higher one.
        day: When it was made.
        publisher: Who made it, as the signed manifest says.
        program: The version of the program that it needs at least.
        fingerprint: The SHA-256 of the publisher's public key, 64 hexadecimal digits.
        sha256: Of the whole file, likewise.
        shelf: Its content.
        data: The bytes that were checked.
    """

    path: Path
    number: int
    day: date
    publisher: str
    program: str
    fingerprint: str
    sha256: str
    shelf: Shelf = field(repr=False)
    data: bytes = field(repr=False)


class Packs:
    """The pack that is used on this computer; a ``ContentSource``.

    Attributes:
        trouble: Why the pack that lies there is not used; None where it is, where there is none, and where
            newer content came with the program. Known once the content was asked for.
    """

    def __init__(
        self,
        folder: Path,
        publisher: Path | None = None,
        *,
        program: str = __version__,
        shipped: Callable[[], Path] = assets.checklists,
    ) -> None:
        """Know where it lies; nothing is read yet.

        Args:
            folder: Where the pack that is used is kept, such as ``services.settings.packs_folder()``.
            publisher: The file of the publisher's public key; the program's own by default.
            program: The version of this program.
            shipped: The folder of the content that came with the program.
        """
        self._folder, self._publisher, self._program, self._shipped = folder, publisher, program, shipped
        self.trouble: TSGuardError | None = None
        self._current: GivenPack | None = None

    @property
    def path(self) -> Path:
        """Where the pack that is used lies, or would."""
        return self._folder / _NAME

    def look(self, path: Path) -> GivenPack:
        """A pack from anywhere, if it may be used; nothing changes.

        Raises:
            PackKeyRefused: The program's own publisher key can't be read.
            PackRefused: It may not; the error says why.
            Unreadable: The operating system does not give us the file.
        """
        pack = self._opened(path)
        self._refuse_older(pack, path)
        return self._given(pack, path, thorough=True)

    def use(self, given: GivenPack) -> None:
        """Use a pack that ``look`` gave, from now on and after each start.

        Raises:
            PackRefused: A newer one is used by now.
            StorageError: The file system said no; what was used stays.
        """
        from tsguard.exchange.pack_file import opened_pack  # noqa: PLC0415 - start-up time
        from tsguard.report.plain_file import replace_plain  # noqa: PLC0415 - start-up time

        self._refuse_older(opened_pack(given.data, self._key(), given.path), given.path)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise from_os(self._folder, error) from error
        replace_plain(self.path, (given.data,), through_links=False)
        self.trouble, self._current = None, replace(given, path=self.path)
        content.renew(self, given.shelf)

    def drop(self) -> bool:
        """Go back to what came with the program; whether there was a pack to put away.

        Raises:
            StorageError: The file system said no; what was used stays.
        """
        there = os.path.lexists(self.path)
        try:
            patience.remove(self.path, missing_ok=True)
        except OSError as error:
            raise from_os(self.path, error) from error
        self.trouble = self._current = None
        content.renew(self, None)
        return there

    @property
    def current(self) -> GivenPack | None:
        """The pack whose content is used, as it was found when the content was last asked for."""
        return self._current

    def glance(self) -> None:
        """Check the signature of the pack that lies there, and no more; ``trouble`` tells what is wrong."""
        if os.path.lexists(self.path):
            self._tried(lambda: self._opened(self.path))

    def used(self) -> GivenPack | None:
        """The pack whose content is used, checked again; None where what came with the program is used.

        What is wrong with the one that lies there is told by ``trouble``; where it is spoilt, it is put aside
        under another name, and nobody is asked about it again.
        """
        self._current = None
        if os.path.lexists(self.path):
            self.trouble = None
            found = self._tried(lambda: self._given(self._opened(self.path), self.path, thorough=False))
            self._current = found
        return self._current

    def _tried(self, act: Callable[[], T]) -> T | None:
        """What an act on the pack that lies there gives; None with ``trouble`` where that one is refused."""
        try:
            return act()
        except PackRefused as error:
            if error.fault is not PackFault.SHIPPED_NEWER:
                self.trouble = error
            if error.fault in _SPOILT:
                self._put_aside()
        except (PackKeyRefused, Unreadable) as error:
            self.trouble = error
        return None

    def shelf(self) -> Shelf | None:
        """The content of the pack that is used; None where what came with the program is used."""
        given = self.used()
        return given.shelf if given else None

    def aside(self) -> tuple[Path, ...]:
        """The packs that were found spoilt and put aside, by name."""
        return tuple(sorted(each for each in self._folder.glob(f"*{SUFFIX}") if each.name != _NAME))

    # --- checking ---------------------------------------------------------------------------------

    def _opened(self, path: Path) -> Pack:
        """A pack of the publisher's that is made for this program."""
        from tsguard.exchange.pack_file import LARGEST_PACK, opened_pack  # noqa: PLC0415 - start-up time
        from tsguard.services.given_file import given_bytes  # noqa: PLC0415 - start-up time

        key = self._key()
        pack = opened_pack(given_bytes(path, LARGEST_PACK), key, path)
        if older(self._program, pack.manifest.program):
            raise PackRefused(path, PackFault.NEWER_PROGRAM, pack.manifest.program, self._program)
        return pack

    def _given(self, pack: Pack, path: Path, *, thorough: bool) -> GivenPack:
        """The pack with its content, where that is sound and not older than what came with the program."""
        came = content.files_of(self._shipped())
        if _outdated(pack.files, pack.manifest.day, came):
            raise PackRefused(path, PackFault.SHIPPED_NEWER, str(pack.manifest.number))
        shelf = _checked(pack, path, came, thorough=thorough)
        said = pack.manifest
        return GivenPack(
            path, said.number, said.day, said.publisher, said.program, pack.key.fingerprint, pack.sha256,
            shelf, pack.data,
        )  # fmt: skip

    def _refuse_older(self, pack: Pack, path: Path) -> None:
        """Refuse a pack that is not newer than the one that lies there, unless it is that very one."""
        if not os.path.lexists(self.path):
            return
        try:
            there = self._opened(self.path)
        except (PackRefused, Unreadable):
            return
        known = there.manifest.number
        if pack.sha256 != there.sha256 and pack.manifest.number <= known:
            fault = PackFault.OLDER if pack.manifest.number < known else PackFault.SAME_NUMBER
            raise PackRefused(path, fault, str(pack.manifest.number), str(known))

    def _key(self) -> PublicKey:
        """The key that counts.

        Raises:
            PackKeyRefused: It can't be read.
        """
        from tsguard.exchange.pack_signature import public_key  # noqa: PLC0415 - start-up time

        path = self._publisher or assets.resources() / "publisher.pub"
        try:
            return public_key(path.read_bytes())
        except (OSError, ValueError) as error:
            raise PackKeyRefused(path, PackKeyFault.NO_PUBLISHER) from error

    def _put_aside(self) -> None:
        """Keep what is spoilt, for whoever looks into it, where it is not read again."""
        with suppress(OSError):
            aside = self._folder / f"aside-{os.urandom(4).hex()}{SUFFIX}"
            patience.replace(self.path, aside)


def unversioned(files: Mapping[str, bytes], before: Mapping[str, bytes]) -> tuple[str, ...]:
    """Names of files that say something else than before under the same version; vaults tell them by it."""
    now, then = _versions(files), _versions(before)
    return tuple(
        name
        for name in sorted(files)
        if name in now and now[name] == then.get(name) and files[name] != before[name]
    )


def _checked(pack: Pack, path: Path, came: Mapping[str, bytes], *, thorough: bool) -> Shelf:
    """The content of a pack; each file that did not come with the program has the pack's number.

    Args:
        pack: The pack.
        path: What an error calls it.
        came: The content that came with the program.
        thorough: Whether wording and fonts are looked at, too, as before its first use.

    Raises:
        PackRefused: Something is wrong with it.
    """
    from tsguard.content.shelf import check  # noqa: PLC0415 - start-up time
    from tsguard.services.printing import unprinted  # noqa: PLC0415 - start-up time

    try:
        shelf, problems = check(pack.files, wording=thorough, unprinted=unprinted if thorough else None)
    except Unreadable as error:
        why = (("why", error.reason),)
        shelf, problems = None, [ContentProblem(error.path.name, 0, "unreadable-file", why)]
    if shelf is None or problems:
        raise PackRefused(path, PackFault.CONTENT, problems=tuple(problems))
    return _stamped(shelf, pack.manifest.number, came)


def _stamped(shelf: Shelf, number: int, came: Mapping[str, bytes]) -> Shelf:
    """The content with the pack's number on what the pack brought."""
    known = {hashlib.sha256(data).hexdigest() for data in came.values()}
    modules = {
        key: each if each.sha256 in known else replace(each, pack=number)
        for key, each in shelf.modules.items()
    }
    programmes = {
        key: each if each.sha256 in known else replace(each, pack=number)
        for key, each in shelf.programmes.items()
    }
    return replace(shelf, modules=modules, programmes=programmes)


def _outdated(files: Mapping[str, bytes], day: date, came: Mapping[str, bytes]) -> bool:
    """Whether what came with the program is newer than a pack.

    It is where any file of it has a newer version, and where it has a file that the pack lacks whose version,
    which is a year and a month, is later than the pack's day: the pack could not know of it.
    """
    ours, made = _versions(came), f"{day.year}.{day.month:02d}"
    theirs = _versions(files)
    return any(older(theirs.get(name, made), version) for name, version in ours.items())


def _versions(files: Mapping[str, bytes]) -> dict[str, str]:
    """The version of each file that says one, by its name."""
    found = {name: _VERSION.search(data) for name, data in files.items()}
    return {name: each[1].decode("ascii", "replace") for name, each in found.items() if each}
