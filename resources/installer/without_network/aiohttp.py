"""Stands in the frozen program where pyHanko asks for its network library; can reach nothing.

pyHanko imports aiohttp with its time stamps, which we never ask for, and defines classes by its names. So the
names are here, and whatever is done with one of them says that there is no network.
"""

from __future__ import annotations


class _Nothing:
    """A class of the library that cannot be made."""

    def __init__(self, *_given: object, **_named: object) -> None:
        message = "this program has no network"
        raise RuntimeError(message)


class BasicAuth(_Nothing):
    """Never made."""


class ClientSession(_Nothing):
    """Never made."""


class ClientTimeout(_Nothing):
    """Never made."""


class ClientError(Exception):
    """Never raised."""


class ContentTypeError(ClientError):
    """Never raised."""
