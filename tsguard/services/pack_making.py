"""What the publisher does with content packs: a key of their own, and a signed pack of a content folder.

The private key is read, used and forgotten; it is written once, encrypted, and shown nowhere.
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tsguard import assets
from tsguard.content.shelf import check, files_of
from tsguard.errors import NotReplaced, PackFault, PackKeyFault, PackKeyRefused, PackRefused
from tsguard.exchange import pack_signature
from tsguard.exchange.pack_file import Pack, made_pack
from tsguard.exchange.pack_payload import Manifest, PayloadFault
from tsguard.report.plain_file import create_plain, replace_plain
from tsguard.services.given_file import given_bytes
from tsguard.services.packs import unversioned
from tsguard.services.printing import unprinted
from tsguard.store.kdf import check_length


@dataclass(frozen=True, slots=True)
class MadePack:
    """A pack that was made.

    Attributes:
        path: Its file.
        files: How many content files it carries.
        size: Of the file, in bytes.
        sha256: Of the file, 64 hexadecimal digits.
        fingerprint: The SHA-256 of the public key, likewise.
        unversioned: Names of files that differ from those of this program under the same version.
    """

    path: Path
    files: int
    size: int
    sha256: str
    fingerprint: str
    unversioned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key pair that was made.

    Attributes:
        private: The file of the encrypted private half.
        public: The file of the public half.
        fingerprint: The SHA-256 of the public key, 64 hexadecimal digits.
    """

    private: Path
    public: Path
    fingerprint: str


def new_key(target: Path, passphrase: str) -> MadeKey:
    """Make a key pair: the private half as encrypted PKCS#8, the public half beside it ending in ``.pub``.

    Args:
        target: The private half's file; neither file may be there.
        passphrase: 8 characters at least; taken in NFKC.

    Raises:
        NotReplaced: One of the two is there; nothing was written.
        PassphraseTooShort: The passphrase has fewer characters.
        StorageError: The file system said no; nothing is left behind.
    """
    check_length(passphrase)
    public = target.with_name(f"{target.name if target.suffix == '.pub' else target.stem}.pub")
    for each in (target, public):
        if os.path.lexists(each):
            raise NotReplaced(each)
    made = pack_signature.new_key()
    if not create_plain(target, made.pem(_normalised(passphrase))):
        raise NotReplaced(target)
    try:
        replace_plain(public, (made.public.pem(),))
    except BaseException:
        target.unlink(missing_ok=True)  # a private key whose public half is nowhere helps nobody
        raise
    return MadeKey(target, public, made.public.fingerprint)


def make_pack(
    folder: Path,
    target: Path,
    key: Path,
    passphrase: str,
    *,
    number: int,
    publisher: str,
    day: date,
    program: str,
) -> MadePack:
    """Check a content folder as the program that takes the pack will, sign it, and write the pack.

    Args:
        folder: The content, such as ``checklists``; all of it goes into the pack.
        target: The pack's file.
        key: The publisher's private key, encrypted PKCS#8 in PEM.
        passphrase: The key's.
        number: 1 to 999999, higher than of any pack before.
        publisher: Who makes it, 1 to 80 visible characters.
        day: The pack's day.
        program: The version of the program that the pack needs at least, such as ``0.1.0``.

    Raises:
        PackKeyRefused: The key can't be used.
        PackRefused: The content has faults, or the number, the publisher or the version is out of bounds;
            nothing was written.
        StorageError: A file can't be read, or the pack not be written.
    """
    try:
        said = Manifest(number, day, publisher, program)
    except PayloadFault as error:
        raise PackRefused(target, error.fault) from error
    files = files_of(folder)
    _shelf, problems = check(files, unprinted=unprinted)
    if problems:
        raise PackRefused(folder, PackFault.CONTENT, problems=tuple(problems))
    pack: Pack = made_pack(said, files, _signing_key(key, passphrase), target)
    written = replace_plain(target, (pack.data,))
    return MadePack(
        target,
        len(files),
        written.size,
        pack.sha256,
        pack.key.fingerprint,
        unversioned(files, files_of(assets.checklists())),
    )


def _signing_key(path: Path, passphrase: str) -> pack_signature.SigningKey:
    data = given_bytes(path, pack_signature.LARGEST_KEY_FILE)
    try:
        return pack_signature.signing_key(data, _normalised(passphrase))
    except pack_signature.NotEncrypted as error:
        raise PackKeyRefused(path, PackKeyFault.NOT_ENCRYPTED) from error
    except pack_signature.OtherKind as error:
        raise PackKeyRefused(path, PackKeyFault.NOT_ED25519) from error
    except pack_signature.WrongPassphrase as error:
        raise PackKeyRefused(path, PackKeyFault.WRONG_PASSPHRASE) from error
    except pack_signature.NotAKey as error:
        raise PackKeyRefused(path, PackKeyFault.NOT_PEM) from error


def _normalised(passphrase: str) -> str:
    return unicodedata.normalize("NFKC", passphrase)
