"""The one step before pyHanko is imported: what it would fetch things with is not there.

pyHanko can ask servers for time stamps, certificates and revocation lists, and imports an HTTP client for it
whether it is used or not (0.38: aiohttp and 118 modules in all, a third of its time to load).
This program signs and reads without any, so stand-ins take the place of the two modules that begin it.
"""

from __future__ import annotations

import sys
from types import ModuleType

_STANDINS = {
    "pyhanko.sign.timestamps.aiohttp_client": ("HTTPTimeStamper", "AIOHttpTimeStamper"),
    "pyhanko_certvalidator.fetchers.aiohttp_fetchers": ("AIOHttpFetcherBackend",),
}
"""Modules by name, and the classes that pyHanko imports from them."""


class _Offline:
    """Stands for a class that would open a connection."""

    def __init__(self, *_arguments: object, **_named: object) -> None:
        raise NotImplementedError("this program has no network")


def keep_offline() -> None:
    """Put the stand-ins where Python looks for modules; what is loaded already stays."""
    for name, classes in _STANDINS.items():
        module = ModuleType(name, _Offline.__doc__)
        for each in classes:
            setattr(module, each, _Offline)
        sys.modules.setdefault(name, module)
