"""Every file that a dossier can have, at every size: what veraPDF, qpdf and two readers say of it.

The largest company takes half an hour and is made with ``TSGUARD_HUGE=1`` only.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from support import sizes
from support.vaults import PASSPHRASE, QUICK, TODAY
from support.verapdf import FLAVOURS, Verdict, verdicts, why_not

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import CHOSEN, LEVELS, DocumentKind, Edition
from tsguard.domain.snapshot import Snapshot
from tsguard.services import issuing
from tsguard.services.dossier import Contents, Order, make
from tsguard.services.sample import create_sample

ON = date(2026, 11, 23)
SHAPES = ("apart", "bound", "with evidence", "bound with evidence")
needs_verapdf = pytest.mark.skipif(bool(why_not()), reason=why_not() or "there")
needs_qpdf = pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")


def editions(level: Level) -> tuple[Edition, ...]:
    return tuple(
        Edition(kind, level) for kind, levels in LEVELS.items() if level in levels and kind in CHOSEN
    )


def issue(
    snapshot: Snapshot, contents: Contents, folder: Path, level: Level, shapes: Iterable[str]
) -> Iterator[Path]:
    """What a person gets who exports everything, in each shape; hits of the guard are let pass."""
    for shape in shapes:
        evidence = shape.endswith("with evidence")
        wanted = (Edition(DocumentKind.EXHIBITS, level),) if shape == "with evidence" else editions(level)
        order = Order(wanted, ON, bound=shape.startswith("bound"), with_evidence=evidence)
        made = make(snapshot, order, contents=contents)
        target = folder / f"{level}-{shape}"
        if len(made.files) == 1:
            target = target.with_suffix(".pdf")
        issuing.write(made.without({hit.key for hit in made.open_hits}), target)
        yield from (target,) if target.is_file() else sorted(target.iterdir())


def issue_all(folder: Path) -> Iterator[Path]:
    """Of an empty vault and of the sample company."""
    snapshot = sizes.empty(folder / "empty")
    for level in Level:
        yield from issue(snapshot, sizes.contents, folder / "empty", level, SHAPES)
    session = create_sample(folder / "sample.tsg", PASSPHRASE, today=lambda: TODAY, profiles=QUICK)
    (folder / "sample").mkdir()
    for level in Level:
        yield from issue(session.snapshot(), session.cabinet.read, folder / "sample", level, SHAPES)
    session.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return tuple(issue_all(tmp_path_factory.mktemp("卷")))


@pytest.fixture(scope="module")
def told(files: tuple[Path, ...]) -> dict[Path, dict[str, Verdict]]:
    """One start of Java for all."""
    return verdicts(files)


@pytest.mark.slow
def test_all_files_are_there(files: tuple[Path, ...]) -> None:
    """Of both companies and levels: each document, their list, and three more shapes."""
    apart = sum(len(editions(level)) + 1 for level in Level)
    assert len(files) == 2 * (apart + 3 * len(Level))


@needs_verapdf
@pytest.mark.slow
@pytest.mark.parametrize("flavour", FLAVOURS)
def test_verapdf_has_nothing_to_object_to(flavour: str, told: dict[Path, dict[str, Verdict]]) -> None:
    for path, found in told.items():
        assert found[flavour].broken == {}, path
        assert found[flavour].checks > 1000


@needs_qpdf
@pytest.mark.slow
def test_qpdf_has_nothing_to_object_to(files: tuple[Path, ...]) -> None:
    for path in files:
        all_well(path)


@pytest.mark.slow
def test_every_font_is_embedded_as_a_subset(files: tuple[Path, ...]) -> None:
    for path in files:
        embedded(path)


@needs_verapdf
@needs_qpdf
@needs_poppler
@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("TSGUARD_HUGE"), reason="takes half an hour: set TSGUARD_HUGE=1")
@pytest.mark.parametrize("level", Level)
def test_the_largest_company(level: Level, tmp_path: Path) -> None:
    """All modules, notes of 4,000 characters, 1,000 secret points, 500 pieces of evidence, 200 tasks."""
    snapshot = sizes.huge()
    paths = list(issue(snapshot, sizes.contents, tmp_path, level, SHAPES[:3]))
    for path in paths:
        all_well(path)
        embedded(path)
    for path, found in verdicts(paths).items():
        for flavour, verdict in found.items():
            assert verdict.broken == {}, (path, flavour)


def all_well(path: Path) -> None:
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)  # noqa: S607
    assert checked.returncode == 0, (path, checked.stdout, checked.stderr)
    assert "No syntax or stream encoding errors found" in checked.stdout


def embedded(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        fonts = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
        ]
        assert fonts
        for font in fonts:
            assert "/FontFile2" in font.FontDescriptor, (path, font.BaseFont)
            assert str(font.BaseFont)[1:7].isupper(), (path, font.BaseFont)
            assert str(font.BaseFont)[7] == "+", (path, font.BaseFont)
