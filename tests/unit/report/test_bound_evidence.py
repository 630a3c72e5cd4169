"""Evidence bound in behind its covers: real files of every kind, read back by other readers."""

import hashlib
import io
import shutil
import subprocess
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat
from reportlab.pdfgen.canvas import Canvas
from support.verapdf import FLAVOURS, verdicts, why_not

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.domain.evidence import Evidence
from tsguard.domain.snapshot import Snapshot
from tsguard.errors import Cancelled, UnknownRecord, VaultDamaged
from tsguard.report.bound_evidence import BoundReport, WrittenBound, render_bound, survey, write_bound
from tsguard.report.build import build
from tsguard.report.chapters.bound_pages import fault_sentence
from tsguard.report.document import Document
from tsguard.report.exhibit_pages import MOST_BYTES, MOST_PAGES, BindFault, Bound, Exhibit, PageSize
from tsguard.report.exhibit_pictures import Jpeg, look_at, notice, photograph
from tsguard.report.picture_update import updated
from tsguard.report.seal import SealState, read_seal
from tsguard.report.typeset.pictures import printed
from tsguard.report.typeset.styles import HEIGHT, MEASURE
from tsguard.rules.checks import run_checks
from tsguard.scoring.sheet import score

ON = date(2026, 11, 23)
A4, ACROSS = (595.28, 841.89), (841.89, 595.28)
HIDDEN = "Blue Whale Formula"


def a_pdf(
    pages: int = 2, size: tuple[float, float] = A4, *, colour: bool = True, word: str = "page"
) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size)
    for number in range(pages):
        canvas.setFont("Helvetica", size[1] / 20)
        canvas.drawString(size[0] / 8, size[1] * 0.8, f"{word} {number + 1}")
        canvas.setFillColorRGB(*((0.1, 0.3, 0.8) if colour else (0.4, 0.4, 0.4)))
        canvas.rect(size[0] / 8, size[1] / 8, size[0] * (0.3 + 0.1 * number), size[1] / 3, fill=1)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def with_secrets() -> bytes:
    """A PDF that hides a word in its metadata, a script, unseen text, a note and a file."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    canvas.setAuthor(HIDDEN)
    text = canvas.beginText(72, 500)
    text.setTextRenderMode(3)
    text.textOut(HIDDEN)
    canvas.drawText(text)
    canvas.drawString(-4000, 100, HIDDEN)
    canvas.rect(72, 72, 100, 100, fill=1)
    canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(target.getvalue())) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{HIDDEN}')")
        pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, HIDDEN.encode(), filename=f"{HIDDEN}.txt")
        made = io.BytesIO()
        pdf.save(made)
        return made.getvalue()


def a_picture(
    form: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (300, 200), **more: object
) -> bytes:
    target = io.BytesIO()
    picture = Image.linear_gradient("L").resize(size)
    if mode == "RGB":
        picture = Image.merge("RGB", (picture, picture.transpose(Image.Transpose.ROTATE_180), picture))
    picture.convert(mode).save(target, form, **more)
    return target.getvalue()


def a_tiff(frames: int) -> bytes:
    target = io.BytesIO()
    first, *others = (Image.new("1", (100 + 10 * n, 200), n % 2) for n in range(frames))
    first.save(target, "TIFF", save_all=True, append_images=others)
    return target.getvalue()


def a_photo() -> bytes:
    """Taken upright with a camera lying on its side, with the place it was taken at."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = HIDDEN
    exif.get_ifd(0x8825)[1] = "N"
    return a_picture("JPEG", exif=exif.tobytes(), comment=HIDDEN.encode())


def locked() -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf())) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return target.getvalue()


def without_pages() -> bytes:
    target = io.BytesIO()
    pikepdf.new().save(target)
    return target.getvalue()


def unfolding(count: int = 9) -> bytes:
    """Some kilobytes whose page would take a reader for hours."""
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        form = pdf.make_stream(b"0 0 m 1 1 l S " * 100, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        form.BBox = pikepdf.Array([0, 0, 100, 100])
        for _level in range(count):
            outer = pdf.make_stream(b"/A Do " * 10, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
            outer.BBox = pikepdf.Array([0, 0, 100, 100])
            outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=form))
            form = outer
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=pikepdf.Array([0, 0, 100, 100]),
            Contents=pdf.make_stream(b"/A Do"),
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=form)),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.save(target)
    return target.getvalue()


def piece(number: int) -> Evidence:
    return Evidence(
        f"E-{number:02d}",
        "e",
        f"佐证{number}",
        ("ORG-01",),
        "a.pdf",
        "application/pdf",
        10,
        "0" * 64,
        dated=ON,
    )


def exhibit(number: int, data: bytes | None, size: int = 10) -> Exhibit:
    if data is None:
        return Exhibit(f"E-{number:02d}", 0)
    halves = (data[: len(data) // 2], data[len(data) // 2 :])
    return Exhibit(f"E-{number:02d}", size, lambda: iter(halves))


def assemble(snapshot: Snapshot, bound: dict[str, Bound], level: Level = Level.SUBMISSION) -> Document:
    evidence = tuple(piece(number) for number in range(1, len(bound) + 1))
    snapshot = replace(snapshot, evidence=evidence)
    assessment = snapshot.assessment
    checks = run_checks(assessment.checklist, snapshot.secret_points, ON)
    sheet = score(assessment.checklist, assessment.programme, snapshot.answers, {"ORG-01"}, checks)
    edition = Edition(DocumentKind.EXHIBITS, level)
    return build(snapshot, sheet, edition, checks=checks, program_version="0.1.0", on=ON, bound=bound)


def bind(snapshot: Snapshot, contents: list[bytes | None], target: Path) -> tuple[WrittenBound, BoundReport]:
    exhibits = [exhibit(number, data) for number, data in enumerate(contents, 1)]
    report = render_bound(assemble(snapshot, survey(exhibits)))
    return write_bound(report, exhibits, target), report


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "佐证.pdf"


def pages_of(path: Path, dpi: int = 60) -> Iterator[tuple[str, Image.Image]]:
    pdf = pypdfium2.PdfDocument(path)
    try:
        for page in pdf:
            yield page.get_textpage().get_text_range(), page.render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        pdf.close()


# --- looking ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "pages", "fault"),
    [
        (a_pdf(3), 3, None),
        (a_picture(), 1, None),
        (a_picture("JPEG"), 1, None),
        (a_picture("WEBP"), 1, None),
        (a_picture("BMP"), 1, None),
        (a_picture("GIF", "L"), 1, None),
        (a_tiff(3), 3, None),
        (a_pdf(1, (14173.0, 14173.0)), 1, None),
        (b"", 0, BindFault.EMPTY),
        (without_pages(), 0, BindFault.BROKEN),
        (b"PK\x03\x04 not for us", 0, BindFault.OTHER_KIND),
        ("纯文本".encode(), 0, BindFault.OTHER_KIND),
        (locked(), 0, BindFault.ENCRYPTED),
        (a_pdf()[:200], 0, BindFault.BROKEN),
        (a_picture()[:300], 0, BindFault.BROKEN),
        (a_picture()[:10], 0, BindFault.BROKEN),
        (a_picture("PNG", "1", (9000, 9000)), 0, BindFault.TOO_LARGE),
        (a_pdf(MOST_PAGES + 1, (100, 100)), 0, BindFault.TOO_MANY),
    ],
)
def test_a_file_is_looked_at_by_its_content(data: bytes, pages: int, fault: BindFault | None) -> None:
    found = look_at(data)
    assert (len(found.pages), found.fault) == (pages, fault)


def test_each_fault_has_a_sentence_of_its_own() -> None:
    sentences = {fault_sentence(fault) for fault in BindFault}
    assert len(sentences) == len(BindFault)
    assert all(each.endswith("。") for each in sentences)


def test_paper_lost_and_oversized_pieces_are_told_without_reading_on() -> None:
    def gone() -> Iterator[bytes]:
        yield a_pdf()[:50]
        raise VaultDamaged(Path("a.tsg"), "evidence")

    def unknown() -> Iterator[bytes]:
        raise UnknownRecord("evidence", "E-03")

    def never() -> Iterator[bytes]:
        pytest.fail("read")

    told: list[tuple[int, int]] = []
    found = survey(
        [
            exhibit(1, None),
            Exhibit("E-02", 10, gone),
            Exhibit("E-03", 10, unknown),
            Exhibit("E-04", MOST_BYTES + 1, never),
        ],
        progress=lambda *each: told.append(each),
    )
    assert [each.fault for each in found.values()] == [
        BindFault.PAPER,
        BindFault.LOST,
        BindFault.LOST,
        BindFault.TOO_LARGE,
    ]
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize(
    ("mode", "form", "value", "wanted"),
    [
        ("1", "PNG", 1, 255),
        ("L", "PNG", 100, 100),
        ("LA", "PNG", (0, 0), 255),
        ("RGBA", "PNG", (255, 0, 0, 0), 255),
        ("CMYK", "TIFF", (0, 0, 0, 0), 255),
        ("CMYK", "JPEG", (0, 0, 0, 255), 0),
        ("I;16", "PNG", 0x8080, 128),
        ("F", "TIFF", 128.0, 128),
        ("I", "TIFF", 200, 200),
        ("RGB", "BMP", (10, 10, 10), 10),
    ],
)
def test_every_kind_of_grey_becomes_eight_bits_of_grey(
    mode: str, form: str, value: object, wanted: int
) -> None:
    source = io.BytesIO()
    Image.new(mode, (40, 30), value).save(source, form)  # type: ignore[arg-type]
    made = photograph(source.getvalue(), 0, 1000.0)
    assert isinstance(made, Jpeg)
    picture = Image.open(io.BytesIO(made.data))
    assert (made.grey, picture.mode, picture.size) == (True, "L", (40, 30))
    assert abs(picture.getpixel((20, 15)) - wanted) <= 1  # type: ignore[operator]


def test_colour_stays_colour_and_grey_pages_of_a_pdf_lose_two_channels() -> None:
    colour = photograph(a_pdf(1), 0, 441.0)
    grey = photograph(a_pdf(1, colour=False), 0, 441.0)
    assert isinstance(colour, Jpeg)
    assert isinstance(grey, Jpeg)
    assert (colour.grey, grey.grey) == (False, True)
    assert (colour.width, grey.width) == (1225, 1225)  # 441 pt at 200 dpi: 150 dpi of the A4 page itself


def test_photos_stand_upright_and_forget_where_they_were_taken() -> None:
    source = a_photo()
    assert HIDDEN.encode() in source
    assert look_at(source).pages == (PageSize(150.0, 225.0),)
    made = photograph(source, 0, 1000.0)
    assert isinstance(made, Jpeg)
    assert (made.width, made.height) == (200, 300)
    assert HIDDEN.encode() not in made.data
    assert not Image.open(io.BytesIO(made.data)).getexif()


@given(st.sampled_from([a_pdf(), a_picture(), a_picture("JPEG"), a_tiff(2), a_photo()]), st.data())
@settings(max_examples=150, deadline=None)
def test_spoiled_files_get_a_word_and_never_a_crash(source: bytes, data: st.DataObject) -> None:
    spoiled = bytearray(source[: data.draw(st.integers(0, len(source)))])
    for _each in range(data.draw(st.integers(0, 6))):
        if spoiled:
            spoiled[data.draw(st.integers(0, len(spoiled) - 1))] = data.draw(st.integers(0, 255))
    found = look_at(bytes(spoiled))
    assert bool(found.pages) != (found.fault is not None)
    if found.pages:
        assert isinstance(photograph(bytes(spoiled), 0, 50.0), Jpeg | BindFault)


@given(st.floats(0.01, 30_000), st.floats(0.01, 30_000))
def test_a_printed_page_fits_the_type_area_and_is_never_enlarged(wide: float, high: float) -> None:
    across, down = printed(wide, high)
    assert 1 <= across <= max(1, min(wide, MEASURE)) + 1e-6
    assert 1 <= down <= max(1, min(high, HEIGHT)) + 1e-6


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        (A4, (441.0, 623.7)),  # as wide as the type area
        (ACROSS, (420.8, 297.4)),  # two to a page
        ((200.0, 100.0), (200.0, 100.0)),
        ((100.0, 5000.0), (12.5, 623.7)),
    ],
)
def test_sizes_in_print(size: tuple[float, float], wanted: tuple[float, float]) -> None:
    assert printed(*size) == pytest.approx(wanted, abs=0.15)


def test_two_pages_that_lie_across_share_a_page(snapshot: Snapshot, target: Path) -> None:
    bind(snapshot, [a_pdf(2, ACROSS)], target)
    assert any(
        "第1页，共2页" in _squeezed(text) and "第2页，共2页" in _squeezed(text)
        for text, _page in pages_of(target)
    )


# --- the whole file ---------------------------------------------------------------------------------


KINDS: list[bytes | None] = [
    a_pdf(2),
    a_picture(),
    None,
    b"PK\x03\x04 zip",
    locked(),
    a_pdf(1, (14173.0, 14173.0)),
    a_pdf(1, ACROSS),
    with_secrets(),
    a_photo(),
    a_tiff(2),
]


def test_each_page_stands_behind_its_cover_and_looks_as_its_source(snapshot: Snapshot, target: Path) -> None:
    written, _report = bind(snapshot, KINDS, target)
    pages = list(pages_of(target))
    assert (written.pages, written.failed) == (len(pages), ())
    order = [
        (number, page)
        for number, count in enumerate((2, 1, 0, 0, 0, 1, 1, 1, 1, 2), 1)
        for page in range(1, count + 1)
    ]
    captions = [text.replace("\r\n", "") for text, _page in pages]
    places = [
        next(
            index for index, text in enumerate(captions) if f"E-{number:02d}第{page}页，共" in _squeezed(text)
        )
        for number, page in order
    ]
    assert places == sorted(places)
    for number, data in enumerate(KINDS, 1):
        if number not in {1, 6, 7, 8}:
            continue
        source = pypdfium2.PdfDocument(data)
        for index in range(len(source)):
            at = places[order.index((number, index + 1))]
            _compare(source[index], pages[at][1])
        source.close()


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _compare(source: pypdfium2.PdfPage, sheet: Image.Image) -> None:
    """The source page against the place on the sheet that it should take."""
    wide, high = printed(*source.get_size())
    scale = 60 / 72
    left, top = (28 * 72 / 25.4 + (MEASURE - wide) / 2) * scale, (37 * 72 / 25.4 + HEIGHT / 45) * scale
    box = (round(left), round(top), round(left + wide * scale), round(top + high * scale))
    found = sheet.crop(box)
    wanted = (
        source.render(scale=found.width / source.get_size()[0]).to_pil().convert("RGB").resize(found.size)
    )
    difference = ImageStat.Stat(ImageChops.difference(found, wanted).convert("L")).mean[0]
    assert difference < 4, difference  # of 255: edges of letters and the frame
    blank = Image.new("RGB", found.size, "white")
    assert ImageStat.Stat(ImageChops.difference(found, blank).convert("L")).mean[0] > 2 * difference


def test_covers_say_what_follows_and_why_nothing_does(
    snapshot: Snapshot, target: Path, read: Callable[[Path], str]
) -> None:
    bind(snapshot, KINDS, target)
    text = _squeezed(read(target))
    assert text.count("各页装订在后") == 7
    assert "未能装订：只有PDF和图片能装订，这件是其他格式。原件另附。" in text
    assert "未能装订：文件自己带有打开口令。原件另附。" in text


def test_nothing_that_is_not_seen_comes_along(snapshot: Snapshot, target: Path) -> None:
    assert HIDDEN.encode() in with_secrets()
    bind(snapshot, KINDS, target)
    raw = target.read_bytes()
    with pikepdf.open(target) as pdf:
        streams = [
            each.read_raw_bytes() if "/DCTDecode" in str(each.get("/Filter")) else each.read_bytes()
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream)
        ]
        strings = "".join(repr(each) for each in pdf.objects if not isinstance(each, pikepdf.Stream))
        assert list(pdf.attachments) == ["assessment.json"]
    for each in (raw, *streams):
        assert HIDDEN.encode() not in each
        assert b"JavaScript" not in each
        assert b"Exif" not in each
    assert HIDDEN not in strings
    assert HIDDEN not in "".join(text for text, _page in pages_of(target))


def test_each_page_is_one_figure_that_says_what_it_is(snapshot: Snapshot, target: Path) -> None:
    bind(snapshot, KINDS, target)
    with pikepdf.open(target) as pdf:
        alts = [
            str(each.Alt)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == pikepdf.Name.Figure
        ]
        pictures = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Image
        ]
    assert len(alts) == len(pictures) == 9
    assert "佐证E-01第2页，共2页，页面图像" in alts
    assert {str(each.Filter) for each in pictures} == {"/DCTDecode"}


def test_the_file_is_sealed_as_a_whole(snapshot: Snapshot, target: Path) -> None:
    written, _report = bind(snapshot, [a_pdf(1)], target)
    data = target.read_bytes()
    assert read_seal(data).state is SealState.WHOLE
    assert (written.size, written.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    at = data.rindex(b"\xff\xda") + 40  # within the last picture
    spoiled = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    assert read_seal(spoiled).state is SealState.CHANGED


def test_the_same_input_makes_the_same_bytes(snapshot: Snapshot, tmp_path: Path) -> None:
    made = [bind(snapshot, KINDS, tmp_path / name)[0].sha256 for name in ("1.pdf", "2.pdf")]
    assert made[0] == made[1]


def test_other_readers_find_no_fault(snapshot: Snapshot, target: Path) -> None:
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    bind(snapshot, KINDS, target)
    done = subprocess.run(["qpdf", "--check", str(target)], capture_output=True, text=True, check=False)  # noqa: S607
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No syntax or stream encoding errors" in done.stdout


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "there")
def test_the_file_keeps_the_rules_for_archives_and_for_readers_without_eyes(
    snapshot: Snapshot, target: Path
) -> None:
    bind(snapshot, [*KINDS, unfolding()], target)
    found = verdicts([target])[target]
    assert {flavour: each.broken for flavour, each in found.items()} == {key: {} for key in FLAVOURS}
    assert all(each.checks > 1000 for each in found.values())


def test_the_words_can_be_read_before_the_pictures_are_there(snapshot: Snapshot, tmp_path: Path) -> None:
    """What the leak guard reads has every word of the file that is handed out."""
    written, report = bind(snapshot, KINDS, tmp_path / "whole.pdf")
    words = tmp_path / "words.pdf"
    words.write_bytes(report.data)
    assert [text for text, _page in pages_of(words)] == [text for text, _page in pages_of(written.path)]


def test_a_page_that_fails_at_last_says_so_in_its_place(snapshot: Snapshot, target: Path) -> None:
    hostile = unfolding()
    assert look_at(hostile).pages
    assert len(hostile) < 10_000
    written, _report = bind(snapshot, [a_pdf(1), hostile, a_pdf(1)], target)
    assert written.failed == (("E-02", 1),)
    assert len(list(pages_of(target))) == written.pages


@pytest.mark.parametrize(
    ("wide", "high", "told"), [(441, 600, True), (441, 40, True), (60, 60, True), (1, 9, False)]
)
def test_a_notice_is_a_picture_of_its_words(wide: float, high: float, told: bool) -> None:
    """Of the place's own shape, so that the words are not stretched; too small a place stays white."""
    made = notice("佐证E-02第1页未能装订，请看原件", wide, high)
    picture = Image.open(io.BytesIO(made.data))
    assert picture.size == (made.width, made.height)
    assert picture.width / picture.height == pytest.approx(wide / high, rel=0.1)
    assert (picture.getextrema()[0] < 150) is told
    inked = ImageChops.invert(picture).point(lambda value: value > 60 and 255).getbbox()
    assert inked is None or (inked[0] > 0 and inked[2] < picture.width)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_bound_as_it_is_seen(snapshot: Snapshot, target: Path, turn: int) -> None:
    source = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf(1))) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.save(source)
    bind(snapshot, [source.getvalue()], target)
    pages = list(pages_of(target))
    at = next(n for n, (text, _page) in enumerate(pages) if "E-01第1页，共1页" in _squeezed(text))
    turned = pypdfium2.PdfDocument(source.getvalue())
    _compare(turned[0], pages[at][1])
    turned.close()


def test_a_document_without_bound_evidence_has_no_pictures(snapshot: Snapshot) -> None:
    assert render_bound(assemble(snapshot, {})).places == ()


# --- failing halfway --------------------------------------------------------------------------------


def test_nothing_is_left_when_a_piece_fails_or_the_person_stops(snapshot: Snapshot, target: Path) -> None:
    exhibits = [exhibit(1, a_pdf(2)), exhibit(2, a_pdf(2))]
    report = render_bound(assemble(snapshot, survey(exhibits)))

    def damaged() -> Iterator[bytes]:
        raise VaultDamaged(target, "evidence")
        yield b""

    with pytest.raises(VaultDamaged):
        write_bound(report, [exhibits[0], Exhibit("E-02", 10, damaged)], target)
    done = 0

    def told(number: int, _all: int) -> None:
        nonlocal done
        done = number

    with pytest.raises(Cancelled):
        write_bound(report, exhibits, target, progress=told, cancelled=lambda: done >= 2)
    assert list(target.parent.iterdir()) == []


def test_looking_stops_when_told() -> None:
    with pytest.raises(Cancelled):
        survey([exhibit(1, a_pdf())], cancelled=lambda: True)


def test_only_finished_pdfs_are_updated() -> None:
    with pytest.raises(ValueError, match="end of a PDF"):
        list(updated(b"%PDF-1.7 and no end", ()))


# --- memory -----------------------------------------------------------------------------------------


def test_memory_does_not_grow_with_the_number_of_pieces(
    snapshot: Snapshot, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = Image.effect_noise((900, 900), 90)
    source = io.BytesIO()
    noise.save(source, "PNG")
    data = source.getvalue() + b"\0" * 1_000_000
    grown = []
    for count in (5, 60):
        exhibits = [Exhibit(f"E-{n:02d}", 10, lambda: iter((bytes(data),))) for n in range(1, count + 1)]
        bound = {each.id: Bound((PageSize(675, 675),)) for each in exhibits}
        report = render_bound(assemble(snapshot, bound))
        tracemalloc.start()
        write_bound(report, exhibits, target)
        grown.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert target.stat().st_size > count * 300_000
    assert grown[1] < grown[0] + 6_000_000  # 60 pieces weigh 90 MB
