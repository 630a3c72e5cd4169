"""Everything that is wrong with a vault, found in a private copy of it.

Pages, journal, records, frozen texts and contents of files, each to its end rather than to its first fault.
It must not change anything, nor open the vault's own file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tsguard.errors import VaultNewer, WrongPassphrase
from tsguard.store import header, migrations, unlocking
from tsguard.store.audit import ChainFault
from tsguard.store.driver import PAGE_SIZE, guarded
from tsguard.store.gathering import gather
from tsguard.store.header import Header
from tsguard.store.kdf import KdfProfile
from tsguard.store.pages import PageCheck
from tsguard.store.raw_pages import RawPages
from tsguard.store.remains import RecordFault, Remains
from tsguard.store.secret import RawKey, Secret
from tsguard.store.specimen import LogState, Specimen
from tsguard.store.telling import Progress

MOST_LISTED = 500
"""Of each kind of fault; beyond that only their number is told."""


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A record that is not in its table as it should be.

    Attributes:
        kind: As the journal calls it.
        key: Likewise.
        fault: What is wrong.
    """

    kind: str
    key: str
    fault: RecordFault


@dataclass(frozen=True, slots=True)
class Damage:
    """What was found.

    Attributes:
        path: The vault.
        size: Bytes of the file as it lies there.
        pages: How many it has with its log.
        bad_pages: Numbers of the damaged ones, counted from 1, at most ``MOST_LISTED``.
        bad_page_count: How many there are.
        bad_tables: Whose pages they are, with their numbers; "" where nobody can tell.
        unread: How many of them the disk would not give.
        cut: Whether the file's length is none that a vault can have.
        log: What its log held.
        entries: Readable journal entries.
        length: Number of the newest of them.
        head: Its hash, "" where there is none.
        first_hash: Hash of the first entry; "" where nobody can tell.
        chain: Faults of the journal, at most ``MOST_LISTED``.
        missing_entries: Entries known to be lost.
        tail_lost: Whether newer ones may be lost, nobody knows how many.
        records: How many can be told, by kind.
        broken: Records that are not in their tables as they should be, at most ``MOST_LISTED``.
        broken_count: How many there are.
        frozen_lost: Frozen texts that an assessment names and that are not there.
    """

    path: Path
    size: int
    pages: int
    bad_pages: tuple[int, ...]
    bad_page_count: int
    bad_tables: tuple[tuple[str, int], ...]
    unread: int
    cut: bool
    log: LogState
    entries: int
    length: int
    head: str
    first_hash: str
    chain: tuple[ChainFault, ...]
    missing_entries: int
    tail_lost: bool
    records: tuple[tuple[str, int], ...]
    broken: tuple[BrokenRecord, ...]
    broken_count: int
    frozen_lost: int

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; contents of files are not looked at here."""
        return not (
            self.bad_page_count
            or self.cut
            or self.log.doubtful
            or self.chain
            or self.tail_lost
            or self.broken_count
            or self.frozen_lost
        )


def header_of(specimen: Specimen, profiles: Mapping[int, KdfProfile]) -> Header:
    """The header of a copied vault.

    Raises:
        NotAVault: It is something else.
        VaultNewer: Of a profile that this program does not know.
        VaultDamaged: A profile number that is never given.
    """
    return header.parse(specimen.path, specimen.salt, profiles, max(profiles))


def key_for(specimen: Specimen, secret: Secret, profiles: Mapping[int, KdfProfile]) -> RawKey:
    """The key, proven by an authentic page, whichever; takes as long as opening does.

    Raises:
        WrongPassphrase: No page is authentic under it, or every single one is damaged.
        NotAVault: It is something else; also ``VaultNewer`` and ``VaultDamaged`` of ``header_of``.
    """
    salt = header_of(specimen, profiles)
    key = unlocking.key_of(secret, salt, profiles)
    check = PageCheck(key.material, salt.salt)
    with guarded(specimen.path), specimen.file.open("rb") as file:
        for number in range(1, specimen.size // PAGE_SIZE + 1):
            if check.authentic(file.read(PAGE_SIZE), number):
                return key
    raise WrongPassphrase(specimen.path)


@contextmanager
def opened(specimen: Specimen, key: RawKey, progress: Progress) -> Iterator[tuple[Damage, Remains]]:
    """Look at a copy; what is left can be read until the end of the block.

    Args:
        specimen: The copy.
        key: Proven.
        progress: Told the work done and all of it: half the pages, half the rows.

    Raises:
        VaultNewer: A newer program's tables; nobody here can judge them.
    """
    with guarded(specimen.path), specimen.file.open("rb") as file:

        def read(offset: int, length: int) -> bytes:
            file.seek(offset)
            return file.read(length)

        check = PageCheck(key.material, specimen.salt)
        bad = list(
            check.damaged(read, specimen.size, lambda done, total: progress(done * 500 // total, 1000))
        )
        pages = RawPages(read, specimen.size, key.material, frozenset(bad), specimen.path)
        known = len(migrations.MIGRATIONS)
        if pages.version > known:
            raise VaultNewer(specimen.path, pages.version, known)
        remains = gather(pages, lambda done, total: progress(500 + done * 500 // max(total, 1), 1000))
        yield _told(specimen, bad, remains), remains


def _told(specimen: Specimen, bad: list[int], remains: Remains) -> Damage:
    owners = Counter(remains.pages.owners.get(number, "") for number in bad)
    broken = [BrokenRecord(kind, key, fault) for (kind, key), fault in sorted(remains.faults.items())]
    whole = specimen.log.written_back or specimen.log.doubtful
    return Damage(
        path=specimen.path,
        size=specimen.found,
        pages=-(-specimen.size // PAGE_SIZE),
        bad_pages=tuple(bad[:MOST_LISTED]),
        bad_page_count=len(bad),
        bad_tables=tuple(sorted(owners.items())),
        unread=len(specimen.unread),
        cut=bool(specimen.found % PAGE_SIZE and not whole) or remains.pages.cut,
        log=specimen.log,
        entries=len(remains.entries),
        length=remains.length,
        head=remains.head,
        first_hash=remains.first_hash,
        chain=remains.journal_faults[:MOST_LISTED],
        missing_entries=remains.missing_entries,
        tail_lost=remains.tail_lost,
        records=tuple(sorted(Counter(kind for kind, _key in remains.records).items())),
        broken=tuple(broken[:MOST_LISTED]),
        broken_count=len(broken),
        frozen_lost=len(remains.frozen_lost),
    )
