"""A file is looked at in memory only, by mouse and by key, and nothing of it stays."""

from __future__ import annotations

import gc
import io
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPixmap

from tsguard.domain.evidence import Evidence
from tsguard.gui.evidence.viewer import Viewer
from tsguard.gui.pages.evidence import EvidencePage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Mode, Theme
from tsguard.services.cabinet import filed

MARK = "标记𬭎㵘鸑鷟"


def pdf(pages: int = 3, **save: object) -> bytes:
    made = pikepdf.new()
    for number in range(pages):
        page = made.add_blank_page(page_size=(595, 842))
        page.Contents = made.make_stream(b"%.1f 0 0 rg 0 0 595 842 re f" % (1 - number / 4))
    out = io.BytesIO()
    made.save(out, **save)
    return out.getvalue()


def picture(folder: Path) -> bytes:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#00ff00"))
    path = folder / "made.png"
    assert image.save(str(path))
    data = path.read_bytes()
    path.unlink()
    return data


def stored(model: SessionModel, folder: Path, name: str, content: bytes, title: str = "一件") -> Evidence:
    path = folder / name
    path.write_bytes(content)
    piece = filed(Evidence(title=title), path, model.session.cabinet.store_file(path))
    path.unlink()
    return model.session.cabinet.add(piece)


@pytest.fixture
def page(qtbot, theme: Theme, model: SessionModel, tasks: Tasks, tmp_path: Path) -> EvidencePage:
    model.session.cabinet.add(Evidence(title="任命文件", paper_at="档案室"))
    made = EvidencePage(theme, model, tasks, private=tmp_path / "private")
    made.resize(1166, 720)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def look(qtbot, page: EvidencePage, piece: Evidence) -> Viewer:
    page.refresh()
    page.out.look_at(piece)
    viewer = page.out.desk.viewer
    assert viewer is not None
    wait(qtbot, viewer)
    return viewer


def wait(qtbot, viewer: Viewer) -> None:
    qtbot.waitUntil(lambda: viewer._running is None, timeout=20_000)


def colour(viewer: Viewer) -> tuple[int, int, int]:
    image = viewer.paper._sheet.image
    assert image is not None
    at = image.pixelColor(image.width() // 2, image.height() // 2)
    return at.red(), at.green(), at.blue()


class TestPages:
    def test_a_pdf_is_shown_page_by_page(self, qtbot, page, model, tmp_path):
        viewer = look(qtbot, page, stored(model, tmp_path, "a.pdf", pdf()))
        assert (viewer.page, viewer.pages, viewer.bar.place) == (0, 3, "第1页，共3页")
        assert colour(viewer) == (255, 0, 0)
        viewer.turn(1)
        wait(qtbot, viewer)
        assert colour(viewer)[0] == pytest.approx(204, abs=2)
        viewer.turn(5)
        assert viewer.page == 1

    def test_keys(self, qtbot, page, model, tmp_path):
        piece = stored(model, tmp_path, "a.pdf", pdf())
        page.open_at(piece.id)
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_Space)
        viewer = page.out.desk.viewer
        wait(qtbot, viewer)
        assert viewer.paper.hasFocus()
        for key, at in (
            (Qt.Key.Key_PageDown, 1),
            (Qt.Key.Key_End, 2),
            (Qt.Key.Key_PageUp, 1),
            (Qt.Key.Key_Home, 0),
        ):
            qtbot.keyClick(viewer.paper, key)
            wait(qtbot, viewer)
            assert viewer.page == at
        before = viewer._zoom
        qtbot.keyClick(viewer.paper, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
        wait(qtbot, viewer)
        assert viewer._zoom > before
        qtbot.keyClick(viewer.paper, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(viewer.paper, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
        wait(qtbot, viewer)
        assert viewer._zoom < before
        qtbot.keyClick(viewer.paper, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
        wait(qtbot, viewer)
        assert viewer._zoom == pytest.approx(before)
        qtbot.keyClick(viewer.paper, Qt.Key.Key_Escape)
        assert not page.out.desk.is_open
        assert viewer.current == ""
        assert page.table.hasFocus()

    def test_page_width_is_wider_than_whole_page(self, qtbot, page, model, tmp_path):
        viewer = look(qtbot, page, stored(model, tmp_path, "a.pdf", pdf()))
        whole = viewer.paper._sheet.page_size
        viewer.bar._fits._segments[1].click()
        wait(qtbot, viewer)
        wide = viewer.paper._sheet.page_size
        assert wide.width() > whole.width()
        assert wide.width() <= viewer.paper.viewport().width()
        assert viewer.paper.horizontalScrollBar().maximum() == 0

    def test_a_picture(self, qtbot, page, model, tmp_path):
        viewer = look(qtbot, page, stored(model, tmp_path, "a.png", picture(tmp_path)))
        assert viewer.pages == 1
        assert viewer.bar.place == ""
        assert viewer.bar.percent == "100%"
        assert colour(viewer) == (0, 255, 0)

    def test_another_file_takes_its_place_at_once(self, qtbot, page, model, tmp_path):
        first = stored(model, tmp_path, "a.pdf", pdf() + bytes(20 << 20))
        second = stored(model, tmp_path, "b.png", picture(tmp_path))
        page.out.look_at(first)
        viewer = look(qtbot, page, second)
        qtbot.waitUntil(lambda: not page.out.desk.viewer._tasks.looking, timeout=20_000)
        assert (viewer.current, colour(viewer)) == (second.id, (0, 255, 0))


class TestOthers:
    def test_a_text(self, qtbot, page, model, tmp_path):
        viewer = look(qtbot, page, stored(model, tmp_path, "a.csv", f"姓名,{MARK}".encode("gb18030")))
        assert viewer.words.toPlainText() == f"姓名,{MARK}"
        assert viewer.words.isReadOnly()
        assert not viewer.bar.isVisible()
        qtbot.keyClick(viewer.words, Qt.Key.Key_Escape)
        assert not page.out.desk.is_open
        assert viewer.words.toPlainText() == ""

    @pytest.mark.parametrize(
        ("name", "content", "said", "opens"),
        [
            ("a.docx", b"PK\x03\x04..", "程序里不显示这种文件：文字处理文档", True),
            ("a.exe", b"MZ\x90\0", "程序里不显示这种文件：程序", False),
            ("a.pdf", b"%PDF-1.7 broken", "这个文件的内容不完整或格式有误，这里显示不出来", True),
            ("a.png", b"\x89PNG\r\n\x1a\n....", "这个文件的内容不完整或格式有误，这里显示不出来", True),
            (
                "a.pdf",
                pdf(encryption=pikepdf.Encryption(user="x", owner="y")),
                "这个文件自己带有打开口令，这里看不了",
                True,
            ),
        ],
    )
    def test_what_is_not_shown_says_so(self, qtbot, page, model, tmp_path, name, content, said, opens):
        viewer = look(qtbot, page, stored(model, tmp_path, name, content))
        assert viewer._stack.currentWidget() is viewer._nothing
        assert viewer._nothing._title.text() == said
        assert viewer._open.isVisible() is opens
        assert viewer._save.isVisible()

    def test_a_wrong_name_is_said(self, qtbot, page, model, tmp_path):
        viewer = look(qtbot, page, stored(model, tmp_path, "a.jpg", pdf()))
        assert viewer.pages == 3
        assert "内容是PDF文件" in viewer._note.accessibleName()

    def test_damaged_content_is_explained(self, qtbot, page, model, tmp_path):
        piece = stored(model, tmp_path, "a.pdf", pdf())
        with model.session._vault._access() as database, database.transaction():
            database.execute("UPDATE file_chunks SET content = x'255044462d312e37'")
        viewer = look(qtbot, page, piece)
        assert "有损坏" in viewer._nothing._title.text()

    def test_paper_has_nothing_to_look_at(self, page):
        page.open_at("E-01")
        page.out.look_at_shown()
        assert not page.out.desk.is_open
        assert not page.out.look.isVisible()


class TestNothingStays:
    def test_a_piece_that_goes_takes_its_picture_along(self, qtbot, page, model, tmp_path):
        piece = stored(model, tmp_path, "a.pdf", pdf())
        viewer = look(qtbot, page, piece)
        model.put_evidence(Evidence(**{**_fields(piece), "title": "改了名"}))
        assert "改了名" in viewer._title.text()
        model.remove_evidence(piece.id)
        assert not page.out.desk.is_open
        assert viewer.paper._sheet.image is None

    @pytest.mark.parametrize("kind", ["pdf", "png", "txt"])
    def test_nothing_of_a_file_is_held_after_locking(self, qtbot, page, model, tasks, tmp_path, kind):
        mark = MARK.encode()
        content = {
            "pdf": pdf() + b"\n%" + mark,
            "png": picture(tmp_path) + mark,
            "txt": b"text " + mark,
        }[kind]
        viewer = look(qtbot, page, stored(model, tmp_path, f"a.{kind}", content))
        del content
        assert held(mark) or kind == "txt"
        model.lock()
        qtbot.waitUntil(lambda: not tasks.looking)
        gc.collect()
        assert not held(mark)
        assert viewer.paper._sheet.image is None
        assert viewer._pages is viewer._loaded is viewer._piece is None
        assert MARK not in viewer.words.toPlainText()
        assert not viewer.words.document().isUndoAvailable()
        assert not [each for each in pictures() if each.width() > 100]
        assert not list(tmp_path.rglob(f"a.{kind}"))

    def test_locking_while_it_is_read(self, qtbot, page, model, tasks, tmp_path):
        piece = stored(model, tmp_path, "a.pdf", pdf() + bytes(30 << 20))
        page.out.look_at(piece)
        model.lock()
        qtbot.waitUntil(lambda: not tasks.looking, timeout=20_000)
        viewer = page.out.desk.viewer
        assert viewer.current == ""
        assert viewer._loaded is None
        assert not page.out.desk.is_open


def _fields(piece: Evidence) -> dict[str, object]:
    return {name: getattr(piece, name) for name in Evidence.__dataclass_fields__}


def held(mark: bytes) -> list[int]:
    """Lengths of bytes objects with the mark, beyond a line's length, that any living object holds."""
    found = set()
    for each in gc.get_objects():
        for inner in gc.get_referents(each):
            if type(inner) is bytes and len(inner) > len(mark) and mark in inner:
                found.add(len(inner))
    return sorted(found)


def pictures() -> list[QImage | QPixmap]:
    return [
        inner
        for each in gc.get_objects()
        for inner in gc.get_referents(each)
        if isinstance(inner, QImage | QPixmap)
    ]


def test_a_change_of_theme_is_a_repaint(qtbot, page, model, theme, tmp_path):
    look(qtbot, page, stored(model, tmp_path, "a.pdf", pdf()))
    before = page.grab().toImage()
    theme.set_mode(Mode.DARK)
    assert page.grab().toImage() != before
