"""Who works here, as far as the computer knows."""

from __future__ import annotations

import getpass


def account_name() -> str:
    """The journal's name for whoever works here: the account of the computer."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
    return name.encode("utf-8", "replace").decode()
