"""What is tried: an installer, a portable copy, and what both must put in place."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from resources.installer.frozen import CONSOLE, WINDOW
from resources.installer.running import Log
from tests.installer.computer import Computer, expect

CHINESE_NAME, ENGLISH_NAME = "商业秘密保护自评", "Trade secret self-assessment"
PROGRAM = f"{CONSOLE}.exe"
WINDOW_PROGRAM = f"{WINDOW}.exe"
UNINSTALLER = "uninstall.exe"
MARK = "portable"
PASSPHRASE = "试装 用的口令 𬭎㵘䶮𠮷 8261"
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Subject:
    """A trial's subject, and the computer it happens on.

    Attributes:
        setup: The installer.
        portable: The zip of the frozen folder; what is in it is what must be installed.
        version: Of the program.
        contents: CRC-32 of every file of the frozen folder by its name, ``/`` between the parts.
        size: Bytes of all of them.
        linux: The command of the same program on this machine.
        source: The command of the same program's source under Windows' Python; empty where there is none.
        computer: Where it happens.
        log: Everything that happens.
        keep: A folder for pictures.
    """

    setup: Path
    portable: Path
    version: str
    contents: dict[str, int] = field(repr=False)
    size: int
    linux: tuple[str | Path, ...]
    source: tuple[str | Path, ...]
    computer: Computer
    log: Log
    keep: Path

    # --- places -----------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The program's name in the computer's language."""
        return CHINESE_NAME if self.computer.chinese else ENGLISH_NAME

    @property
    def folder(self) -> Path:
        """Where it is installed unless told otherwise."""
        return self.computer.local / "Programs" / "tsguard"

    @property
    def own(self) -> Path:
        """Where the program keeps what is its own."""
        return self.computer.local / "tsguard"

    @property
    def work(self) -> Path:
        """The person's folder."""
        return self.computer.profile / "保密办 文件"

    @property
    def vault(self) -> Path:
        """The person's vault."""
        return self.work / "恒通 㵘.tsg"

    @property
    def passphrase(self) -> Path:
        """The file that holds the vault's passphrase."""
        return self.work / "口令.txt"

    # --- acts -------------------------------------------------------------------------------------

    def tsguard(self, folder: Path, *words: str) -> str:
        """Run a command of the program in a folder."""
        return self.computer.run(folder / PROGRAM, *words)

    def make_vault(self, folder: Path) -> None:
        """Make the person's vault and a backup of it with the program in a folder."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()
        self.passphrase.write_text(PASSPHRASE, encoding="utf-8")
        place = self.computer.place
        secret = ("--passphrase-file", place(self.passphrase))
        self.tsguard(folder, "vault", "new", place(self.vault), "--name", "恒通精密 㵘", *secret)
        self.tsguard(folder, "vault", "backup", place(self.vault), *secret)

    def open_vault(self, folder: Path) -> None:
        """Open the person's vault with the program in a folder."""
        place = self.computer.place
        secret = ("--passphrase-file", place(self.passphrase))
        said = self.tsguard(folder, "vault", "info", place(self.vault), *secret)
        expect("恒通精密 㵘" in said, "the vault opens and says whose it is", said.strip())

    def persons(self) -> dict[str, str]:
        """SHA-256 of everything that is the person's: vault, settings, backups."""
        found = {}
        for folder in (self.work, self.own):
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    found[str(path.relative_to(self.computer.profile))] = digest(path)
        return found

    def expect_persons(self, before: dict[str, str]) -> None:
        """Nothing of the person's has changed."""
        after = self.persons()
        expect(after == before, "the person's files as they were", _apart(before, after))

    def expect_whole(self, folder: Path, more: Iterable[str] = (UNINSTALLER,)) -> None:
        """A folder holds the frozen program, and nothing but what is named beside it."""
        found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        others = set(more)
        missing = sorted((self.contents.keys() | others) - found.keys())
        foreign = sorted(found.keys() - self.contents.keys() - others)
        wrong = sorted(
            name
            for name in self.contents.keys() & found.keys()
            if checksum(found[name]) != self.contents[name]
        )
        expected = f"the {len(self.contents)} files of the frozen folder and {', '.join(sorted(others))}"
        expect(
            not (missing or foreign or wrong),
            expected,
            f"missing {missing[:5]}, foreign {foreign[:5]}, changed {wrong[:5]}",
        )

    def expect_nothing(self) -> None:
        """Nothing of an installation is left: folder, registry, shortcuts."""
        expect(not self.folder.exists(), "no folder of the program", _names(self.folder))
        keys = sorted(key for key in self.computer.registry() if "tsguard" in key or key.endswith("\\.tsg"))
        expect(not keys, "nothing in the registry", keys)
        expect(not (left := self.computer.shortcuts()), "no shortcut", left)


def contents(portable: Path) -> dict[str, int]:
    """What a portable copy holds beside its mark: CRC-32 by name."""
    with zipfile.ZipFile(portable) as archive:
        found = {
            each.filename.partition("/")[2]: each.CRC for each in archive.infolist() if not each.is_dir()
        }
    expect(MARK in found, f"a file named {MARK} in the portable copy", sorted(found)[:5])
    del found[MARK]
    return found


def unpacked_size(portable: Path) -> int:
    """Bytes of all files in a portable copy."""
    with zipfile.ZipFile(portable) as archive:
        return sum(each.file_size for each in archive.infolist())


def checksum(file: Path) -> int:
    """CRC-32."""
    found = 0
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            found = zlib.crc32(chunk, found)
    return found


def digest(file: Path) -> str:
    """SHA-256."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _apart(before: dict[str, str], after: dict[str, str]) -> str:
    changed = sorted(name for name in before.keys() & after.keys() if before[name] != after[name])
    gone, new = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    return f"changed {changed}, gone {gone}, new {new}"


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))[:10]
