"""The leak guard (泄密自查): every file is read back before it leaves, and compared with what must not leave.

It shows what it found and never lets anything pass by itself. It works on frozen values and on bytes in
memory only, so it may run in another thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from operator import is_
from typing import TYPE_CHECKING, Literal

from tsguard.domain.answers import Assessment
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition, Format
from tsguard.domain.leaks import Hit, Part, Place
from tsguard.domain.protection import ProtectedString, protected_strings, published_types, records_of
from tsguard.domain.snapshot import Snapshot
from tsguard.i18n import _
from tsguard.services.leak_words import place_words, rule_words, source_words, unsought_words
from tsguard.services.own_words import OwnWords

if TYPE_CHECKING:
    from tsguard.domain.checklist import Module
    from tsguard.domain.programme import Programme
    from tsguard.report.guard.passages import Readout
    from tsguard.report.guard.public import Folded, PublicTexts
    from tsguard.services.session import Session

__all__ = [
    "EvidenceReading",
    "LeakGuard",
    "Unread",
    "beyond_snapshot",
    "place_words",
    "protected",
    "protected_in",
    "rule_words",
    "source_words",
    "unsought_words",
]


class Unread(StrEnum):
    """Why nothing of a piece of evidence was read."""

    PICTURE = "picture"
    ILLEGIBLE = "illegible"


@dataclass(frozen=True, slots=True)
class EvidenceReading:
    """What the guard saw of a piece of evidence that is about to be bound in.

    Attributes:
        hits: What it found.
        unread: Why it could read nothing; None where it could.
        mute: Pages, counted from 1, that are pictures, or whose text makes no sense to a program.
    """

    hits: tuple[Hit, ...]
    unread: Unread | None = None
    mute: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        """What a person must look at, since no program has."""
        if self.unread is Unread.PICTURE:
            return _("这件佐证是图片，或是程序不读的格式，请打开看过再装订。")
        if self.unread is Unread.ILLEGIBLE:
            return _("这件佐证加了密码或已损坏，程序读不出文字，请打开看过再装订。")
        if self.mute:
            pages = _("、").join(map(str, self.mute))
            return _("第{pages}页是图片，或文字读不出来，程序没有查，请看过再装订。").format(pages=pages)
        return _("文字已查过；其中的图片、印章和手写内容程序不读，请看过再装订。")


class LeakGuard:
    """The guard of one state of a vault; several files of one dossier share it.

    Args:
        snapshot: The frozen state.
        also: Records that the snapshot lacks, of the kinds in ``domain.protection.KINDS``.
    """

    def __init__(self, snapshot: Snapshot, also: Iterable[object] = ()) -> None:
        from tsguard.report.guard.public import PublicTexts, texts_of  # noqa: PLC0415 - start-up time
        from tsguard.report.guard.search import Needles  # noqa: PLC0415 - start-up time

        self._own = OwnWords(snapshot)
        self._needles = Needles(protected(snapshot, also))
        self._public = PublicTexts(self._needles)
        self._public.add((snapshot.enterprise.name,))
        shipped, own = _content(snapshot.assessment)
        self._public.withhold(texts_of(own))
        self._public.add_later(lambda: _folded(shipped))
        self._told: set[Edition] = set()

    def inspect(
        self,
        data: bytes,
        *,
        format: Format,  # noqa: A002 - the domain's own word
        edition: Edition,
        file_name: str,
        progress: Callable[[int, int], None] = lambda _done, _all: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[Hit, ...]:
        """Read a finished file back and find the vault's protected strings in it.

        Args:
            data: The very bytes that are to be written.
            format: Of the file.
            edition: Which document; of an internal one only what surrounds the content is looked through.
            file_name: What it will be called, without its folder.
            progress: Told the pages read and all pages.
            cancelled: Asked often.

        Returns:
            The hits in reading order, each key once.

        Raises:
            IllegibleFile: The file can't be read back: a bug of what wrote it, never a pass.
            Cancelled: ``cancelled`` said so.
        """
        from tsguard.report.guard.reading import read_back  # noqa: PLC0415 - start-up time

        inside = edition.level is Level.SUBMISSION
        readout = read_back(data, format, file_name, inside=inside, progress=progress, cancelled=cancelled)
        return self.among(readout, edition, cancelled=cancelled)

    def among(
        self, readout: Readout, edition: Edition, *, cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[Hit, ...]:
        """The hits among texts that were read already; otherwise as ``inspect``."""
        from tsguard.report.guard.hits import hits  # noqa: PLC0415 - start-up time

        return hits(readout, self._needles, self._public_for(edition), edition.kind, cancelled)

    def inspect_name(
        self, name: str, edition: Edition, part: Literal[Part.FILE_NAME, Part.FOLDER_NAME] = Part.FILE_NAME
    ) -> tuple[Hit, ...]:
        """The hits in a name alone, as a person chose it: a file's without its folder, or a folder's own."""
        from tsguard.report.guard.passages import Passage, Readout  # noqa: PLC0415 - start-up time

        return self.among(Readout((Passage(Place(part), name),)), edition)

    def inspect_evidence(
        self,
        data: bytes,
        *,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> EvidenceReading:
        """Read a piece of evidence before it is bound in; a locked or damaged one is said to be unread.

        Args:
            data: Its content.
            cancelled: Asked often.

        Raises:
            Cancelled: ``cancelled`` said so, or the reader is busy with another file.
        """
        from tsguard.report.guard.reading import IllegibleFile, read_evidence  # noqa: PLC0415 - start-up time

        try:
            readout = read_evidence(data, cancelled=cancelled)
        except IllegibleFile:
            return EvidenceReading((), Unread.ILLEGIBLE)
        if readout is None:
            return EvidenceReading((), Unread.PICTURE)
        edition = Edition(DocumentKind.EXHIBITS, Level.SUBMISSION)
        return EvidenceReading(self.among(readout, edition, cancelled=cancelled), mute=readout.mute)

    def _public_for(self, edition: Edition) -> PublicTexts:
        """Everybody's texts, with the document's own words: what is left of it where nothing was typed."""
        if edition not in self._told:
            self._public.add_later(lambda: self._own.of(edition), sure=False)
            self._told.add(edition)
        return self._public


def _content(assessment: Assessment) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """What came with the program, which anybody may read; then what the company may have written itself."""
    checklist, programme = assessment.checklist, assessment.programme
    parts: tuple[Programme | Module, ...] = (programme, *checklist.modules)
    shipped = tuple(each for each in parts if each.shipped)
    own = tuple(each for each in parts if not each.shipped)
    library = (checklist.library_version, checklist.library_sha256)
    return (*shipped, checklist.sources, *library, checklist.presets, checklist.figures), own


_kept: tuple[tuple[object, ...], Folded] | None = None


def _folded(shipped: tuple[object, ...]) -> Folded:
    """What came with the program, made comparable once for all exports: 70,000 characters of no secret."""
    from tsguard.report.guard.public import Folded, texts_of  # noqa: PLC0415 - start-up time

    global _kept  # noqa: PLW0603 - of one process, and the same for every vault
    if _kept is None or len(_kept[0]) != len(shipped) or not all(map(is_, _kept[0], shipped)):
        _kept = shipped, Folded(texts_of(shipped))
    return _kept[1]


def protected(snapshot: Snapshot, also: Iterable[object] = ()) -> tuple[ProtectedString, ...]:
    """Every protected string, those that are not looked for too; arguments as for ``LeakGuard``."""
    return protected_strings(
        (*records_of(snapshot), *also), published=published_types(snapshot.assessment.checklist)
    )


def beyond_snapshot(session: Session) -> tuple[object, ...]:
    """Records of an open vault that no snapshot has, for ``also``: of exports, and answers out of use."""
    items = {item.id for item in session.checklist.items()} if session.assessment else set()
    answers = (answer for item, answer in session.answers.items() if item not in items)
    return (*answers, *session.issued, *session.clearances)


def protected_in(session: Session) -> tuple[ProtectedString, ...]:
    """Every protected string of an open vault, also where no modules were chosen yet."""
    if session.assessment is not None:
        return protected(session.snapshot(), beyond_snapshot(session))
    return protected_strings(
        (
            session.enterprise,
            *session.points,
            *session.cabinet,
            *session.rectifications,
            *beyond_snapshot(session),
        )
    )
