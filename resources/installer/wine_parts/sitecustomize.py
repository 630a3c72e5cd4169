"""For Windows' Python under wine: no screen, and no questions that end wine 8. Never frozen."""

import os
import platform

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _no_answer(*_arguments: object) -> object:
    message = "wine answers no WMI"
    raise OSError(message)


if hasattr(platform, "_wmi_query"):
    platform._wmi_query = _no_answer  # noqa: SLF001 - the standard library has no switch for it

if os.name == "nt":
    import _winapi

    # wine 8 has no such function in its kernel32 and ends the process; without it, shutil copies by itself.
    if hasattr(_winapi, "CopyFile2"):
        del _winapi.CopyFile2
