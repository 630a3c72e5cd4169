"""A person's own modules and programmes: each file checked alone, nothing overwritten, nothing lost."""

import os
import stat
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from support.vaults import new_session, reopened
from support.windows import LINKS, ON_WINDOWS, PIPES, UNDER_WINE, needs_links, posix_rights

from tsguard import assets
from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.errors import (
    ContentInvalid,
    OwnContentExists,
    ReadOnly,
    UnknownItem,
    UnknownModule,
    Unreadable,
    WorkbookRefused,
)
from tsguard.report.fonts import shipped_fonts
from tsguard.report.plain_file import create_plain
from tsguard.services import content, own_content
from tsguard.services.module_books import from_book, skeleton, skeleton_book
from tsguard.services.own_content import add_own, check_file, check_files, own_files, remove_own, shelf
from tsguard.services.printing import unprinted
from tsguard.services.renewal import changes


def put(folder, name, data):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def programme(programme_id="bureau"):
    text = (assets.checklists() / "programmes" / "sample.yaml").read_text(encoding="utf-8")
    return text.replace("programme: sample", f"programme: {programme_id}", 1).encode()


def codes(file):
    return [problem.code for problem in file.problems]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "自有 清单"


@pytest.fixture
def session(tmp_path):
    session = new_session(tmp_path / "vault", "XIC")
    yield session
    session.close()


# --- the folder ----------------------------------------------------------------------------------


def test_no_folder_no_files(folder):
    assert own_files(folder) == ()
    assert shelf(folder).modules.keys() == content.shipped().modules.keys()


def test_one_bad_file_never_spoils_the_others(folder):
    put(folder, "a.yaml", b"module: [")
    put(folder, "pcb.yaml", skeleton("PCB", "线路板"))
    put(folder, "bureau.yml", programme())
    put(folder, "z.yaml", skeleton("PCX", "甲").replace("法释7§6（参照）".encode(), "法释8§6".encode()))
    put(folder, "note.txt", b"not content")
    put(folder, ".hidden.yaml", b"x")
    found = own_files(folder)
    assert [(file.name, file.id, file.usable) for file in found] == [
        ("pcb.yaml", "UPCB", True),
        ("z.yaml", "UPCX", False),
        ("bureau.yml", "bureau", True),
        ("a.yaml", "", False),
    ]
    assert codes(found[1]) == ["unknown-source"]
    whole = shelf(folder)
    assert "UPCB" in whole.modules
    assert "UPCX" not in whole.modules
    assert whole.programmes["bureau"].shipped is False
    assert not whole.modules["UPCB"].shipped
    assert len(whole.modules["UPCB"].sha256) == 64


def test_of_two_files_with_one_id_the_second_is_refused_with_the_reason(folder):
    put(folder, "a.yaml", skeleton("PCB", "线路板"))
    put(folder, "b.yaml", skeleton("UPCB", "线路板二"))
    put(folder, "c.yaml", programme())
    put(folder, "d.yaml", programme())
    by_name = {file.name: file for file in own_files(folder)}
    assert [name for name, file in by_name.items() if file.usable] == ["a.yaml", "c.yaml"]
    assert "duplicate-module" in codes(by_name["b.yaml"])
    assert dict(by_name["b.yaml"].problems[0].facts)["first"] == "a.yaml"
    assert codes(by_name["d.yaml"]) == ["duplicate-programme"]


def test_own_modules_may_share_no_section_and_may_go_along(folder):
    first = skeleton("PCA", "甲").replace(b"version:", b"with: [PCB]\nversion:", 1)
    second = skeleton("PCB", "乙").replace(b"id: PCB", b"id: PCA")
    put(folder, "a.yaml", first)
    put(folder, "b.yaml", second)
    one, other = own_files(folder)
    assert one.usable
    assert one.problems == ()
    assert {"duplicate-section", "duplicate-id"} <= set(codes(other))
    assert shelf(folder).modules["UPCA"].along == (), "the one it names is not usable"
    put(folder, "b.yaml", skeleton("PCB", "乙").replace("查实的要求".encode(), "核对的规矩".encode()))
    assert shelf(folder).modules["UPCA"].along == ("UPCB",)


def test_an_own_programme_may_name_items_of_an_own_module(folder):
    text = programme().decode()
    wanted = text.replace("HRM-05", "UPCB-01", 1)
    assert wanted != text, "the sample asks for something of HRM-05"
    put(folder, "a-programme.yaml", wanted.encode())
    assert not own_files(folder)[0].usable
    put(folder, "pcb.yaml", skeleton("PCB", "线路板"))
    assert all(file.usable for file in own_files(folder))


def test_strange_things_in_the_folder(folder):
    folder.mkdir()
    (folder / "dir.yaml").mkdir()
    unreadable = ["dir.yaml"]
    if LINKS:
        (folder / "gone.yaml").symlink_to(folder / "nowhere")
        (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
        unreadable += ["gone.yaml", "loop.yaml"]
    if PIPES:
        (folder / "zero.yaml").symlink_to("/dev/zero")
        os.mkfifo(folder / "pipe.yaml")
        unreadable += ["zero.yaml", "pipe.yaml"]
    with (folder / "huge.yaml").open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    put(folder, "ok.yaml", skeleton("PCB", "线路板"))
    found = {file.name: file for file in own_files(folder)}
    assert [name for name, file in found.items() if file.usable] == ["ok.yaml"]
    assert codes(found["huge.yaml"]) == ["file-too-large"]
    for name in unreadable:
        assert codes(found[name]) == ["unreadable-file"], name


@pytest.mark.parametrize("name", ["库.yaml", "库.xlsx"])
def test_a_vault_that_is_open_here_is_not_opened_as_content(session, tmp_path, monkeypatch, name):
    os.link(session.path, tmp_path / name)
    opened = []
    monkeypatch.setattr(os, "open", lambda path, *_rest, **_more: opened.append(path))
    with pytest.raises(Unreadable):
        check_file(tmp_path / name)
    assert opened == []


def test_ten_thousand_files_are_bounded_and_said_so(folder):
    folder.mkdir()
    for number in range(500 if UNDER_WINE else 10_000):  # each takes its time there
        (folder / f"{number:05}.yaml").touch()
    found = own_files(folder)
    assert len(found) == own_content.MOST_FILES + 1
    assert codes(found[-1]) == ["too-many-files"] or "too-many-files" in [
        code for file in found for code in codes(file)
    ]


def test_a_folder_that_is_a_file_has_none(tmp_path):
    put(tmp_path, "x", b"")
    assert own_files(tmp_path / "x") == ()


# --- adding and removing ---------------------------------------------------------------------------


def test_added_privately_and_found_again(folder, tmp_path):
    source = put(tmp_path, "随便 什么名字.yaml", skeleton("PCB", "线路板"))
    added = add_own(source, folder)
    assert added.path == folder / "UPCB.yaml"
    assert added.path.read_bytes() == source.read_bytes()
    assert ON_WINDOWS or stat.S_IMODE(added.path.stat().st_mode) == 0o600
    assert ON_WINDOWS or stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [file.id for file in own_files(folder)] == ["UPCB"]
    assert add_own(source, folder).path == added.path, "the same file again changes nothing"
    assert sorted(path.name for path in folder.iterdir()) == ["UPCB.yaml"]


def test_another_file_is_never_overwritten_silently(folder, tmp_path):
    mine = put(folder, "meins.yaml", skeleton("PCB", "线路板"))
    taken = put(folder, "UPCX.yaml", b"something else")
    newer = put(tmp_path, "n.yaml", skeleton("PCB", "线路板新版"))
    before = mine.read_bytes()
    with pytest.raises(OwnContentExists) as caught:
        add_own(newer, folder)
    assert (caught.value.module, caught.value.file) == ("UPCB", "meins.yaml")
    assert mine.read_bytes() == before
    assert add_own(newer, folder, replace_old=True).path == mine
    assert mine.read_bytes() == newer.read_bytes()
    other = put(
        tmp_path, "o.yaml", skeleton("PCX", "另一个").replace("查实的要求".encode(), "核对的规矩".encode())
    )
    assert add_own(other, folder).path.name == "UPCX-2.yaml"
    assert taken.read_bytes() == b"something else"


def test_what_is_unusable_is_refused_and_nothing_is_copied(folder, tmp_path):
    bad = put(tmp_path, "bad.yaml", skeleton("PCB", "线路板").replace(b"weight: 3", b"weight: 9"))
    with pytest.raises(ContentInvalid) as caught:
        add_own(bad, folder)
    assert [problem.code for problem in caught.value.problems] == ["number-out-of-range"]
    with pytest.raises(ContentInvalid):
        add_own(put(tmp_path, "copy.yaml", programme("sample")), folder)
    with pytest.raises(Unreadable):
        add_own(tmp_path / "没有.yaml", folder)
    with pytest.raises(WorkbookRefused):
        add_own(put(tmp_path, "x.xlsx", b"no workbook"), folder)
    assert not folder.exists()


@posix_rights
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_can_not_be_written(folder, tmp_path):
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(ReadOnly):
        add_own(put(tmp_path, "p.yaml", skeleton("PCB", "线路板")), folder)


def test_removed_by_id_or_by_name(folder):
    put(folder, "a.yaml", skeleton("PCB", "线路板"))
    put(folder, "bad.yaml", b"[")
    with pytest.raises(UnknownModule):
        remove_own("../a.yaml", folder)
    with pytest.raises(UnknownModule):
        remove_own("XIC", folder)
    assert remove_own("PCB", folder).name == "a.yaml"
    assert remove_own("bad.yaml", folder).name == "bad.yaml"
    assert own_files(folder) == ()


def test_a_workbook_is_added_as_a_module_file(folder, tmp_path):
    added = add_own(put(tmp_path, "线路板.xlsx", skeleton_book("PCB", "线路板")), folder)
    assert added.path.name == "UPCB.yaml"
    assert added.path.read_text(encoding="utf-8").startswith("module: PCB\n")
    assert check_file(added.path).usable


def test_a_workbook_that_clashes_with_another_own_module_is_told_by_its_cells(folder, tmp_path):
    put(folder, "a.yaml", skeleton("PCA", "甲").replace(b"id: PCA", b"id: PCB"))
    with pytest.raises(ContentInvalid) as caught:
        add_own(put(tmp_path, "b.xlsx", skeleton_book("PCB", "乙")), folder)
    grave = [problem for problem in caught.value.problems if problem.grave]
    assert [(problem.file.partition("!")[0], problem.code) for problem in grave] == [
        ("模块", "duplicate-section"),
        ("条款", "duplicate-id"),
    ]
    assert [path.name for path in folder.iterdir()] == ["a.yaml"]


def test_the_skeleton_is_sound_as_it_is_also_as_a_workbook(tmp_path):
    for module_id, title in (("PCB", "线路板"), ("UAB", "a: b #c"), ("X9", "{receipt}")):
        file = check_file(put(tmp_path, "s.yaml", skeleton(module_id, title)))
        assert file.problems == () or title == "{receipt}"
        assert file.module.title == title
    book = from_book(put(tmp_path, "s.xlsx", skeleton_book("PCB", "线路板")), content.shipped())
    assert book.problems == ()
    assert book.content.module.title == "线路板"


# --- what others do meanwhile ----------------------------------------------------------------------------


def test_of_two_that_add_at_once_exactly_one_does(folder, tmp_path):
    """Each round lets many begin at the same moment; the files differ, the id is one."""
    for number in range(5):
        place = folder / str(number)
        sources = [put(tmp_path, f"{at}.yaml", skeleton("PCB", f"模块{at}")) for at in range(6)]
        start = threading.Barrier(len(sources))

        def add(source, place=place, start=start):
            start.wait()
            try:
                return add_own(source, place).path.name
            except OwnContentExists as error:
                return error.module

        with ThreadPoolExecutor(len(sources)) as pool:
            done = sorted(pool.map(add, sources))
        assert done == ["UPCB"] * 5 + ["UPCB.yaml"]
        assert [path.name for path in place.iterdir()] == ["UPCB.yaml"]
        assert [file.usable for file in own_files(place)] == [True]


def test_a_file_is_created_only_where_nothing_is(tmp_path, monkeypatch):
    target = tmp_path / "a.yaml"
    for _round in range(2):
        assert create_plain(target, b"one")
        assert not create_plain(target, b"two")
        assert target.read_bytes() == b"one"
        assert ON_WINDOWS or stat.S_IMODE(target.stat().st_mode) == 0o600
        target.unlink()
        if LINKS:
            target.symlink_to(tmp_path / "nowhere")
            assert not create_plain(target, b"two")
            target.unlink()
        assert list(tmp_path.iterdir()) == []
        # The second round is on a disk that knows no hard links.
        monkeypatch.setattr(os, "link", _no_links)


def _no_links(_one, _other):
    raise PermissionError(1, "no hard links")


def test_a_programme_never_takes_the_place_of_a_module(folder, tmp_path):
    module = add_own(put(tmp_path, "m.yaml", skeleton("PCB", "线路板")), folder)
    before = module.path.read_bytes()
    source = put(tmp_path, "p.yaml", programme("UPCB"))
    for replace_old in (False, True):
        added = add_own(source, folder, replace_old=replace_old)
        assert added.path.name == "programme-UPCB.yaml"
        assert module.path.read_bytes() == before
    whole = shelf(folder)
    assert whole.modules["UPCB"].title == "线路板"
    assert "UPCB" in whole.programmes


@needs_links
def test_replacing_never_writes_through_a_link(folder, tmp_path):
    mine = put(tmp_path, "mine.yaml", skeleton("PCB", "线路板"))
    before = mine.read_bytes()
    folder.mkdir()
    (folder / "UPCB.yaml").symlink_to(mine)
    newer = put(tmp_path, "n.yaml", skeleton("PCB", "新版"))
    assert add_own(newer, folder, replace_old=True).path == folder / "UPCB.yaml"
    assert mine.read_bytes() == before
    assert not (folder / "UPCB.yaml").is_symlink()
    assert (folder / "UPCB.yaml").read_bytes() == newer.read_bytes()


def test_a_file_dropped_in_takes_no_id_over(folder, tmp_path):
    add_own(put(tmp_path, "m.yaml", skeleton("PCB", "线路板")), folder)
    add_own(put(tmp_path, "p.yaml", programme()), folder)
    put(folder, "AAA.yaml", skeleton("PCB", "抢先的"))
    put(folder, "AAB.yaml", programme().replace(b"version:", b"# x\nversion:", 1))
    by_name = {file.name: file for file in own_files(folder)}
    assert {name for name, file in by_name.items() if file.usable} == {"UPCB.yaml", "programme-bureau.yaml"}
    assert "duplicate-module" in codes(by_name["AAA.yaml"])
    assert dict(by_name["AAA.yaml"].problems[0].facts)["first"] == "UPCB.yaml"
    newer = put(tmp_path, "n.yaml", skeleton("PCB", "新版"))
    assert add_own(newer, folder, replace_old=True).path.name == "UPCB.yaml"


# --- what can't be printed, and hostile files ------------------------------------------------------------


def test_a_character_that_no_font_has_is_told_before_a_report_fails(folder, tmp_path):
    text = skeleton("PCB", "线路板").decode()
    line = text[: text.index("why:")].count("\n") + 1
    source = put(tmp_path, "m.yaml", text.replace("why: ", "why: 😀ㄅ", 1).encode())
    with pytest.raises(ContentInvalid) as caught:
        add_own(source, folder)
    found = [problem for problem in caught.value.problems if problem.code == "unprintable-character"]
    assert [(each.line, dict(each.facts)["codes"], each.grave) for each in found] == [
        (line, "U+1F600、U+3105", True)
    ]
    assert "unprintable-character" in codes(own_files(put(folder, "m.yaml", source.read_bytes()).parent)[0])
    book = tmp_path / "m.xlsx"
    book.write_bytes(skeleton_book("PCB", "线路板😀"))
    with pytest.raises(ContentInvalid) as caught:
        add_own(book, folder)
    assert ("模块!第4行 名称", "unprintable-character") in [
        (problem.file, problem.code) for problem in caught.value.problems
    ]
    assert add_own(put(tmp_path, "r.yaml", skeleton("PCR", "𬭎㵘䶮𠮷")), folder).usable


def test_the_fonts_have_what_is_taken_for_granted():
    """All of GB 2312 but the phonetic letters is passed without a look into the fonts."""
    every = [bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF)]
    text = "".join(each.decode("gb2312", "ignore") for each in every) + "".join(map(chr, range(32, 127)))
    lacking = shipped_fonts().missing((text,))
    assert all("\u3100" <= each <= "\u312f" for each in lacking)
    assert set(unprinted(text)) == set(lacking)


def test_hostile_files_cost_little_and_listing_compares_nothing(folder):
    text = skeleton("PCB", "线路板").decode()
    figures = "".join(f"  - a{{agreement-percnt{number}}}\n" for number in range(10_000))
    put(folder, "figures.yaml", (text + "leak_paths:\n" + figures).encode())
    put(folder, "keys.yaml", (text + "".join(f"unknown-{number}: 1\n" for number in range(15_000))).encode())
    put(folder, "many.yaml", (text + "leak_paths:\n" + "  - a\n" * 45_000).encode())
    start = text.index("      - id: PCB-01")
    item = text[start:]
    put(
        folder,
        "alike.yaml",
        (text[:start] + "".join(item.replace("PCB-01", f"PCB-{at:03}") for at in range(500))).encode(),
    )
    began = time.monotonic()
    by_name = {file.name: codes(file) for file in own_files(folder)}
    assert time.monotonic() - began < 15
    assert by_name["many.yaml"] == ["too-many-items"]
    assert "said-before" not in by_name["alike.yaml"]
    assert by_name["figures.yaml"].count("unknown-figure") == 10_000


# --- checking files from anywhere -------------------------------------------------------------------------


def test_files_are_checked_as_they_would_be_added(folder, tmp_path):
    put(folder, "a.yaml", skeleton("PCA", "甲").replace(b"id: PCA", b"id: PCB"))
    clash = put(tmp_path, "b.yaml", skeleton("PCB", "乙"))
    found = [problem.code for problem in check_files([clash], folder) if problem.grave]
    assert found == ["duplicate-section", "duplicate-id"]
    assert not [each for each in check_files([folder / "a.yaml"], folder) if each.grave], "not with itself"
    names = put(tmp_path, "p.yaml", programme().decode().replace("HRM-05", "UPCC-01", 1).encode())
    given = put(tmp_path, "c.yaml", skeleton("PCC", "丙"))
    assert [problem.code for problem in check_files([names], folder)] == ["unknown-item"]
    assert not [each for each in check_files([names, given], folder) if each.grave], "they may go together"


def test_what_can_not_be_read_is_listed_and_the_rest_is_checked(folder, tmp_path):
    bad = put(tmp_path, "bad.yaml", skeleton("PCB", "线路板").replace(b"weight: 3", b"weight: 9"))
    book = put(tmp_path, "x.xlsx", b"no workbook")
    found = check_files([tmp_path / "gone.yaml", tmp_path, book, bad], folder)
    assert [(problem.file, problem.code) for problem in found] == [
        (str(tmp_path / "gone.yaml"), "unreadable-file"),
        (str(tmp_path), "unreadable-file"),
        (str(book), "book-refused"),
        ("bad.yaml", "number-out-of-range"),
    ]


def test_a_shipped_file_is_not_held_against_itself(folder, tmp_path):
    shipped = assets.checklists() / "sectors" / "xit.yaml"
    copy = put(tmp_path, "copy.yaml", shipped.read_bytes())
    assert check_files([shipped, copy, assets.checklists() / "basis.yaml"], folder) == []
    changed = put(tmp_path, "changed.yaml", shipped.read_bytes() + b"# x\n")
    assert {problem.code for problem in check_files([changed], folder)} == {"said-before"}


# --- what is frozen ---------------------------------------------------------------------------------


def with_module(folder, old=b"", new=b""):
    put(folder, "pcb.yaml", skeleton("PCB", "线路板").replace(old, new, 1))
    return shelf(folder)


def test_answers_on_an_own_module_and_its_file_gone(session, folder):
    content.choose_modules(session, ["XIC", "UPCB"], with_module(folder))
    session.put_answer(Answer("UPCB-01", Verdict.MET))
    remove_own("PCB", folder)
    session = reopened(session)
    at_hand = shelf(folder)
    assert "UPCB" in [module.id for module in content.choices(session, at_hand)]
    content.choose_modules(session, ["UPCB"], at_hand)
    assert session.answers["UPCB-01"].verdict is Verdict.MET
    assert session.checklist.modules[-1].id == "UPCB"
    content.choose_modules(session, ["UPCB"], at_hand, renew=True)
    assert session.checklist.modules[-1].id == "UPCB", "what is not at hand stays as it was"
    assert changes(session, at_hand).missing == ("UPCB",)
    frozen = session.checklist
    content.choose_modules(session, [], at_hand)
    assert "UPCB-01" in session.answers
    assert "UPCB" in [module.id for module in content.choices(session, at_hand)]
    session = reopened(session)
    content.choose_modules(session, ["UPCB"], at_hand)
    assert session.checklist.modules == frozen.modules, "it was put aside as it was frozen"
    session.close()


def test_what_stays_chosen_keeps_its_texts_until_the_person_asks(session, folder):
    content.choose_modules(session, ["UPCB"], with_module(folder))
    frozen = session.checklist
    newer = with_module(folder, b"weight: 3", b"weight: 5")
    content.choose_modules(session, ["UPCB", "XIC"], newer)
    assert session.item("UPCB-01").weight == 3
    assert session.checklist.modules[1] == frozen.modules[1]
    found = changes(session, newer)
    assert [(change.module, change.new, change.changed, change.gone) for change in found.modules] == [
        ("UPCB", (), ("UPCB-01",), ())
    ]
    content.choose_modules(session, ["UPCB", "XIC"], newer, renew=True)
    assert session.item("UPCB-01").weight == 5
    assert not changes(session, newer).any


def test_new_and_gone_items_are_told_and_no_answer_is_lost(session, folder):
    content.choose_modules(session, ["UPCB"], with_module(folder))
    session.put_answer(Answer("UPCB-01", Verdict.PARTLY))
    newer = with_module(folder, b"id: PCB-01", b"id: PCB-02")
    (change,) = changes(session, newer).modules
    assert (change.new, change.changed, change.gone) == (("UPCB-02",), (), ("UPCB-01",))
    content.choose_modules(session, ["UPCB"], newer, renew=True)
    assert session.answers["UPCB-01"].verdict is Verdict.PARTLY
    with pytest.raises(UnknownItem):
        session.item("UPCB-01")


def test_nothing_new_keeps_everything_that_was_frozen(session):
    """Sources, figures and presets of another library are not mixed in where no module is added."""
    at_hand = content.shipped()
    other = replace(
        at_hand,
        library=replace(at_hand.library, version="9", sha256="9" * 64, sources={}),
        parameters=replace(at_hand.parameters, thresholds=()),
        presets=(),
    )
    before = session.checklist
    content.choose_modules(session, ["XIC"], other)
    assert session.checklist == before
    content.choose_modules(session, [], other)
    assert session.checklist.library_version == before.library_version
    cited = {citation.source for item in session.checklist.items() for citation in item.basis}
    assert {source.id for source in session.checklist.sources} == cited


def test_a_module_added_later_brings_its_sources_along(session, folder):
    content.choose_modules(session, [])
    alone = session.checklist
    content.choose_modules(session, ["XIC"])
    assert session.checklist == content.shipped().freeze(["XIC"]), "nothing stays aside"
    assert alone != session.checklist


def test_the_programme_stays_unless_another_is_asked_for(session, folder):
    put(folder, "bureau.yaml", programme())
    at_hand = shelf(folder)
    content.choose_modules(session, ["XIC"], at_hand, programme="bureau")
    assert session.assessment.programme.id == "bureau"
    content.choose_modules(session, [])
    assert session.assessment.programme.id == "bureau", "its file need not be at hand"
    put(folder, "bureau.yaml", programme().replace(b"version:", b"# newer\nversion:", 1))
    assert changes(session, shelf(folder)).programme is not None
    content.choose_modules(session, [], shelf(folder), renew=True)
    assert changes(session, shelf(folder)).programme is None
    with pytest.raises(UnknownModule):
        content.choose_modules(session, [], programme="nirgends")
    assert not session.assessment.programme.shipped


def test_changes_before_there_is_an_assessment(tmp_path):
    session = new_session(tmp_path, choose=False)
    assert not changes(session, content.shipped()).any
    assert {module.id for module in content.choices(session, content.shipped())} == {
        module.id for module in content.sectors()
    }
    session.close()
