"""The program as it is, without a screen."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from support.collecting import garbage_waits
from support.silence import silence

__all__ = ["garbage_waits", "silence"]  # fixtures for every test here
