"""Content packs signed with keys of the tests' own, sound and spoilt in every way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from tsguard import __version__
from tsguard.assets import checklists
from tsguard.content.shelf import files_of
from tsguard.exchange.pack_file import Pack, made_pack
from tsguard.exchange.pack_payload import Manifest
from tsguard.exchange.pack_signature import SigningKey, new_key

PUBLISHER = "珠海𬭎㵘测试发布者"
XIC = "sectors/xic.yaml"
OLD_TEXT = "设计数据只在隔离的设计环境内处理，不能存到个人电脑等终端上"
NEW_TEXT = "设计数据只在隔离的设计环境内处理，不得存到个人电脑、手机等终端上"
DAY = date(2027, 1, 5)
VERSION = "2027.01"


@cache
def publisher_key() -> SigningKey:
    """The pair that the tests' program trusts."""
    return new_key()


@cache
def other_key() -> SigningKey:
    """A pair that nobody trusts."""
    return new_key()


def public_file(folder: Path, key: SigningKey | None = None) -> Path:
    """A file of the public half, as ``resources/publisher.pub``: with a remark in front."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "publisher.pub"
    path.write_bytes(b"# for tests\n" + (key or publisher_key()).public.pem())
    return path


@cache
def _shipped() -> dict[str, bytes]:
    return files_of(checklists())


def shipped_files() -> dict[str, bytes]:
    """The content that came with the program, to be changed."""
    return dict(_shipped())


def newer_files(version: str = VERSION, text: str = NEW_TEXT) -> dict[str, bytes]:
    """The shipped content with a newer 集成电路: one other text, one item new, one gone."""
    files = shipped_files()
    module = files[XIC].decode()
    assert OLD_TEXT in module
    module = module.replace('version: "2026.11"', f'version: "{version}"', 1)
    module = module.replace(OLD_TEXT, text).replace("XIC-12", "XIC-13")
    files[XIC] = module.encode()
    return files


def manifest(number: int = 3, *, day: date = DAY, program: str = __version__) -> Manifest:
    """What a pack says of itself."""
    return Manifest(number, day, PUBLISHER, program)


def pack(
    number: int = 3,
    files: Mapping[str, bytes] | None = None,
    *,
    key: SigningKey | None = None,
    day: date = DAY,
    program: str = __version__,
) -> Pack:
    """A signed pack; of the newer content unless told otherwise."""
    said = manifest(number, day=day, program=program)
    return made_pack(said, newer_files() if files is None else files, key or publisher_key(), Path("pack"))


def pack_file(folder: Path, data: bytes | None = None, name: str = "清单更新-2027-01 𠮷䶮.tsgpack") -> Path:
    """A pack's file; the usual pack unless told otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(pack().data if data is None else data)
    return path
