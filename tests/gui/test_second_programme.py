"""A programme with other units, bands and caps, everywhere a programme shows: nothing knows the sample's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.exported import export_document
from support.vaults import TODAY, new_session

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.domain.scales import Verdict
from tsguard.gui.pages.results import ResultsPage
from tsguard.gui.results import figures
from tsguard.gui.session_model import SessionModel
from tsguard.gui.theme import Theme
from tsguard.services.application import choose_programme
from tsguard.services.content import shipped
from tsguard.services.session import Session

UNITS = ["有人管、有制度", "知道要保护什么", "载体、场所与系统管得住", "人进人出有约定", "对外往来与应急"]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = new_session(tmp_path, "XIC")
    choose_programme(made, shipped().programmes["park"])
    for item in made.checklist.items():
        made.put_answer(replace(made.answer(item.id), verdict=Verdict.MET))
    yield made
    if not made.closed:
        made.close()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, session: Session) -> ResultsPage:
    made = ResultsPage(theme, SessionModel(session))
    made.model.setParent(made)
    qtbot.addWidget(made)
    made.resize(1166, 720)
    made.show()
    return made


def test_the_results_page(page: ResultsPage) -> None:
    assert [unit.title for unit in page.units._units] == UNITS
    assert page.units._radar._labels == ("组织", "秘点", "物与网", "人员", "对外")
    assert page.units._radar.isVisible()
    assert page.hero._band.text() == "三星"


def test_its_caps(page: ResultsPage, session: Session) -> None:
    page.model.answer("ORG-04", Verdict.NOT_MET)
    assert page.hero._band.text() == "一星"
    assert session.assessment is not None
    limit = figures.cap(session.sheet(), session.assessment.programme)
    assert limit is not None
    assert limit.title == "一星"


def test_a_unit_of_several_sections_is_found_by_each(page: ResultsPage) -> None:
    for section in ("ORG", "TRN", "AUD"):
        assert page.units.choose(section)
        unit = page.units.table.value()
        assert unit is not None
        assert unit.id == "basics"


def test_a_change_of_programme_while_the_page_is_open(page: ResultsPage) -> None:
    page.model.choose_programme(shipped().programmes["sample"])
    assert len(page.units._units) == 12
    assert page.hero._band.text() == "示范水平"
    page.model.undo()
    assert len(page.units._units) == 5
    assert page.hero._band.text() == "三星"


@pytest.mark.parametrize("level", Level)
def test_the_report(session: Session, tmp_path: Path, level: Level) -> None:
    target = tmp_path / "r.pdf"
    assert (
        export_document(session.snapshot(), Edition(DocumentKind.REPORT, level), target, on=TODAY).pages > 10
    )
