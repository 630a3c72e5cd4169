"""Linux desktops over D-Bus: logind's sleep, lock and user switch, and the screen savers' locked screens.

Imported when a vault is open, not before: QtDBus is no part of the start. Where there is no bus, nothing
is heard and nothing is said. Sleep is heard as it begins; a computer that is faster locks on waking.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusVariant

LOGIN = "org.freedesktop.login1"
MANAGER = f"{LOGIN}.Manager"
SESSION = f"{LOGIN}.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)

_MANAGER_PATH = "/org/freedesktop/login1"
_WAIT_MS = 300
_TAKE: Any = SLOT("heard(QDBusMessage)")
"""A str, as PySide wants it; its stubs ask for bytes, which it refuses."""


def means_away(interface: str, member: str, arguments: Sequence[Any]) -> bool:
    """Whether a signal of the desktop says that the person left or the computer goes to sleep.

    Args:
        interface: Of the signal.
        member: Its name.
        arguments: What it carries.
    """
    said = bool(arguments) and arguments[0] is True
    if interface == MANAGER:
        return member == "PrepareForSleep" and said
    if interface == SESSION:
        return member == "Lock"
    return interface in SAVERS and member == "ActiveChanged" and said


def buses() -> tuple[QDBusConnection, QDBusConnection]:
    """The system's bus and the desktop's; not connected where there are none."""
    return QDBusConnection.systemBus(), QDBusConnection.sessionBus()


class BusSource(QObject):
    """Listens on both buses until ``close``."""

    def __init__(
        self,
        system: QDBusConnection,
        session: QDBusConnection,
        away: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        """Listen.

        Args:
            system: The bus where logind is.
            session: The bus where the screen saver is.
            away: Called when the person is gone or sleep begins.
            parent: Its owner.
        """
        super().__init__(parent)
        self._away, self._system = away, system
        self._at = ""
        self._heard: list[tuple[QDBusConnection, tuple[str, str, str, str]]] = []
        if system.isConnected():
            self._hear(system, LOGIN, _MANAGER_PATH, MANAGER, "PrepareForSleep")
            self._at = self._own_session()
            if self._at:
                self._hear(system, LOGIN, self._at, SESSION, "Lock")
                self._hear(system, LOGIN, self._at, PROPERTIES, "PropertiesChanged")
        if session.isConnected():
            for saver in SAVERS:
                self._hear(session, "", "", saver, "ActiveChanged")

    def close(self) -> None:
        """Listen no more."""
        for bus, (service, path, interface, member) in self._heard:
            bus.disconnect(service, path, interface, member, self, _TAKE)
        self._heard.clear()
        self.deleteLater()

    def _hear(self, bus: QDBusConnection, service: str, path: str, interface: str, member: str) -> None:
        if bus.connect(service, path, interface, member, self, _TAKE):
            self._heard.append((bus, (service, path, interface, member)))

    @Slot(QDBusMessage)
    def heard(self, message: QDBusMessage) -> None:
        """Take one signal of a bus."""
        interface = message.interface()
        gone = means_away(interface, message.member(), message.arguments())
        if interface == PROPERTIES:
            gone = self._property("LockedHint") is True or self._property("Active") is False
        if gone:
            self._away()

    def _own_session(self) -> str:
        """Path, as logind says, of the session this program runs in, or ""."""
        call = QDBusMessage.createMethodCall(LOGIN, _MANAGER_PATH, MANAGER, "GetSession")
        # Also finds the screen's session for what the desktop started as a service.
        call.setArguments(["auto"])
        found = self._ask(call)
        return found.path() if isinstance(found, QDBusObjectPath) else str(found or "")

    def _property(self, name: str) -> object:
        call = QDBusMessage.createMethodCall(LOGIN, self._at, PROPERTIES, "Get")
        call.setArguments([SESSION, name])
        found = self._ask(call)
        return found.variant() if isinstance(found, QDBusVariant) else found

    def _ask(self, call: QDBusMessage) -> object:
        answer = self._system.call(call, QDBus.CallMode.Block, _WAIT_MS)
        arguments = answer.arguments()
        told = answer.type() == QDBusMessage.MessageType.ReplyMessage and arguments
        return arguments[0] if told else None
