"""Small files beside the program's settings: replaced whole, and for nobody's eyes but their owner's.

They name vaults, and so companies. It must not know what is in them.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from tsguard.errors import patience


def write_own(file: Path, content: bytes) -> None:
    """Replace a file, or make it, with its folder.

    Raises:
        OSError: The system said no; an older file is untouched.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Two windows may write at once, and what lies under a name that can be guessed may be a link.
    draft = file.with_name(f"{file.stem}-{os.urandom(4).hex()}.tmp")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            out.write(content)
        patience.replace(draft, file)
    except OSError:
        with contextlib.suppress(OSError):
            patience.remove(draft, missing_ok=True)
        raise
