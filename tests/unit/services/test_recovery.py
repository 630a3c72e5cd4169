"""The recovery code end to end: printed, typed back, and the data are there; nothing of it is left behind."""

import re
import tempfile
from datetime import date

import pypdfium2
import pytest
from support.vaults import NAME, PASSPHRASE, QUICK, TODAY, new_session
from support.windows import posix_replacing

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.errors import (
    NotReplaced,
    RecoveryCodeWrong,
    VaultClosed,
    VaultReplaced,
    WriteFailed,
    WrongPassphrase,
)
from tsguard.services.explain import explain
from tsguard.services.recovery import (
    DrillOutcome,
    drill,
    drill_words,
    groups,
    key_number,
    refused_words,
    secret_of,
    sheet,
    suggested_name,
    write_sheet,
)
from tsguard.services.session import Session

NEW = "另一个-battery-staple"
ON = date(2026, 11, 23)


@pytest.fixture
def session(tmp_path):
    session = new_session(tmp_path / "库")
    session.put_answer(Answer("ORG-01", Verdict.MET, note="恢复以后还在"))
    yield session
    session.close()


def opened(path, code):
    return Session.open(path, secret_of(code), today=lambda: TODAY, profiles=QUICK)


def from_paper(data):
    """The code as somebody reads it off the sheet."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        text = pdf[0].get_textpage().get_text_range()
    finally:
        pdf.close()
    # The last eleven: a number above them may end in six decimal digits.
    return "\n".join(re.findall(r"(?:[0-9A-Z] ?){6}(?=\r?\n)", text)[-11:]).lower()


# --- unlocking --------------------------------------------------------------------------------------


def test_what_is_printed_opens_the_vault_with_everything_in_it(session):
    code = from_paper(sheet(session, ON))
    session.close()
    again = opened(session.path, code)
    assert again.enterprise.name == NAME
    assert again.answer("ORG-01").note == "恢复以后还在"
    again.put_answer(Answer("ORG-02", Verdict.PARTLY))
    again.close()
    with_passphrase = Session.open(session.path, PASSPHRASE, profiles=QUICK)
    assert with_passphrase.answer("ORG-02").verdict is Verdict.PARTLY
    with_passphrase.close()


def test_what_opened_by_code_gives_the_same_code_and_takes_a_new_passphrase(session):
    code = " ".join(groups(session))
    session.close()
    again = opened(session.path, code)
    assert " ".join(groups(again)) == code
    again.file.change_passphrase(NEW)
    assert " ".join(groups(again)) != code
    assert drill(again, " ".join(groups(again))).opens
    again.close()
    last = Session.open(session.path, NEW, profiles=QUICK)
    assert last.answer("ORG-01").note == "恢复以后还在"
    last.close()


def test_a_new_passphrase_makes_the_code_void_but_not_for_older_copies(session, tmp_path):
    copy = tmp_path / "副本.tsg"
    session.file.copy_to(copy)
    old, old_id = " ".join(groups(session)), session.file.key_id
    session.file.change_passphrase(NEW)
    new, new_id = " ".join(groups(session)), session.file.key_id
    assert old_id != new_id
    session.close()
    assert (key_number(copy), key_number(session.path)) == (old_id, new_id)
    with pytest.raises(WrongPassphrase):
        opened(session.path, old)
    with pytest.raises(WrongPassphrase):
        opened(copy, new)
    for path, code in ((session.path, new), (copy, old)):
        again = opened(path, code)
        assert again.answer("ORG-01").note == "恢复以后还在"
        again.close()


def test_a_code_of_another_vault_opens_nothing_and_changes_nothing(session, tmp_path):
    other = new_session(tmp_path / "别的")
    code = " ".join(groups(other))
    other.close()
    session.close()
    before = session.path.read_bytes()
    with pytest.raises(WrongPassphrase):
        opened(session.path, code)
    assert session.path.read_bytes() == before


def test_a_slip_is_named_before_anything_is_opened(session):
    code = list(groups(session))
    # One wrong character is always found; a group turned round looks right once in 32 times.
    code[6] = ("0" if code[6][0] != "0" else "1") + code[6][1:]
    with pytest.raises(RecoveryCodeWrong) as caught:
        secret_of(" ".join(code))
    assert caught.value.groups == (7,)


# --- the drill --------------------------------------------------------------------------------------


def test_the_drill_proves_the_code_of_this_vault_and_changes_nothing(session):
    head = session.file.journal_head
    found = drill(session, " ".join(groups(session)))
    assert found.opens
    assert (found.lineage, found.key_id) == (session.file.lineage, session.file.key_id)
    assert session.file.journal_head == head


@pytest.mark.parametrize("wrong", [False, True])
def test_the_numbers_do_not_matter_where_the_code_opens_the_vault(session, wrong):
    lineage, number = ("0" * 12, "0" * 8) if wrong else (session.file.lineage, session.file.key_id)
    assert drill(session, " ".join(groups(session)), lineage=lineage, key_number=number).opens


def test_a_code_of_another_vault_is_told_by_the_number_on_the_sheet(session, tmp_path):
    other = new_session(tmp_path / "别的")
    code = " ".join(groups(other))
    assert drill(session, code).outcome is DrillOutcome.UNKNOWN
    found = drill(session, code, lineage=other.file.lineage, key_number=other.file.key_id)
    assert found.outcome is DrillOutcome.OTHER_VAULT
    assert found.lineage == session.file.lineage
    other.close()


def test_an_older_code_of_this_vault_is_told_by_the_number_on_the_sheet(session):
    code, number = " ".join(groups(session)), session.file.key_id
    session.file.change_passphrase(NEW)
    lineage = session.file.lineage
    assert drill(session, code).outcome is DrillOutcome.UNKNOWN
    assert drill(session, code, lineage=lineage).outcome is DrillOutcome.UNKNOWN
    assert drill(session, code, key_number=number).outcome is DrillOutcome.UNKNOWN
    typed = f" {lineage[:6].upper()} {lineage[6:]}\n"
    found = drill(session, code, lineage=typed, key_number=f"{number[:4]}-{number[4:]}")
    assert found.outcome is DrillOutcome.OLDER
    assert found.key_id == session.file.key_id != number


def test_a_code_that_does_not_belong_to_its_numbers_is_left_open(session, tmp_path):
    other = new_session(tmp_path / "别的")
    file = session.file
    found = drill(session, " ".join(groups(other)), lineage=file.lineage, key_number=file.key_id)
    assert found.outcome is DrillOutcome.UNKNOWN
    other.close()


def test_a_slip_in_a_drill_is_named(session):
    with pytest.raises(RecoveryCodeWrong) as caught:
        drill(session, " ".join(groups(session)[:10]))
    assert (caught.value.found, caught.value.groups) == (10, ())


@posix_replacing
def test_nothing_is_said_of_a_file_that_was_put_in_the_vaults_place(tmp_path):
    session = new_session(tmp_path / "库")
    code = " ".join(groups(session))
    strange = tmp_path / "别的文件"
    strange.write_bytes(b"TSG" + bytes(4093))
    strange.replace(session.path)
    with pytest.raises(VaultReplaced):
        drill(session, code)
    with pytest.raises(VaultReplaced):
        session.close()


def test_a_locked_vault_shows_and_proves_nothing(session, tmp_path):
    code = " ".join(groups(session))
    session.close()
    for ask in (
        lambda: groups(session),
        lambda: sheet(session, ON),
        lambda: drill(session, code),
        lambda: write_sheet(session, tmp_path / "x.pdf", on=ON),
    ):
        with pytest.raises(VaultClosed):
            ask()
    assert not (tmp_path / "x.pdf").exists()


# --- the sheet as a file ----------------------------------------------------------------------------


def test_the_sheet_as_a_file(session, tmp_path):
    target = tmp_path / suggested_name(session)
    write_sheet(session, target, on=ON)
    assert target.read_bytes() == sheet(session, ON)
    assert target.name == f"恢复码-{session.file.key_id}.pdf"
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(["库", target.name])


def test_the_sheet_never_takes_a_vaults_place(session, tmp_path):
    before = session.path.read_bytes()
    link = tmp_path / "x.pdf"
    link.hardlink_to(session.path)
    for target in (session.path, link, tmp_path / "新.tsg"):
        if target.exists():
            with pytest.raises(NotReplaced):
                write_sheet(session, target, on=ON)
    assert session.path.read_bytes() == before
    assert session.answer("ORG-01").note == "恢复以后还在"


def test_a_sheet_that_can_not_be_written_leaves_nothing_behind(session, tmp_path):
    with pytest.raises(WriteFailed):
        write_sheet(session, tmp_path / "没有的文件夹" / "x.pdf", on=ON)
    assert [each.name for each in tmp_path.iterdir()] == ["库"]


def test_making_the_sheet_leaves_no_file_and_no_word_of_the_code(
    session, tmp_path, monkeypatch, capsys, caplog
):
    """In the vault's folder, the temporary folder, what is printed and what is logged."""
    (tmp_path / "临时").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "临时"))
    code = groups(session)
    data = sheet(session, ON)
    found = drill(session, " ".join(code))
    assert not list((tmp_path / "临时").iterdir())
    told = capsys.readouterr()
    shown = "".join(
        (told.out, told.err, caplog.text, repr(found), repr(secret_of(" ".join(code))), repr(session))
    )
    key = session.file.raw_key().material
    for each in (*code, key.hex(), repr(key)):
        assert each not in shown
        for path in tmp_path.rglob("*"):
            if path.is_file():
                assert each.encode() not in path.read_bytes()
                assert key not in path.read_bytes()
    assert b"".join(group.encode() for group in code) not in data


# --- before it is open ------------------------------------------------------------------------------


def test_the_keys_number_is_read_off_a_closed_vault_only(session, tmp_path):
    number = session.file.key_id
    assert re.fullmatch("[0-9a-f]{8}", number)
    assert key_number(session.path) == ""
    session.close()
    assert key_number(session.path) == number
    for name, content in (("leer", b""), ("short", b"TSG\1"), ("other", b"%PDF-1.7 and so on")):
        (tmp_path / name).write_bytes(content)
        assert key_number(tmp_path / name) == ""
    assert key_number(tmp_path / "没有") == ""
    assert key_number(tmp_path) == ""


# --- words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "happened", "advice"),
    [
        (RecoveryCodeWrong((3, 7), 11), "第3、7组不对", "逐个字符"),
        (RecoveryCodeWrong((4, 5, 6), 10), "有11组，这里是10组", "第4组起"),
        (RecoveryCodeWrong((), 10), "这里是10组", "第11组起"),
        (RecoveryCodeWrong((), 0), "这里是0组", "第1组起"),
        (RecoveryCodeWrong((6,), 12), "这里是12组", "第6组起"),
        (RecoveryCodeWrong((), 12), "这里是12组", "第12组起"),
        (RecoveryCodeWrong((), 11), "合在一起不对", "从头核对"),
        (RecoveryCodeWrong((), 14, newer=True), "更新版本", "新版程序"),
    ],
)
def test_each_slip_has_its_own_words(error, happened, advice):
    words = explain(error)
    assert re.search(happened, words.happened)
    assert advice in words.advice
    assert words.data == "什么都没有改动。"


@pytest.mark.parametrize("outcome", DrillOutcome)
def test_every_outcome_has_three_sentences(session, outcome):
    found = drill(session, " ".join(groups(session)))
    words = drill_words(type(found)(outcome, found.lineage, found.key_id))
    for sentence in (words.happened, words.data, words.advice):
        assert sentence.endswith("。")
        assert "{" not in sentence
    assert (found.key_id in words.advice) == (outcome in {DrillOutcome.OTHER_VAULT, DrillOutcome.UNKNOWN})


def test_the_words_for_a_code_that_does_not_open_a_file_never_speak_of_the_passphrase(session, tmp_path):
    number = session.file.key_id
    session.close()
    known, unknown = refused_words(session.path), refused_words(tmp_path / "没有")
    assert number in known.advice
    assert "打印日期" in unknown.advice
    for words in (known, unknown):
        assert "口令不对" not in str(words)
        assert "{" not in str(words)
