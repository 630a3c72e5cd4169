"""Content packs used, refused, put aside and dropped; a vault made before and moved on after."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from support.packs import (
    DAY,
    NEW_TEXT,
    OLD_TEXT,
    PUBLISHER,
    XIC,
    newer_files,
    other_key,
    pack,
    pack_file,
    public_file,
    publisher_key,
    shipped_files,
)
from support.vaults import new_session, reopened

from tsguard import __version__
from tsguard.assets import checklists
from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.errors import (
    ContentProblem,
    PackFault,
    PackKeyFault,
    PackKeyRefused,
    PackRefused,
    ReadOnly,
    StorageError,
    Unreadable,
)
from tsguard.services import content
from tsguard.services.content import came_with_program, shipped
from tsguard.services.explain import explain
from tsguard.services.known_content import Here, matches
from tsguard.services.pack_changes import PackChanges, pack_changes
from tsguard.services.packs import Packs, unversioned
from tsguard.services.renewal import changes
from tsguard.services.renewal_lines import Turn


@pytest.fixture
def place(tmp_path):
    """A folder of settings in a path with a space and rare characters."""
    return tmp_path / "设置 𬭎 㵘"


@pytest.fixture
def packs(place):
    """What a program knows that trusts the tests' key; content is taken from there."""
    made = Packs(place / "packs", public_file(place))
    before = content.take_from(made)
    yield made
    content.take_from(before)


@pytest.fixture
def file(tmp_path):
    return pack_file(tmp_path / "U盘 上")


def again(packs):
    """What the program finds at its next start."""
    started = Packs(packs.path.parent, packs.path.parents[1] / "publisher.pub")
    content.take_from(started)
    return started


def fault_of(act, *arguments):
    with pytest.raises(PackRefused) as refused:
        act(*arguments)
    return refused.value.fault


def write_back(folder: Path, files):
    """A content folder of these files."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def test_a_pack_is_looked_at_used_found_at_the_next_start_and_dropped(packs, file):
    given = packs.look(file)
    assert (given.number, given.day, given.publisher, given.program) == (3, DAY, PUBLISHER, __version__)
    assert given.fingerprint == publisher_key().public.fingerprint
    assert shipped() is came_with_program(), "looking changes nothing"
    assert not packs.path.exists()
    packs.use(given)
    file.unlink()
    for _start in range(2):
        assert shipped().modules["XIC"].version == "2027.01"
        assert next(shipped().modules["XIC"].items()).text == NEW_TEXT
        packs = again(packs)
    assert packs.used().sha256 == given.sha256
    assert packs.drop()
    assert shipped() is came_with_program()
    assert not packs.drop(), "there is none any more"
    assert again(packs).used() is None


def test_only_what_the_pack_brought_has_its_number(packs, file):
    packs.use(packs.look(file))
    found = {key: module.pack for key, module in shipped().modules.items()}
    assert found == {**dict.fromkeys(came_with_program().modules, 0), "XIC": 3}
    assert all(module.shipped for module in shipped().modules.values())
    assert not any(each.pack for each in shipped().programmes.values())


def test_the_bytes_that_were_checked_are_used_whatever_becomes_of_the_file(packs, file):
    given = packs.look(file)
    file.write_bytes(b"something else")
    packs.use(given)
    assert packs.path.read_bytes() == given.data
    assert shipped().modules["XIC"].pack == 3
    packs.path.write_bytes(b"changed while the program runs")
    assert shipped().modules["XIC"].pack == 3


def test_a_given_pack_with_other_bytes_is_not_used(packs, file):
    given = packs.look(file)
    assert fault_of(packs.use, replace(given, data=given.data[:-1] + b"\1")) is PackFault.CHANGED
    assert not packs.path.exists()


MODULE = newer_files()[XIC].decode()


def with_module(text):
    return {**newer_files(), XIC: text.encode()}


def without(name):
    return {key: data for key, data in newer_files().items() if key != name}


GOOD = pack().data
REFUSED = {
    "empty": (b"", PackFault.NOT_A_PACK),
    "a PDF": (b"%PDF-1.7\n" + bytes(300), PackFault.NOT_A_PACK),
    "a zip": (GOOD[106:], PackFault.NOT_A_PACK),
    "a newer format": (b"tsgpack 2\n" + GOOD[10:], PackFault.NEWER_FORMAT),
    "too large": (GOOD + bytes(9 << 20), PackFault.TOO_LARGE),
    "the first line alone": (GOOD[:10], PackFault.CUT_SHORT),
    "without payload": (GOOD[:106], PackFault.CUT_SHORT),
    "half": (GOOD[: len(GOOD) // 2], PackFault.CHANGED),
    "without the last byte": (GOOD[:-1], PackFault.CHANGED),
    "with a byte more": (GOOD + b"\n", PackFault.CHANGED),
    "by another key": (pack(key=other_key()).data, PackFault.OTHER_KEY),
    "another key, our name on it": (
        GOOD[:10] + publisher_key().public.raw + pack(key=other_key()).data[42:],
        PackFault.CHANGED,
    ),
    "the signature of another pack": (GOOD[:42] + pack(4).data[42:106] + GOOD[106:], PackFault.CHANGED),
    "without signature": (GOOD[:42] + bytes(64) + GOOD[106:], PackFault.CHANGED),
    "for a newer program": (pack(program="99.0").data, PackFault.NEWER_PROGRAM),
    "an older module": (pack(files=newer_files("2026.10")).data, PackFault.SHIPPED_NEWER),
    "made before a module was there": (
        pack(files=without("addons/xfo.yaml"), day=date(2026, 9, 30)).data,
        PackFault.SHIPPED_NEWER,
    ),
    "no library": (pack(files=without("basis.yaml")).data, PackFault.CONTENT),
    "no core": (pack(files=without("core.yaml")).data, PackFault.CONTENT),
    "a library that is no mapping": (
        pack(files={**newer_files(), "basis.yaml": b'- version: "2027.01"'}, day=date(2026, 11, 1)).data,
        PackFault.CONTENT,
    ),
    "an unknown key": (pack(files=with_module(MODULE + "surprise: 1\n")).data, PackFault.CONTENT),
    "a weight out of range": (
        pack(files=with_module(MODULE.replace("weight: 5", "weight: 50", 1))).data,
        PackFault.CONTENT,
    ),
    "an article that the library lacks": (
        pack(files=with_module(MODULE.replace("法释7§6(4)", "法释7§999", 1))).data,
        PackFault.CONTENT,
    ),
    "a word that must not be printed": (
        pack(files=newer_files(text="😀设计数据只在隔离的设计环境内处理")).data,
        PackFault.CONTENT,
    ),
    "no YAML": (pack(files=with_module('version: "2027.01"\n\tx: [')).data, PackFault.CONTENT),
}


@pytest.mark.parametrize(("data", "fault"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_changes_nothing(packs, tmp_path, data, fault):
    path = pack_file(tmp_path, data)
    with pytest.raises(PackRefused) as refused:
        packs.look(path)
    assert refused.value.fault is fault
    words = explain(refused.value)
    assert path.name in words.happened
    assert "{" not in str(words)
    assert not packs.path.parent.exists()
    assert shipped() is came_with_program()


@pytest.mark.parametrize("fault", PackFault)
def test_every_fault_of_a_pack_has_words(fault):
    problems = tuple(ContentProblem("sectors/xic.yaml", line, "alias") for line in range(12))
    words = explain(PackRefused(Path("更新 𠮷.tsgpack"), fault, "3", "4", problems))
    assert "更新 𠮷.tsgpack" in words.happened
    assert words.happened.rstrip().endswith(("。", "……"))
    assert "{" not in str(words)


@pytest.mark.parametrize("fault", PackKeyFault)
def test_every_fault_of_a_key_has_words(fault):
    words = explain(PackKeyRefused(Path("钥 匙.pem"), fault))
    assert "钥 匙.pem" in words.happened
    assert "{" not in str(words)


def test_what_was_used_stays_when_another_one_is_refused(packs, file, tmp_path):
    packs.use(packs.look(file))
    used = shipped()
    for number, files, fault in (
        (2, newer_files("2027.02"), PackFault.OLDER),
        (3, newer_files("2027.02"), PackFault.SAME_NUMBER),
        (4, with_module("nothing"), PackFault.CONTENT),
    ):
        path = pack_file(tmp_path, pack(number, files).data, f"{number}.tsgpack")
        assert fault_of(packs.look, path) is fault
        assert shipped() is used
    assert packs.look(packs.path).number == 3, "the very pack that is used"
    packs.use(packs.look(pack_file(tmp_path, pack(4, newer_files("2027.02")).data, "4.tsgpack")))
    assert shipped().modules["XIC"].pack == 4


def test_a_newer_one_that_came_in_between_stays(packs, file, tmp_path):
    given = packs.look(file)
    newer = pack_file(tmp_path, pack(4, newer_files("2027.02")).data, "4.tsgpack")
    other = Packs(packs.path.parent, packs.path.parents[1] / "publisher.pub")
    other.use(other.look(newer))
    assert fault_of(packs.use, given) is PackFault.OLDER
    assert packs.used().number == 4


def test_after_dropping_an_older_one_can_be_used(packs, file, tmp_path):
    packs.use(packs.look(pack_file(tmp_path, pack(4, newer_files("2027.02")).data, "4.tsgpack")))
    packs.drop()
    packs.use(packs.look(file))
    assert shipped().modules["XIC"].pack == 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda _data: b"",
        lambda data: data[:5000] + bytes([data[5000] ^ 1]) + data[5001:],
        lambda _data: pack(key=other_key()).data,
        lambda _data: pack(files=with_module(MODULE + "surprise: 1\n")).data,
    ],
    ids=["cut", "empty", "a bit", "another key", "content"],
)
def test_a_pack_that_is_spoilt_at_the_start_is_put_aside_and_said(packs, file, spoil):
    packs.use(packs.look(file))
    data = spoil(packs.path.read_bytes())
    packs.path.write_bytes(data)
    started = again(packs)
    assert shipped() is came_with_program()
    assert isinstance(started.trouble, PackRefused)
    assert not started.path.exists()
    assert [each.read_bytes() for each in started.aside()] == [data]
    assert again(packs).used() is None
    assert again(packs).trouble is None, "said once"
    started.use(started.look(file))
    assert shipped().modules["XIC"].pack == 3, "a sound one can be used again"


def test_content_newer_than_the_pack_that_comes_with_a_program_wins(packs, file, tmp_path):
    packs.use(packs.look(file))
    newer = write_back(tmp_path / "自带", newer_files("2027.02"))
    started = Packs(packs.path.parent, packs.path.parents[1] / "publisher.pub", shipped=lambda: newer)
    assert started.used() is None
    assert started.trouble is None, "nothing is wrong"
    assert started.path.exists(), "an older program may still use it"
    assert fault_of(started.look, file) is PackFault.SHIPPED_NEWER
    assert again(packs).used().number == 3


def test_a_module_that_came_later_with_the_program_is_not_taken_away(packs, file, tmp_path):
    packs.use(packs.look(file))
    added = {**newer_files(), "sectors/xro.yaml": b'module: XRO\nversion: "2027.02"\n'}
    later = write_back(tmp_path / "自带", added)
    assert (
        Packs(packs.path.parent, packs.path.parents[1] / "publisher.pub", shipped=lambda: later).used()
        is None
    )
    withdrawn = {**newer_files(), "sectors/xro.yaml": b'module: XRO\nversion: "2026.12"\n'}
    earlier = write_back(tmp_path / "从前", withdrawn)
    started = Packs(packs.path.parent, packs.path.parents[1] / "publisher.pub", shipped=lambda: earlier)
    assert started.used().number == 3, "the publisher took it out"


def test_an_older_program_leaves_the_pack_for_the_newer_one(packs, file):
    packs.use(packs.look(file))
    older = Packs(packs.path.parent, packs.path.parents[1] / "publisher.pub", program="0.0.9")
    assert older.used() is None
    assert older.trouble.fault is PackFault.NEWER_PROGRAM
    assert older.path.exists()


def test_without_the_publishers_key_nothing_is_used(packs, file):
    packs.use(packs.look(file))
    key = packs.path.parents[1] / "publisher.pub"
    key.write_bytes(b"damaged")
    started = again(packs)
    assert shipped() is came_with_program()
    assert started.trouble.fault is PackKeyFault.NO_PUBLISHER
    with pytest.raises(PackKeyRefused):
        started.look(file)
    assert started.path.exists(), "the key is at fault, not the pack"


def test_a_start_without_a_pack_reads_no_key(place):
    assert Packs(place / "packs", place / "no.pub").used() is None


def test_what_can_not_be_read_or_written(packs, file, tmp_path):
    for path in (tmp_path / "没有.tsgpack", tmp_path):
        with pytest.raises(Unreadable):
            packs.look(path)
    given = packs.look(file)
    packs.path.parent.write_bytes(b"a file where the folder would be")
    with pytest.raises(StorageError) as refused:
        packs.use(given)
    assert explain(refused.value)
    assert shipped() is came_with_program()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_takes_nothing(packs, file):
    packs.path.parent.mkdir(mode=0o500)
    with pytest.raises(ReadOnly):
        packs.use(packs.look(file))


def test_the_programs_own_key_is_a_sound_one_and_takes_no_pack_of_others(place, file):
    with pytest.raises(PackRefused) as refused:
        Packs(place / "packs").look(file)
    assert refused.value.fault is PackFault.OTHER_KEY


def test_what_a_pack_changes_text_by_text(packs, file):
    found = pack_changes(shipped(), packs.look(file).shelf)
    assert found.summary == "新增1条、改动1条、取消1条"
    (module,) = found.modules
    assert module.versions == "2026.11版 → 2027.01版"
    turns = {line.item: line.turn for line in module.lines}
    assert turns == {"XIC-13": Turn.NEW, "XIC-01": Turn.CHANGED, "XIC-12": Turn.GONE}
    changed = next(line for line in module.lines if line.turn is Turn.CHANGED)
    assert (changed.fields[0].before, changed.fields[0].after) == (OLD_TEXT, NEW_TEXT)


def test_the_same_content_changes_nothing():
    assert pack_changes(shipped(), shipped()) == PackChanges("", (), ())


def test_whole_modules_programmes_and_wages_that_come_and_go():
    before = shipped()
    wages = replace(before.parameters, minimum_wages=before.parameters.minimum_wages[1:])
    after = replace(
        before,
        modules={key: each for key, each in before.modules.items() if key != "XFO"},
        programmes={"sample": replace(before.programmes["sample"], title="另一个")},
        parameters=wages,
    )
    gone, come = pack_changes(before, after), pack_changes(after, before)
    items = len(list(before.modules["XFO"].items()))
    assert f"取消{items}条" in gone.summary
    assert f"新增{items}条" in come.summary
    assert gone.modules[0].versions.startswith("取消的模块")
    assert come.modules[0].versions.startswith("新增模块")
    assert any(each.startswith("取消申报方案") for each in gone.others)
    assert any(each.startswith("新增申报方案") for each in come.others)
    assert any("申报方案“另一个”有改动" in each for each in gone.others)
    assert "最低工资标准有改动。" in gone.others


def test_a_vault_made_before_is_moved_on_after_and_loses_no_answer(packs, file, tmp_path):
    session = new_session(tmp_path / "库", "XIC")
    for item in ("XIC-01", "XIC-12"):
        session.put_answer(Answer(item, verdict=Verdict.MET))
    packs.use(packs.look(file))
    assert session.checklist.modules[1].version == "2026.11", "nothing moves by itself"
    found = changes(session, shipped())
    assert [(each.module, each.new, each.gone) for each in found.modules] == [
        ("XIC", ("XIC-13",), ("XIC-12",))
    ]
    assert found.programme is None
    content.choose_modules(session, ["XIC"], renew=True)
    session = reopened(session)
    module = session.checklist.modules[1]
    assert (module.version, module.pack) == ("2027.01", 3)
    assert session.answer("XIC-01").verdict is Verdict.MET
    assert session.answers["XIC-12"].verdict is Verdict.MET
    assert not changes(session, shipped()).any
    packs.drop()
    assert not changes(session, shipped()).any, "older content at hand is not offered"
    assert session.checklist.modules[1].pack == 3
    session.close()


def test_the_same_text_brought_by_another_pack_is_no_change(packs, file, tmp_path):
    packs.use(packs.look(file))
    session = new_session(tmp_path / "库", "XIC")
    packs.use(packs.look(pack_file(tmp_path, pack(4).data, "4.tsgpack")))
    assert shipped().modules["XIC"].pack == 4
    assert not changes(session, shipped()).any
    session.close()


def test_files_that_changed_under_the_same_version_are_named():
    files = shipped_files()
    assert unversioned(files, shipped_files()) == ()
    files[XIC] += b"# another remark\n"
    assert unversioned(files, shipped_files()) == (XIC,)
    assert unversioned(newer_files(), shipped_files()) == ()
    assert set(shipped_files()) == {
        path.relative_to(checklists()).as_posix() for path in checklists().rglob("*.yaml")
    }


def test_what_a_file_was_made_with_is_known_whether_it_shipped_or_a_pack_brought_it(packs, file):
    """A file states the same of its content as the content itself: id, title, version, SHA-256."""
    packs.use(packs.look(file))
    came, used = came_with_program(), shipped()
    for shelf, module in ((came, came.modules["XIC"]), (used, used.modules["XIC"])):
        made = SimpleNamespace(modules=(module,), programme=shelf.programmes["sample"], library=shelf.library)
        assert {each.here for each in matches(made)} == {Here.SAME}
    older = replace(came.modules["XIC"], version="2025.01", sha256="0" * 64)
    made = SimpleNamespace(modules=(older,), programme=came.programmes["sample"], library=came.library)
    (found, *_others) = matches(made)
    assert (found.here, found.here_version) == (Here.OTHER, "2027.01")
