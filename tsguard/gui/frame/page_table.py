"""Which pages there are: name in code, title, icon, and how each is built. The one place that knows all.

A page's module is imported when the person first goes there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tsguard.gui.page import Page
from tsguard.gui.session_model import SessionModel
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.i18n import _
from tsguard.services.settings import keys_folder, own_folder


@dataclass(frozen=True, slots=True)
class Needs:
    """What pages are made from.

    Attributes:
        theme: Where colours come from.
        model: The open session.
        tasks: Runs what takes time.
        store: The program's settings.
    """

    theme: Theme
    model: SessionModel
    tasks: Tasks
    store: SettingsStore


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page.

    Attributes:
        target: Its name in code, the first part of ``Page.go``.
        title: Its word, found when asked for.
        icon: Its icon.
        group: Which group of the navigation it stands in, from 0; -1 for the foot.
        load: Imports and builds it.
        assessed: Whether there is nothing to show before modules were chosen.
    """

    target: str
    title: Callable[[], str]
    icon: str
    group: int
    load: Callable[[Needs], Page]
    assessed: bool = False


def _profile(needs: Needs) -> Page:
    from tsguard.gui.pages.profile import ProfilePage  # noqa: PLC0415 - start-up time

    return ProfilePage(needs.theme, needs.model, needs.tasks, own_folder(needs.store.file))


def _quick(needs: Needs) -> Page:
    from tsguard.gui.pages.quick import QuickPage  # noqa: PLC0415 - start-up time

    return QuickPage(needs.theme, needs.model)


def _checklist(needs: Needs) -> Page:
    from tsguard.gui.pages.checklist import ChecklistPage  # noqa: PLC0415 - start-up time

    return ChecklistPage(needs.theme, needs.model, needs.tasks)


def _results(needs: Needs) -> Page:
    from tsguard.gui.pages.results import ResultsPage  # noqa: PLC0415 - start-up time

    return ResultsPage(needs.theme, needs.model)


def _rectification(needs: Needs) -> Page:
    from tsguard.gui.pages.rectification import RectificationPage  # noqa: PLC0415 - start-up time

    return RectificationPage(needs.theme, needs.model)


def _points(needs: Needs) -> Page:
    from tsguard.gui.pages.secret_points import SecretPointsPage  # noqa: PLC0415 - start-up time

    return SecretPointsPage(needs.theme, needs.model)


def _evidence(needs: Needs) -> Page:
    from tsguard.gui.pages.evidence import EvidencePage  # noqa: PLC0415 - start-up time

    return EvidencePage(needs.theme, needs.model, needs.tasks)


def _application(needs: Needs) -> Page:
    from tsguard.gui.pages.application import ApplicationPage  # noqa: PLC0415 - start-up time

    return ApplicationPage(needs.theme, needs.model, own_folder(needs.store.file))


def _export(needs: Needs) -> Page:
    from tsguard.gui.pages.export import ExportPage  # noqa: PLC0415 - start-up time

    return ExportPage(needs.theme, needs.model, needs.tasks)


def _verify(needs: Needs) -> Page:
    from tsguard.gui.pages.verify import VerifyPage  # noqa: PLC0415 - start-up time

    return VerifyPage(needs.theme, needs.model, needs.tasks)


def _history(needs: Needs) -> Page:
    from tsguard.gui.pages.history import HistoryPage  # noqa: PLC0415 - start-up time

    return HistoryPage(needs.theme, needs.model, needs.tasks)


def _backups(needs: Needs) -> Page:
    from tsguard.gui.pages.backups import BackupsPage  # noqa: PLC0415 - start-up time

    return BackupsPage(needs.theme, needs.model, needs.tasks, needs.store)


def _health(needs: Needs) -> Page:
    from tsguard.gui.pages.health import HealthPage  # noqa: PLC0415 - start-up time
    from tsguard.services.doctor import Doctor  # noqa: PLC0415 - start-up time

    return HealthPage(needs.theme, needs.model, needs.tasks, Doctor(needs.store.file))


def _settings(needs: Needs) -> Page:
    from tsguard.gui.pages.settings import SettingsPage  # noqa: PLC0415 - start-up time
    from tsguard.services.quick_unlock import QuickUnlock  # noqa: PLC0415 - start-up time

    quick = QuickUnlock(keys_folder(needs.store.file), travels=needs.store.place.portable)
    return SettingsPage(needs.theme, needs.model, needs.store, needs.tasks, quick)


PAGES: tuple[PageEntry, ...] = (
    PageEntry("profile", lambda: _("企业档案"), "building", 0, _profile),
    PageEntry("quick", lambda: _("快速自测"), "wand", 0, _quick, assessed=True),
    PageEntry("checklist", lambda: _("自评清单"), "task_list_square_ltr", 0, _checklist, assessed=True),
    PageEntry("results", lambda: _("结果"), "data_pie", 0, _results, assessed=True),
    PageEntry("rectification", lambda: _("整改"), "calendar", 0, _rectification),
    PageEntry("points", lambda: _("秘点台账"), "shield_keyhole", 1, _points),
    PageEntry("evidence", lambda: _("佐证"), "attach", 1, _evidence),
    PageEntry("application", lambda: _("申报表"), "document_table", 2, _application, assessed=True),
    PageEntry("export", lambda: _("报告与申报"), "document_pdf", 2, _export, assessed=True),
    PageEntry("verify", lambda: _("核验文件"), "checkmark_circle", 2, _verify),
    PageEntry("history", lambda: _("变更记录"), "history", -1, _history),
    PageEntry("backups", lambda: _("备份"), "archive", -1, _backups),
    PageEntry("health", lambda: _("保险库体检"), "wrench", -1, _health),
    PageEntry("settings", lambda: _("设置"), "settings", -1, _settings),
)
