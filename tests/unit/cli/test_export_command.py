"""``tsguard export``: the dossier's documents, and the leak guard between them and the disk."""

import hashlib
import re
from datetime import date

import pytest
from click.testing import CliRunner
from support.certificates import CERTIFICATE_PASSPHRASE, make_pkcs12
from support.windows import ON_WINDOWS, posix_names

from tsguard.cli.commands import program
from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import DiskFull
from tsguard.services import issuing
from tsguard.services.session import Session

CODE_NAME = "蓝鲸七号"
PASSPHRASE = "回形针 correct horse"


def run(*arguments):
    return CliRunner().invoke(program, [str(each) for each in arguments])


@pytest.fixture
def vault(tmp_path):
    """A vault with one secret point, and its code name in a reason that is printed."""
    path, key = tmp_path / "企业 甲.tsg", tmp_path / "口令.txt"
    key.write_text(PASSPHRASE, encoding="utf-8")
    made = run("vault", "new", path, "--name", "珠海𬭎㵘䶮𠮷公司", "--passphrase-file", key)
    assert made.exit_code == 0, made.stderr
    session = Session.open(path, PASSPHRASE)
    session.points.add(SecretPoint(name=CODE_NAME))
    session.put_answer(
        Answer(
            "NCA-02",
            Verdict.NOT_APPLICABLE,
            reason=f"{CODE_NAME}由三人掌握，未约定竞业限制。",
            ask_again=date(2027, 11, 23),
        )
    )
    session.close()
    return path


@pytest.fixture
def export(vault, tmp_path):
    key = tmp_path / "口令.txt"

    def call(*arguments, level="submission"):
        return run(
            "export", vault, "--level", level, "--date", "2026-11-23", "--passphrase-file", key, *arguments
        )

    return call


def keys_in(result):
    """On the page and in the data for machines."""
    found = re.findall(r"^([0-9a-f]{12})　.*，来自", result.stderr, re.MULTILINE)
    assert len(found) == 2
    return found


def clearing(result):
    return [part for key in keys_in(result) for part in ("--clear", key)]


def test_a_leak_keeps_every_file_from_being_written(export, tmp_path):
    out = tmp_path / "材料"
    result = export("--all", "--out", out)
    assert result.exit_code == 1
    assert "发现" in result.stderr
    assert "秘点SP-0001的名称" in result.stderr
    assert "没有写出任何文件" in result.stderr
    assert not out.exists()


def test_a_cleared_leak_stays_cleared_and_is_in_the_journal(export, vault, tmp_path):
    out = tmp_path / "报告.pdf"
    first = export("--out", out)
    assert not out.exists()
    assert export("--out", out, *clearing(first)).exit_code == 2, "a reason is needed"
    half = export("--out", out, *clearing(first)[:2], "--reason", "代号已公开")
    assert half.exit_code == 1, "the other place is still open"
    done = export("--out", out, *clearing(first)[2:], "--reason", "代号已公开")
    assert done.exit_code == 0, done.stderr
    assert out.stat().st_size > 10_000
    again = export("--out", tmp_path / "再来.pdf")
    assert again.exit_code == 0, again.stderr
    with_clearance = Session.open(vault, PASSPHRASE)
    assert len(with_clearance.clearances) == 2
    for clearance in with_clearance.clearances:
        assert (clearance.reason, clearance.source) == ("代号已公开", "secret_point/SP-0001/name")
        assert CODE_NAME in clearance.quote
    assert [each.file_name for each in with_clearance.issued] == ["报告.pdf", "再来.pdf"]
    assert all(each.journal_head != with_clearance.snapshot().journal_head for each in with_clearance.issued)
    with_clearance.close()


def test_all_places_of_one_string_are_cleared_at_once(export, vault, tmp_path):
    out = tmp_path / "报告.pdf"
    first = export("--out", out)
    words = r"^([0-9a-f]{12})　秘点SP-0001的名称里的同一串，以上2处"
    (group,) = re.findall(words, first.stderr, re.MULTILINE)
    assert group not in keys_in(first)
    both = [part for each in (group, *keys_in(first)) for part in ("--clear", each)]
    done = export("--out", out, *both, "--reason", "代号已公开")
    assert done.exit_code == 0, done.stderr
    session = Session.open(vault, PASSPHRASE)
    assert len({each.key for each in session.clearances}) == len(session.clearances) == 2
    session.close()


@pytest.mark.parametrize("level", ["submission", "internal"])
def test_the_name_that_a_person_gives_a_file_is_looked_through(export, vault, tmp_path, level):
    out = tmp_path / f"{CODE_NAME}-复核.pdf"
    kind = "method" if level == "submission" else "plan"
    first = export("--document", kind, "--out", out, level=level)
    assert first.exit_code == 1
    assert "文件名" in first.stderr
    assert "秘点SP-0001的名称" in first.stderr
    assert not out.exists()
    (key,) = set(re.findall(r"^([0-9a-f]{12})　.*文件名", first.stderr, re.MULTILINE))
    others = set(re.findall(r"^([0-9a-f]{12})　", first.stderr, re.MULTILINE)) - {key}
    let_pass = [part for each in (key, *others) for part in ("--clear", each)]
    second = export("--document", kind, "--out", out, *let_pass, "--reason", "代号已公开", level=level)
    assert second.exit_code == 0, second.stderr
    again = export("--document", kind, "--out", out, "--force", level=level)
    assert again.exit_code == 0, "the same name was let pass before"
    other = tmp_path / f"{CODE_NAME}（2）.pdf"
    assert export("--document", kind, "--out", other, level=level).exit_code == 1
    assert not other.exists()


def test_an_unknown_hit_is_not_cleared(export, tmp_path):
    result = export("--out", tmp_path / "x.pdf", "--clear", "0" * 12, "--reason", "可以")
    assert result.exit_code == 1
    assert "没有编号为000000000000的疑似泄密" in result.stderr
    first = export("--out", tmp_path / "x.pdf")
    short = export("--out", tmp_path / "x.pdf", "--clear", keys_in(first)[0][:4], "--reason", "可以")
    assert short.exit_code == 1, "a beginning that anything might have"


def test_the_internal_edition_may_name_it(export, tmp_path):
    out = tmp_path / "内部 材料"
    result = export("--all", "--docx", "--out", out, level="internal")
    assert result.exit_code == 0, result.stderr
    assert sorted(each.suffix for each in out.iterdir()) == [".docx"] * 2 + [".pdf"] * 5
    for each in out.iterdir():
        assert each.name in result.stdout
        assert ON_WINDOWS or each.stat().st_mode & 0o077 == 0


def test_files_in_the_way_are_kept_without_force(export, tmp_path):
    out = tmp_path / "报告.pdf"
    out.write_bytes(b"%PDF mine")
    refused = export("--out", out, level="internal")
    assert refused.exit_code == 1
    assert "已有同名文件：报告.pdf" in refused.stderr
    assert out.read_bytes() == b"%PDF mine"
    assert export("--out", out, "--force", level="internal").exit_code == 0
    assert out.stat().st_size > 10_000


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--document", "method"), "复核说明没有内部版"),
        (("--all", "--document", "report"), "--all和--document只能给一个"),
        (("--sign-passphrase-file", "x"), "--sign-passphrase-file要和--sign一起给"),
    ],
)
def test_what_does_not_go_together(export, tmp_path, arguments, words):
    result = export("--out", tmp_path / "x.pdf", *arguments, level="internal")
    assert result.exit_code == 2
    assert words in result.stderr
    assert not (tmp_path / "x.pdf").exists()


def test_a_bound_file_and_its_locked_copy(export, tmp_path):
    secret = tmp_path / "副本口令.txt"
    secret.write_text("一段足够长的副本口令", encoding="utf-8")
    out = tmp_path / "合订"
    result = export(
        "--all", "--bound", "--locked-passphrase-file", secret, "--out", out, level="internal"
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    assert sorted(each.name for each in out.iterdir()) == [
        "珠海𬭎㵘䶮𠮷公司-申报材料合订本-内部版-加密.pdf",
        "珠海𬭎㵘䶮𠮷公司-申报材料合订本-内部版.pdf",
    ]


def test_a_certificate_that_is_none_writes_nothing(export, tmp_path):
    wrong, secret = tmp_path / "证书.p12", tmp_path / "证书口令.txt"
    wrong.write_bytes(b"no certificate")
    secret.write_text("x", encoding="utf-8")
    out = tmp_path / "x.pdf"
    result = export(
        "--out", out, "--sign", wrong, "--sign-passphrase-file", secret, level="internal"
    )  # fmt: skip
    assert result.exit_code == 1
    assert "证书" in result.stderr
    assert not out.exists()


@pytest.fixture
def without_secrets(vault):
    """The same vault without its secret point."""
    session = Session.open(vault, PASSPHRASE)
    session.points.remove("SP-0001")
    session.close()
    return vault


def test_files_that_the_register_could_not_take_are_told_of(export, without_secrets, tmp_path, monkeypatch):
    """The vault's disk is full just after the files were written to another one."""

    def full(_session, _issued):
        raise DiskFull(without_secrets)

    monkeypatch.setattr(issuing, "record", full)
    out = tmp_path / "说明.pdf"
    result = export("--document", "rectification", "--out", out, level="internal")
    assert result.exit_code == 1
    assert hashlib.sha256(out.read_bytes()).hexdigest() in result.stdout
    assert "文件都在，但没有记进出具记录" in result.stderr


@posix_names
def test_a_name_that_is_no_utf_8_is_written_and_recorded(export, without_secrets, tmp_path):
    out = tmp_path / "报告\udcff.pdf"
    result = export("--document", "rectification", "--out", out, level="internal")
    assert result.exit_code == 0, result.stderr
    assert out.exists()
    session = Session.open(without_secrets, PASSPHRASE)
    assert [each.file_name for each in session.issued] == ["报告?.pdf"]
    session.close()


def test_a_certificate_that_has_run_out_is_said(export, tmp_path):
    certificate, secret = tmp_path / "证书.p12", tmp_path / "证书口令.txt"
    certificate.write_bytes(make_pkcs12(days=30))
    secret.write_text(CERTIFICATE_PASSPHRASE, encoding="utf-8")
    out = tmp_path / "x.pdf"
    result = export("--out", out, "--sign", certificate, "--sign-passphrase-file", secret, level="internal")
    assert result.exit_code == 0, result.stderr
    assert "证书已于2026-01-31到期" in result.stderr
    assert out.exists()
