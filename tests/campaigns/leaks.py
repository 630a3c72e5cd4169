"""The leak guard against companies whose secrets were planted in every free field of a submission.

All of them are searched in what the documents say; every hundredth is drawn, and the finished PDF read back.
Then against a clean submission, with names of secrets that are cut out of the checklist itself: the worst
there can be for false alarms.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pypdfium2
from support.leaking import ON, PRINTING, company, found_in_texts, seeded, typed_texts
from support.vaults import PASSPHRASE, QUICK

from campaigns.outcome import Line
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import CHOSEN, DocumentKind, Edition, Format
from tsguard.domain.secret_points import SecretPoint
from tsguard.domain.snapshot import Snapshot
from tsguard.report.guard.normalise import plain
from tsguard.report.pdf import render
from tsguard.services.dossier import build_document
from tsguard.services.leak_guard import LeakGuard
from tsguard.services.sample import create_sample

_DRAWN_EVERY = 100
_NAMES = 20
"""Secret points of a company."""
_CLEAN_EVERY = 100


def run(rounds: int, seed: int) -> Iterator[Line]:
    """A line for the documents' texts, one for finished files, one for false alarms."""
    texts, files = Line("texts"), Line("finished PDF")
    strings = 0
    for at in range(rounds):
        planted = company(seeded(seed + at))
        sources = {source for source, _place in planted.plants}
        strings += len(planted.plants)
        texts.rounds += 1
        missed = sources - found_in_texts(planted)
        texts.failures += [f"company {seed + at}: {source}" for source in missed]
        if at % _DRAWN_EVERY == 0:
            guard, found = LeakGuard(planted.snapshot), set()
            for kind in PRINTING:
                edition = Edition(kind, Level.SUBMISSION)
                data = render(build_document(planted.snapshot, edition, ON)).data
                hits = guard.inspect(data, format=Format.PDF, edition=edition, file_name="示例.pdf")
                found |= {hit.source for hit in hits}
            files.rounds += 1
            files.failures += [f"company {seed + at}: {source}" for source in sources - found]
    texts.note = f"{strings} strings planted"
    yield texts
    yield files
    yield clean(max(2, rounds // _CLEAN_EVERY), seeded(seed))


def clean(rounds: int, random: Random) -> Line:
    """How often names that stand in the checklist are found where nobody typed them."""
    line = Line("clean submission")
    with tempfile.TemporaryDirectory() as folder:
        session = create_sample(Path(folder) / "x.tsg", PASSPHRASE, profiles=QUICK, today=lambda: ON)
        snapshot = session.snapshot()
        session.close()
    typed = [plain(text) for text in typed_texts(snapshot)]
    pages = alarms = 0
    editions = [Edition(kind, Level.SUBMISSION) for kind in DocumentKind if kind in CHOSEN]
    files = {each: render(build_document(snapshot, each, ON)).data for each in editions}
    for _round in range(rounds):
        guard = LeakGuard(named(snapshot, random))
        for edition, data in files.items():
            hits = guard.inspect(data, format=Format.PDF, edition=edition, file_name="示例.pdf")
            with pypdfium2.PdfDocument(data) as pdf:
                pages += len(pdf)
            for hit in hits:
                word = plain(hit.quote[hit.start : hit.start + hit.length])
                if not any(word in each for each in typed):
                    alarms += 1
                    line.failures.append(f"{edition.kind}, {hit.place}: {hit.quote} ({word})")
        line.rounds += 1
    line.note = f"{alarms} false alarms on {pages} pages"
    if alarms * 1000 < pages:
        line.failures.clear()
    return line


def named(snapshot: Snapshot, random: Random) -> Snapshot:
    """The same company with secrets that are called by words out of its checklist."""
    texts = [item.text for item in snapshot.assessment.checklist.items()]
    points = []
    for at in range(_NAMES):
        name = ""
        while not name.isalnum():  # nobody's name for a thing has a comma or half a bracket
            text = random.choice(texts)
            start = random.randrange(max(1, len(text) - 12))
            name = text[start : start + random.randint(2, 12)]
        points.append(SecretPoint(id=f"SP-9{at:03}", name=name))
    return replace(snapshot, secret_points=tuple(points))
