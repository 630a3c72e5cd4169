"""Runs before everything else in either executable: both take their modules from one file beside them.

PyInstaller's own start asks this attribute, which its bootloader has set to an archive inside the executable.
"""

import sys

sys._pyinstaller_pyz = sys._MEIPASS + "/modules.pyz?0"  # noqa: SLF001
