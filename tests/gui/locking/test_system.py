"""What the systems say when the person leaves: Windows' messages, and a Linux desktop's bus."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from tsguard.gui.locking import desktop_bus, windows_messages
from tsguard.gui.locking.desktop_bus import BusSource
from tsguard.gui.locking.system import SystemWatch
from tsguard.gui.locking.windows_messages import WM_POWERBROADCAST, WM_WTSSESSION_CHANGE, MessageFilter

WM_KEYDOWN = 0x0100

MESSAGES = [
    (WM_WTSSESSION_CHANGE, 0x1, False),  # WTS_CONSOLE_CONNECT
    (WM_WTSSESSION_CHANGE, 0x2, True),  # WTS_CONSOLE_DISCONNECT
    (WM_WTSSESSION_CHANGE, 0x3, False),  # WTS_REMOTE_CONNECT
    (WM_WTSSESSION_CHANGE, 0x4, True),  # WTS_REMOTE_DISCONNECT
    (WM_WTSSESSION_CHANGE, 0x5, False),  # WTS_SESSION_LOGON
    (WM_WTSSESSION_CHANGE, 0x6, True),  # WTS_SESSION_LOGOFF
    (WM_WTSSESSION_CHANGE, 0x7, True),  # WTS_SESSION_LOCK
    (WM_WTSSESSION_CHANGE, 0x8, False),  # WTS_SESSION_UNLOCK
    (WM_WTSSESSION_CHANGE, 0x9, False),  # WTS_SESSION_REMOTE_CONTROL
    (WM_POWERBROADCAST, 0x4, True),  # PBT_APMSUSPEND
    (WM_POWERBROADCAST, 0x7, False),  # PBT_APMRESUMESUSPEND
    (WM_POWERBROADCAST, 0x12, False),  # PBT_APMRESUMEAUTOMATIC
    (WM_POWERBROADCAST, 0xA, False),  # PBT_APMPOWERSTATUSCHANGE
    (WM_KEYDOWN, 0x7, False),
    (0, 0, False),
]


@pytest.mark.parametrize(("message", "word", "gone"), MESSAGES)
def test_what_windows_means(message: int, word: int, gone: bool) -> None:
    assert windows_messages.means_away(message, word) is gone


@pytest.mark.parametrize(("message", "word", "gone"), MESSAGES)
def test_the_filter_reads_a_real_message_and_stops_none(message: int, word: int, gone: bool) -> None:
    seen: list[bool] = []
    reader = MessageFilter(lambda: seen.append(True))
    made = wintypes.MSG()
    made.message, made.wParam = message, word
    address = ctypes.addressof(made)
    assert reader.nativeEventFilter(b"windows_generic_MSG", address) == (False, 0)
    assert bool(seen) is gone
    assert reader.nativeEventFilter(b"windows_dispatcher_MSG", address) == (False, 0)
    assert reader.nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)
    assert len(seen) == int(gone), "each message once"


LOGIN, SAVER = desktop_bus.MANAGER, "org.gnome.ScreenSaver"


@pytest.mark.parametrize(
    ("interface", "member", "arguments", "gone"),
    [
        (LOGIN, "PrepareForSleep", [True], True),
        (LOGIN, "PrepareForSleep", [False], False),
        (LOGIN, "PrepareForSleep", [], False),
        (LOGIN, "PrepareForShutdown", [True], False),
        (desktop_bus.SESSION, "Lock", [], True),
        (desktop_bus.SESSION, "Unlock", [], False),
        (SAVER, "ActiveChanged", [True], True),
        (SAVER, "ActiveChanged", [False], False),
        (SAVER, "WakeUpScreen", [True], False),
        ("org.example.Other", "ActiveChanged", [True], False),
        (desktop_bus.PROPERTIES, "PropertiesChanged", [True], False),
    ],
)
def test_what_a_desktop_means(interface: str, member: str, arguments: list[object], gone: bool) -> None:
    assert desktop_bus.means_away(interface, member, arguments) is gone


OWN, OTHERS = (f"/org/freedesktop/login1/session/_3{number}" for number in (2, 5))

SERVICE = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import *

LOCKED = {"LockedHint": False, "Active": True}

class Login(QDBusVirtualObject):
    def introspect(self, path):
        return ""
    def handleMessage(self, message, connection):
        member, given = message.member(), message.arguments()
        if member == "GetSession":
            answer = [QDBusObjectPath("/org/freedesktop/login1/session/_32")] if given == ["auto"] else []
        elif member == "Get":
            answer = [QDBusVariant(LOCKED[given[1]])]
        elif member == "Become":
            LOCKED[given[0]] = given[1]
            self.say(connection, given[2], "org.freedesktop.DBus.Properties", "PropertiesChanged")
            answer = []
        elif member == "Say":
            self.say(connection, *given)
            answer = []
        else:
            return False
        reply = message.createReply()
        reply.setArguments(answer)
        return connection.send(reply)
    def say(self, connection, path, interface, member, *given):
        signal = QDBusMessage.createSignal(path, interface, member)
        signal.setArguments(list(given))
        connection.send(signal)

app = QCoreApplication([])
bus = QDBusConnection.connectToBus(sys.argv[1], "login")
login = Login()
bus.registerVirtualObject("/", login, QDBusConnection.VirtualObjectRegisterOption.SubPath)
print(bus.registerService("org.freedesktop.login1"), flush=True)
app.exec()
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A private bus with a logind of our own on it."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("no dbus-daemon on this machine")
    bus = subprocess.Popen(
        [daemon, "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert bus.stdout is not None
    address = bus.stdout.readline().strip()
    script = tmp_path / "login.py"
    script.write_text(SERVICE)
    login = subprocess.Popen([sys.executable, script, address], stdout=subprocess.PIPE, text=True)
    assert login.stdout is not None
    assert login.stdout.readline() == "True\n"
    yield address
    for process in (login, bus):
        process.terminate()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture
def told() -> list[bool]:
    return []


@pytest.fixture
def ours(app, address: str, told: list[bool]) -> Iterator[BusSource]:
    bus = QDBusConnection.connectToBus(address, "ours")
    source = BusSource(bus, bus, lambda: told.append(True))
    yield source
    if isValid(source):
        source.close()
    QDBusConnection.disconnectFromBus("ours")


@pytest.fixture
def theirs(address: str) -> Iterator[QDBusConnection]:
    yield QDBusConnection.connectToBus(address, "theirs")
    QDBusConnection.disconnectFromBus("theirs")


def signal(bus: QDBusConnection, path: str, interface: str, member: str, *arguments: object) -> None:
    message = QDBusMessage.createSignal(path, interface, member)
    message.setArguments(list(arguments))
    assert bus.send(message)


def ask(bus: QDBusConnection, member: str, *arguments: object) -> None:
    call = QDBusMessage.createMethodCall("org.freedesktop.login1", "/", "test.Login", member)
    call.setArguments(list(arguments))
    assert bus.call(call).type() == QDBusMessage.MessageType.ReplyMessage


def test_a_screen_saver_is_heard_on_a_real_bus(qtbot, ours, theirs, told) -> None:
    path = "/org/gnome/ScreenSaver"
    signal(theirs, path, SAVER, "ActiveChanged", False)
    signal(theirs, path, SAVER, "ActiveChanged", True)
    qtbot.waitUntil(lambda: told == [True])


@pytest.mark.parametrize(("name", "value"), [("LockedHint", True), ("Active", False)])
def test_a_locked_or_switched_session_is_heard(qtbot, ours, theirs, told, name, value) -> None:
    assert ours._at == OWN
    ask(theirs, "Become", name, value, OWN)
    qtbot.waitUntil(lambda: told == [True])
    ask(theirs, "Become", name, not value, OWN)
    qtbot.wait(100)
    ask(theirs, "Become", name, value, OTHERS)
    qtbot.wait(100)
    assert told == [True]


@pytest.mark.parametrize(
    ("path", "interface", "member", "arguments"),
    [
        ("/org/freedesktop/login1", LOGIN, "PrepareForSleep", (True,)),
        (OWN, desktop_bus.SESSION, "Lock", ()),
    ],
)
def test_sleep_and_lock_are_heard(qtbot, ours, theirs, told, path, interface, member, arguments) -> None:
    ask(theirs, "Say", path, interface, member, *arguments)
    qtbot.waitUntil(lambda: told == [True])


def test_the_lock_of_another_person_on_this_computer_is_not_ours(qtbot, ours, theirs, told) -> None:
    ask(theirs, "Say", OTHERS, desktop_bus.SESSION, "Lock")
    qtbot.wait(100)
    assert told == []


def test_closed_it_hears_nothing(qtbot, ours, theirs, told) -> None:
    ours.close()
    signal(theirs, "/x", SAVER, "ActiveChanged", True)
    qtbot.wait(100)
    assert told == []


def test_without_a_bus_it_is_silent(app) -> None:
    nowhere = QDBusConnection("nothing of that name")
    source = BusSource(nowhere, nowhere, lambda: None)
    source.close()


def test_the_watch_starts_and_stops_on_this_machine(qtbot, app) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    watch = SystemWatch(window)
    watch.start()
    watch.start()
    assert watch.listening is (sys.platform in {"win32", "linux"})
    watch.stop()
    watch.stop()
    assert not watch.listening
