"""Listens for whatever Python does about a network, in this process, from when it is first imported.

An audit hook can't be taken away again, so there is one, and a list that is looked at in parts.
"""

from __future__ import annotations

import socket
import sys

_WATCHED = (
    "socket.",
    "ssl.",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
    "poplib.",
    "imaplib.",
    "nntplib.",
    "telnetlib.",
)
_LOCAL = {int(family) for family in (getattr(socket, "AF_UNIX", None),) if family is not None}
_NAME_ONLY = {"socket.gethostname"}
"""Asks the computer for its own name; nothing leaves it."""
heard: list[str] = []
"""Every event in its order, with its arguments."""


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith(_WATCHED) or event in _NAME_ONLY:
        return
    if event == "socket.__new__" and arguments[1] in _LOCAL:
        return  # a pair of sockets within the process, as asyncio makes one
    if event in {"socket.connect", "socket.bind"} and arguments[0].family in _LOCAL:  # type: ignore[attr-defined]
        return
    heard.append(f"{event} {arguments!r}")


sys.addaudithook(_listen)
