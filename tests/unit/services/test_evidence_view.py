"""What a stored file is by its content, and how much of it is read to show it."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.vaults import new_session

from tsguard.domain.evidence import Evidence
from tsguard.errors import Cancelled, UnknownRecord
from tsguard.services import evidence_view
from tsguard.services.cabinet import filed
from tsguard.services.evidence_view import (
    Fit,
    Look,
    PageFault,
    PdfPage,
    draw_pdf,
    fault_sentence,
    load,
    recognised,
    scale_for,
)
from tsguard.services.session import Session


@pytest.fixture
def session(tmp_path: Path):
    made = new_session(tmp_path / "v", choose=False)
    yield made
    made.close()


def stored(session: Session, folder: Path, name: str, content: bytes) -> Evidence:
    path = folder / name
    path.write_bytes(content)
    return session.cabinet.add(filed(Evidence(title="一件"), path, session.cabinet.store_file(path)))


def pdf(pages: int = 2, **save: object) -> bytes:
    made = pikepdf.new()
    for _number in range(pages):
        made.add_blank_page()
    out = io.BytesIO()
    made.save(out, **save)
    return out.getvalue()


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"\xff\xd8\xff\xe0....", "jpeg"),
        (b"GIF89a....", "gif"),
        (b"BM" + bytes(40), "bmp"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "webp"),
        (b"II*\0....", "tiff"),
        (b"MM\0*....", "tiff"),
        (b"%PDF-1.7", "pdf"),
        (b"\n\n\n%PDF-1.4", "pdf"),
        (b"PK\x03\x04....", "zip"),
        (b"MZ\x90\0", "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        ("姓名,日期\n张三".encode(), "text"),
        ("姓名,日期\n张三".encode("gb18030"), "text"),
        ("\ufeff姓名".encode("utf-16-le"), "text"),
        (b"", "text"),
        (b"\0\1\2\3", ""),
        (b"RIFF\x10\0\0\0WAVEfmt ", ""),
        (b"\xff\xff\xff\xff", ""),
    ],
)
def test_the_content_says_what_it_is(head: bytes, form: str) -> None:
    assert recognised(head) == form


@given(st.binary(max_size=300))
def test_any_bytes_are_something(head: bytes) -> None:
    assert isinstance(recognised(head), str)
    assert isinstance(recognised(head, whole=False), str)


@pytest.mark.parametrize("code", ["utf-8", "gb18030"])
def test_a_long_text_is_cut_even_within_a_character(session, tmp_path, code) -> None:
    text = "a" + "保密协议" * 20_000
    loaded = load(session.cabinet, stored(session, tmp_path, "x.txt", text.encode(code)))
    assert loaded.look is Look.TEXT
    assert loaded.cut
    assert text.startswith(loaded.text)
    assert len(loaded.text) > 20_000
    assert not loaded.data


def test_a_text_can_not_hide_or_turn_its_lines(session, tmp_path) -> None:
    content = "甲\u202e乙\u200b\r\n丙\t丁\u3000戊\r己".encode()
    loaded = load(session.cabinet, stored(session, tmp_path, "x.csv", content))
    assert loaded.text == "甲·乙·\n丙\t丁\u3000戊\n己"


@pytest.mark.parametrize(
    ("name", "content", "look", "kind", "misnamed"),
    [
        ("a.pdf", pdf(), Look.PDF, "PDF文件", False),
        ("a.jpg", pdf(), Look.PDF, "PDF文件", True),
        ("没有扩展名", pdf(), Look.PDF, "PDF文件", False),
        ("a.pdf", b"\x89PNG\r\n\x1a\n....", Look.PICTURE, "PNG图片", True),
        ("a.PNG", b"\x89PNG\r\n\x1a\n....", Look.PICTURE, "PNG图片", False),
        ("a.pdf", b"MZ\x90\0..", Look.NONE, "程序", True),
        ("a.docx", b"PK\x03\x04..", Look.NONE, "文字处理文档", False),
        ("a.zip", b"PK\x03\x04..", Look.NONE, "压缩包", False),
        ("a.ofd", b"PK\x03\x04..", Look.NONE, "OFD版式文件", False),
        ("a.dat", b"\0\1\2", Look.NONE, "不认识的格式", False),
    ],
)
def test_how_a_file_is_shown(session, tmp_path, name, content, look, kind, misnamed) -> None:
    loaded = load(session.cabinet, stored(session, tmp_path, name, content))
    assert (loaded.look, loaded.kind, loaded.misnamed, loaded.fault) == (look, kind, misnamed, None)
    assert loaded.data == (content if look in {Look.PDF, Look.PICTURE} else b"")
    assert "data" not in repr(loaded)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (pdf(encryption=pikepdf.Encryption(user="x", owner="y")), PageFault.ENCRYPTED),
        (b"%PDF-1.7 and no more", PageFault.BROKEN),
    ],
)
def test_a_pdf_that_can_not_be_shown_says_why(session, tmp_path, content, fault) -> None:
    loaded = load(session.cabinet, stored(session, tmp_path, "a.pdf", content))
    assert (loaded.look, loaded.fault, loaded.data) == (Look.NONE, fault, b"")


def test_a_file_too_large_is_not_read(session, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(evidence_view, "MOST_BYTES", 1000)
    piece = stored(session, tmp_path, "a.pdf", pdf() + bytes(3 << 20))
    read: list[int] = []
    loaded = load(session.cabinet, piece, progress=lambda done, _total: read.append(done))
    assert (loaded.look, loaded.fault, read) == (Look.NONE, PageFault.TOO_LARGE, [])


def test_reading_can_be_stopped(session, tmp_path) -> None:
    piece = stored(session, tmp_path, "a.pdf", pdf() + bytes(3 << 20))
    with pytest.raises(Cancelled):
        load(session.cabinet, piece, cancelled=lambda: True)


def test_paper_has_nothing_to_show(session) -> None:
    paper = session.cabinet.add(Evidence(title="任命书", paper_at="档案室"))
    with pytest.raises(UnknownRecord):
        load(session.cabinet, paper)


@pytest.mark.parametrize(
    ("fit", "room", "zoom", "scale"),
    [
        (Fit.FREE, (10, 10), 2.0, 2.0),
        (Fit.WIDTH, (400, 10), 9.0, 2.0),
        (Fit.WHOLE, (400, 200), 9.0, 0.5),
        (Fit.WHOLE, (100, 4000), 9.0, 0.5),
        (Fit.WHOLE, (1, 1), 9.0, 0.05),
        (Fit.FREE, (1, 1), 0.0, 0.05),
    ],
)
def test_how_large_a_page_stands(fit, room, zoom, scale) -> None:
    assert scale_for(200, 400, fit, room, zoom) == scale


def test_a_page_is_measured_in_pixels_of_the_screen() -> None:
    page = draw_pdf(pdf(), 0, lambda wide, _high: 816 / wide)
    assert isinstance(page, PdfPage)
    assert (round(page.wide), round(page.high)) == (816, 1056)  # Letter at 96 dpi
    assert page.image.width == 816


@pytest.mark.parametrize("fault", PageFault)
def test_every_fault_has_one_sentence(fault: PageFault) -> None:
    assert fault_sentence(fault).count("。") == 1
