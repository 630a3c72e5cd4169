"""The window's part of the self-test, on a real vault: it walks every page, and notices what goes wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from tsguard.gui.frame import page_table
from tsguard.gui.frame.page_table import PAGES
from tsguard.gui.page import Page
from tsguard.gui.self_check import WindowCheck
from tsguard.services.sample import create_sample
from tsguard.services.self_test import Bench, Result, run, workplace


@pytest.fixture
def bench(app) -> Iterator[Bench]:
    with workplace() as made:
        create_sample(made.vault, made.passphrase).close()
        yield made


def walk(bench: Bench, patience: float = 60.0) -> dict[str, Result]:
    before = sys.excepthook
    results = {each.name: each for each in run(WindowCheck(patience).checks(bench, "offscreen"), bench)}
    assert sys.excepthook is before
    return results


def test_every_page_is_shown_and_the_vault_is_locked_again(bench: Bench) -> None:
    results = walk(bench)
    assert [each for each in results.values() if not each.passed] == []
    assert {f"page-{entry.target}" for entry in PAGES} <= set(results)
    assert {f"窗口-{entry.target}.png" for entry in PAGES} <= set(bench.papers)
    assert list(bench.vault.parent.iterdir()) == [bench.vault]
    for picture in bench.papers.values():
        assert picture.startswith(b"\x89PNG")


def test_a_page_that_raises_and_one_that_is_blank_are_found(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raising(_needs: page_table.Needs) -> Page:
        raise LookupError("Seite")

    spoiled = {"points": raising}
    pages = tuple(replace(each, load=spoiled.get(each.target, each.load)) for each in PAGES)
    monkeypatch.setattr("tsguard.gui.frame.shell.Shell.__init__.__kwdefaults__", {"pages": pages})
    results = walk(bench)
    assert not results["page-points"].passed
    assert "LookupError" in results["page-points"].words
    assert results["page-evidence"].passed, "the next page is shown all the same"
    assert results["window-lock"].passed


def test_a_blank_picture_is_no_picture(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QWidget, "grab", _white)
    results = walk(bench)
    assert not results["window-open"].passed
    assert not results["page-results"].passed
    assert results["window-lock"].passed


def _white(widget: QWidget) -> object:
    from PySide6.QtGui import QPixmap

    made = QPixmap(widget.size())
    made.fill("white")
    return made


def test_a_vault_that_is_not_there_fails_the_pages_not_the_program(bench: Bench) -> None:
    bench.vault.unlink()
    results = walk(bench, patience=2.0)
    assert not results["page-results"].passed
    assert results["window-drawing"].passed


def test_facts_name_qt() -> None:
    assert dict(WindowCheck().facts())["Qt"].startswith("6.")
