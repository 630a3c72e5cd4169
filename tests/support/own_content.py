"""Files of modules and programmes that did not ship: sound ones, faulty ones, newer ones."""

from __future__ import annotations

from pathlib import Path

from tsguard.assets import checklists
from tsguard.services.module_books import skeleton

TITLE = "印制电路板"
MODULE = "UPCB"
"""The id that the module counts by."""


def module_file(*, version: str = "", weight: int = 3) -> str:
    """A sound module with one item, of that weight."""
    text = skeleton("PCB", TITLE).decode()
    assert "weight: 3" in text
    text = text.replace("weight: 3", f"weight: {weight}", 1)
    if version:
        lines = [
            f'version: "{version}"' if line.startswith("version:") else line for line in text.split("\n")
        ]
        text = "\n".join(lines)
    return text


def faulty_file() -> str:
    """The same with a weight out of range and a key that nobody knows."""
    return module_file(weight=9).replace("sections:", "sectionz: x\nsections:", 1)


def programme_file() -> str:
    """A sound programme."""
    text = (checklists() / "programmes" / "park.yaml").read_text(encoding="utf-8")
    return text.replace("programme: park", "programme: fushan", 1)


def put(folder: Path, name: str, text: str) -> Path:
    """A file in a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
