"""Facts of program and computer for whoever helps: versions, and no name, no path, nothing of a vault."""

from __future__ import annotations

import hashlib
import struct
import sys
from collections.abc import Callable, Iterable

import tsguard
from tsguard.domain.checklist import CORE
from tsguard.errors import TSGuardError
from tsguard.i18n import _

Fact = tuple[str, str]
"""What it is, and its value."""


def facts(more: Iterable[Callable[[], Iterable[Fact]]] = ()) -> tuple[Fact, ...]:
    """All of them; what can't be told is said so rather than raised, since a broken program is asked, too.

    Args:
        more: Further ones, such as the window's.
    """
    found: list[Fact] = [
        (_("程序"), f"tsguard {tsguard.__version__}"),
        (_("运行方式"), way_of_running()),
        (_("操作系统"), operating_system()),
        ("Python", _("{version}，{bits}位").format(version=_python(), bits=8 * struct.calcsize("P"))),
    ]
    for each in (_content, _engines, *more):
        try:
            found += each()
        except (ImportError, LookupError, OSError, TSGuardError) as error:
            found.append((_("不能确定"), type(error).__name__))
    return tuple(found)


def _python() -> str:
    return sys.version.split()[0]


def way_of_running() -> str:
    """Installed, from a folder that is carried along, or from Python."""
    if not getattr(sys, "frozen", False):
        return _("由Python运行")
    from tsguard.services.settings import this_place  # noqa: PLC0415 - start-up time

    return _("便携版") if this_place().portable else _("安装版")


def operating_system() -> str:
    """Its name and version, without the computer's name.

    ``platform`` asks Windows by a way that can hang or fail; its own version number is enough.
    """
    if sys.platform == "win32":
        found = sys.getwindowsversion()
        return f"Windows {found.major}.{found.minor}.{found.build}"
    import platform  # noqa: PLC0415 - not on Windows

    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = platform.system()
    return f"{name}, {platform.release()}, {platform.machine()}"


def content_facts() -> tuple[str, int, str]:
    """The core module's version, how many modules there are, and the start of a digest over all content.

    Raises:
        ContentInvalid: The content is damaged.
        Unreadable: It can't be read.
    """
    from tsguard.services.content import shipped  # noqa: PLC0415 - start-up time

    shelf = shipped()
    files = [each.sha256 for each in shelf.modules.values()]
    files += [each.sha256 for each in shelf.programmes.values()]
    files.append(shelf.library.sha256)
    digest = hashlib.sha256("".join(sorted(files)).encode()).hexdigest()
    return shelf.modules[CORE].version, len(shelf.modules), digest[:12]


def library_versions() -> dict[str, str]:
    """Versions of the libraries by name; "" for an extra that is not there.

    Raises:
        ImportError: One that is no extra is not there, or does not load.
        LookupError: One answers otherwise than the program needs.
    """
    from tsguard.exchange.engine import engines as of_books  # noqa: PLC0415 - start-up time
    from tsguard.report.engine import engines as of_papers  # noqa: PLC0415 - start-up time
    from tsguard.store.engine import engines as of_vaults  # noqa: PLC0415 - start-up time

    return of_vaults() | of_papers() | of_books()


def _content() -> Iterable[Fact]:
    version, count, digest = content_facts()
    words = _("{version}，{count}个模块，摘要{digest}")
    return [(_("清单内容"), words.format(version=version, count=count, digest=digest))]


def _engines() -> Iterable[Fact]:
    return [(name, version or _("没有安装")) for name, version in library_versions().items()]
