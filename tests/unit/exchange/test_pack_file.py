"""A content pack: the same bytes for the same content, and refused with any byte changed."""

import io
import json
import struct
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.packs import PUBLISHER, manifest, newer_files, other_key, pack, publisher_key

from tsguard.errors import PackFault, PackRefused
from tsguard.exchange import pack_signature
from tsguard.exchange.pack_file import LARGEST_PACK, made_pack, opened_pack
from tsguard.exchange.pack_payload import MOST_FILES, Manifest, PayloadFault, packed, unpacked

HEAD = len(b"tsgpack 1\n")
START = HEAD + 32 + 64
WHERE = Path("更新.tsgpack")
SMALL = {"core.yaml": b"module: core\n", "sectors/xic.yaml": "module: 𬭎㵘䶮𠮷\n".encode() * 40}
"""Enough for a container, which does not know what content is."""


def small(number=3):
    return made_pack(manifest(number), SMALL, publisher_key(), WHERE)


def signed(payload, key=None):
    """A pack of any payload whatever, with a signature that holds."""
    pair = key or publisher_key()
    message = b"tsguard content pack 1\0" + pair.public.raw + payload
    return b"tsgpack 1\n" + pair.public.raw + pair.sign(message) + payload


def fault_of(data):
    with pytest.raises(PackRefused) as refused:
        opened_pack(data, publisher_key().public, WHERE)
    assert refused.value.path == WHERE
    return refused.value.fault


def test_there_and_back():
    made = small()
    found = opened_pack(made.data, publisher_key().public, WHERE)
    assert found == made
    assert found.files == SMALL
    assert found.manifest.publisher == PUBLISHER
    assert found.key.fingerprint == publisher_key().public.fingerprint


def test_the_same_content_makes_the_same_bytes():
    backwards = dict(reversed(SMALL.items()))
    assert made_pack(manifest(), backwards, publisher_key(), WHERE).data == small().data
    assert small(4).data != small().data


def test_the_whole_content_fits_many_times():
    assert len(pack().data) * 8 < LARGEST_PACK
    assert pack().files == newer_files()


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_byte_can_be_another_one(drawn):
    data = small().data
    at = drawn.draw(st.integers(0, len(data) - 1))
    other = drawn.draw(st.integers(1, 255))
    changed = data[:at] + bytes([data[at] ^ other]) + data[at + 1 :]
    fault = fault_of(changed)
    if at >= HEAD + 32:
        assert fault is PackFault.CHANGED
    elif at >= HEAD:
        assert fault is PackFault.OTHER_KEY


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_no_byte_can_be_missing_at_the_end(length):
    data = small().data
    assert fault_of(data[: length % len(data)]) in {
        PackFault.NOT_A_PACK,
        PackFault.CUT_SHORT,
        PackFault.CHANGED,
    }


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_refused(data):
    fault_of(data)
    fault_of(small().data[:HEAD] + data)
    assert fault_of(signed(b"P" + data)) is PackFault.DAMAGED


def test_a_signature_for_something_else_is_none():
    payload = packed(manifest(), SMALL)
    pair = publisher_key()
    for message in (
        payload,
        pair.public.raw + payload,
        b"tsguard content pack 2\0" + pair.public.raw + payload,
    ):
        data = b"tsgpack 1\n" + pair.public.raw + pair.sign(message) + payload
        assert fault_of(data) is PackFault.CHANGED


def test_another_publishers_pack_with_our_key_written_over_theirs():
    theirs = made_pack(manifest(), SMALL, other_key(), WHERE).data
    assert fault_of(theirs) is PackFault.OTHER_KEY
    assert fault_of(theirs[:HEAD] + publisher_key().public.raw + theirs[HEAD + 32 :]) is PackFault.CHANGED


def zipped(entries, *, method=zipfile.ZIP_DEFLATED, mode=0o100644):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            archive.writestr(entry, data, method)
    return made.getvalue()


def said(**changed):
    """A manifest's bytes, right but for what is changed."""
    text = json.loads(zipfile.ZipFile(io.BytesIO(packed(manifest(), SMALL))).read("manifest.json"))
    return json.dumps(text | changed, ensure_ascii=False).encode()


def entries(first=None):
    named = [(f"checklists/{name}", data) for name, data in SMALL.items()]
    return [("manifest.json", said() if first is None else first), *named]


STRANGE = PackFault.STRANGE_FILES
BAD = {
    "empty": (b"", PackFault.CUT_SHORT),
    "no zip": (b"PK\x03\x04 and nothing", PackFault.DAMAGED),
    "a zip of nothing": (zipped([]), PackFault.MANIFEST),
    "no manifest": (zipped(entries()[1:]), PackFault.MANIFEST),
    "out of the folder": (zipped([*entries(), ("checklists/../../x.yaml", b"")]), STRANGE),
    "from the root": (zipped([*entries(), ("/etc/x.yaml", b"")]), STRANGE),
    "with a drive": (zipped([*entries(), ("C:/x.yaml", b"")]), STRANGE),
    # Windows' Python writes no backslash into a name by itself.
    "with backslashes": (
        zipped([*entries(), ("checklists|sectors|x.yaml", b"")]).replace(b"|", b"\\"),
        STRANGE,
    ),
    "beside the folder": (zipped([*entries(), ("other/x.yaml", b"")]), STRANGE),
    "no yaml": (zipped([*entries(), ("checklists/sectors/x.exe", b"")]), STRANGE),
    "a folder too deep": (zipped([*entries(), ("checklists/sectors/a/x.yaml", b"")]), STRANGE),
    "a folder": (zipped([*entries(), ("checklists/sectors/", b"")]), STRANGE),
    "an unknown file": (zipped([*entries(), ("checklists/more.yaml", b"")]), STRANGE),
    "the same but for case": (zipped([*entries(), ("checklists/Core.yaml", b"")]), STRANGE),
    "a link": (zipped(entries(), mode=0o120777), STRANGE),
    "another packing": (zipped(entries(), method=zipfile.ZIP_BZIP2), STRANGE),
    "too many": (
        zipped([*entries(), *((f"checklists/addons/a{i}.yaml", b"") for i in range(MOST_FILES))]),
        STRANGE,
    ),
    "a bomb": (
        zipped([*entries(), ("checklists/addons/a.yaml", bytes(3 << 20))]),
        PackFault.UNPACKS_TOO_LARGE,
    ),
    "a large file": (
        zipped([*entries(), ("checklists/addons/a.yaml", bytes(5 << 20))], method=zipfile.ZIP_STORED),
        PackFault.UNPACKS_TOO_LARGE,
    ),
    "a manifest of no JSON": (zipped(entries(first=b"{")), PackFault.MANIFEST),
    "a manifest of other UTF": (zipped(entries(first=b"\xff\xfe{}")), PackFault.MANIFEST),
    "a manifest that nests": (zipped(entries(first=b"[" * 100_000)), PackFault.UNPACKS_TOO_LARGE),
    "a list as manifest": (zipped(entries(first=b"[]")), PackFault.MANIFEST),
    "a key twice": (zipped(entries(first=b'{"number":1,' + said()[1:])), PackFault.MANIFEST),
    "a further key": (zipped(entries(first=said(more=1))), PackFault.MANIFEST),
    "another format": (zipped(entries(first=said(format=2))), PackFault.MANIFEST),
    "number 0": (zipped(entries(first=said(number=0))), PackFault.MANIFEST),
    "a number as text": (zipped(entries(first=said(number="3"))), PackFault.MANIFEST),
    "true as number": (zipped(entries(first=said(number=True))), PackFault.MANIFEST),
    "a number too large": (zipped(entries(first=said(number=10**9))), PackFault.MANIFEST),
    "no such day": (zipped(entries(first=said(date="2026-02-30"))), PackFault.MANIFEST),
    "a week for a day": (zipped(entries(first=said(date="2026-W01"))), PackFault.MANIFEST),
    "nobody": (zipped(entries(first=said(publisher=""))), PackFault.MANIFEST),
    "a name of two lines": (zipped(entries(first=said(publisher="甲\n乙"))), PackFault.MANIFEST),
    "a name turned round": (zipped(entries(first=said(publisher="甲\u202e乙"))), PackFault.MANIFEST),
    "a long name": (zipped(entries(first=said(publisher="甲" * 81))), PackFault.MANIFEST),
    "any version": (zipped(entries(first=said(program="any"))), PackFault.MANIFEST),
    "files as a list": (zipped(entries(first=said(files=["core.yaml"]))), PackFault.MANIFEST),
    "no SHA-256": (zipped(entries(first=said(files={"core.yaml": "x"}))), PackFault.MANIFEST),
    "another SHA-256": (
        zipped(entries(first=said(files=dict.fromkeys(SMALL, "0" * 64)))),
        PackFault.FILES_DIFFER,
    ),
    "a file that is not listed": (
        zipped([*entries(), ("checklists/addons/a.yaml", b"x")]),
        PackFault.FILES_DIFFER,
    ),
    "a listed file that is not there": (zipped(entries()[:-1]), PackFault.FILES_DIFFER),
}  # fmt: skip


@pytest.mark.parametrize(("payload", "fault"), BAD.values(), ids=BAD)
def test_what_the_publisher_must_not_sign_is_refused_all_the_same(payload, fault):
    assert fault_of(signed(payload)) is fault


def test_a_size_that_is_not_the_directorys():
    payload = zipped(entries())
    at = payload.rindex(b"PK\x01\x02") + 24
    size = struct.unpack("<L", payload[at : at + 4])[0]
    for other in (size - 1, size + 1):
        lying = payload[:at] + struct.pack("<L", other) + payload[at + 4 :]
        assert fault_of(signed(lying)) is PackFault.DAMAGED


def test_a_locked_entry():
    payload = bytearray(zipped(entries()))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = payload.rindex(mark) + offset
        payload[at] |= 1
    assert fault_of(signed(bytes(payload))) is PackFault.STRANGE_FILES


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", PackFault.NOT_A_PACK),
        (b"%PDF-1.7", PackFault.NOT_A_PACK),
        (b"tsgpack one\n", PackFault.NOT_A_PACK),
        (b"tsgpack 2\n" + bytes(200), PackFault.NEWER_FORMAT),
        (b"tsgpack 1\n" + bytes(96), PackFault.CUT_SHORT),
        (b"tsgpack 1\n" + bytes(LARGEST_PACK), PackFault.TOO_LARGE),
    ],
)
def test_what_is_no_pack_of_ours(data, fault):
    assert fault_of(data) is fault


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({}, STRANGE),
        ({"../x.yaml": b""}, STRANGE),
        ({"sectors/ß.yaml": b""}, STRANGE),
        ({f"addons/a{i}.yaml": b"" for i in range(MOST_FILES + 1)}, STRANGE),
        ({"core.yaml": bytes((4 << 20) + 1)}, PackFault.UNPACKS_TOO_LARGE),
    ],
)
def test_what_can_not_be_packed(files, fault):
    with pytest.raises(PackRefused) as refused:
        made_pack(manifest(), files, publisher_key(), WHERE)
    assert refused.value.fault is fault


@pytest.mark.parametrize("changed", [{"number": 0}, {"publisher": " "}, {"program": "1"}, {"program": "x.1"}])
def test_a_manifest_keeps_its_bounds(changed):
    with pytest.raises(PayloadFault):
        replace(manifest(), **changed)


@given(
    st.dictionaries(
        st.from_regex(r"(sectors|addons)/[a-z0-9]{1,9}\.yaml", fullmatch=True),
        st.binary(max_size=300),
        min_size=1,
    ),
    st.integers(1, 999_999),
    st.dates(),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_packed_comes_out(files, number, day):
    made = Manifest(number, day, "甲", "0.1.0")
    assert unpacked(packed(made, files)) == (made, files)


class TestKeys:
    def test_a_private_key_is_told_nowhere(self):
        pair = pack_signature.new_key()
        inner = pair._key.private_bytes_raw()
        assert inner.hex() not in repr(pair)
        assert inner not in pair.pem("回形针-correct")

    def test_there_and_back(self):
        pair = pack_signature.new_key()
        again = pack_signature.signing_key(pair.pem("回形针-correct"), "回形针-correct")
        assert again.public == pair.public
        assert again.sign(b"x") == pair.sign(b"x")
        assert pack_signature.public_key("# 备注\n".encode() + pair.public.pem()) == pair.public

    @pytest.mark.parametrize("passphrase", ["", "回形针-Correct", "\0"])
    def test_a_wrong_passphrase(self, passphrase):
        with pytest.raises(pack_signature.WrongPassphrase):
            pack_signature.signing_key(publisher_key().pem("回形针-correct"), passphrase)

    def test_openssl_takes_what_we_make(self, tmp_path):
        """An independent program checks the signature with the public half."""
        made, pair = small(), publisher_key()
        (tmp_path / "key.pub").write_bytes(pair.public.pem())
        (tmp_path / "signature").write_bytes(made.data[HEAD + 32 : START])
        message = b"tsguard content pack 1\0" + pair.public.raw + made.data[START:]
        (tmp_path / "message").write_bytes(message)
        command = "openssl pkeyutl -verify -pubin -inkey key.pub -rawin -in message -sigfile signature"
        try:
            done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False)
        except FileNotFoundError:
            pytest.skip("no openssl here")
        assert done.returncode == 0, done.stderr
        (tmp_path / "message").write_bytes(message + b"x")
        assert subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False).returncode

    @pytest.mark.parametrize(
        "data", [b"", b"-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----", b"x" * 99]
    )
    def test_no_key_at_all(self, data):
        with pytest.raises(pack_signature.NotAKey):
            pack_signature.public_key(data)
        with pytest.raises(pack_signature.NotAKey):
            pack_signature.signing_key(data, "x")

    def test_keys_of_other_kinds_and_in_clear(self):
        from cryptography.hazmat.primitives import serialization as made
        from cryptography.hazmat.primitives.asymmetric import ec

        other = ec.generate_private_key(ec.SECP256R1())
        public = other.public_key().public_bytes(made.Encoding.PEM, made.PublicFormat.SubjectPublicKeyInfo)
        locked = other.private_bytes(
            made.Encoding.PEM, made.PrivateFormat.PKCS8, made.BestAvailableEncryption(b"12345678")
        )
        clear = other.private_bytes(made.Encoding.PEM, made.PrivateFormat.PKCS8, made.NoEncryption())
        with pytest.raises(pack_signature.OtherKind):
            pack_signature.public_key(public)
        with pytest.raises(pack_signature.OtherKind):
            pack_signature.signing_key(locked, "12345678")
        with pytest.raises(pack_signature.NotEncrypted):
            pack_signature.signing_key(clear, "12345678")
