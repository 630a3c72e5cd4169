"""The journal for people: words, folding, filters, and every past state exactly as it was."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from support.dossier import CLEARANCE, TASK, document
from support.vaults import NAME, PASSPHRASE, QUICK, TODAY

from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import Enterprise, Size
from tsguard.domain.evidence import Evidence
from tsguard.domain.rectification import Recheck
from tsguard.domain.scales import Tier, Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import UnknownRecord, VaultClosed, VaultDamaged
from tsguard.services import plain_copy
from tsguard.services.cabinet import filed
from tsguard.services.content import choose_modules
from tsguard.services.history import History
from tsguard.services.history_lines import LARGEST_FOLD, HistoryQuery
from tsguard.services.history_past import PastState
from tsguard.services.history_tables import lines_table, past_facts, past_table
from tsguard.services.history_words import HistoryKind, kind_word, values_called
from tsguard.services.session import Session
from tsguard.store.vault import Vault

ZHUHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # nine in the morning in Zhuhai
SECRET_POINT = SecretPoint(name="玄武时钟脚本", tier=Tier.IMPORTANT)


class Clock:
    """What the journal reads; goes where a test puts it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def on(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(tmp_path, clock: Clock) -> Iterator[Session]:
    """The core and one sector chosen at nine in the morning of 2026-11-23 in Zhuhai."""
    company = Enterprise(id="e1", name=NAME)
    vault = Vault.create(
        tmp_path / "企业.tsg",
        PASSPHRASE,
        who="王工",
        clock=clock,
        profiles=QUICK,
        first=lambda writer: writer.put_enterprise(company),
    )
    made = Session(vault, lambda: TODAY)
    made.history = History(vault, ZHUHAI)
    choose_modules(made, ("XIC",))
    yield made
    if not made.closed:
        made.close()


def texts(session: Session, query: HistoryQuery | None = None) -> list[str]:
    return [line.text for line in session.history.all(query or HistoryQuery())]


def note(session: Session, item: str, text: str) -> None:
    session.put_answer(replace(session.answer(item), note=text))


# --- words ------------------------------------------------------------------------------------------


def verdict(session: Session) -> None:
    session.put_answer(Answer("HRM-05", Verdict.PARTLY))
    session.put_answer(Answer("HRM-05", Verdict.MET))


def verdict_with_reason(session: Session) -> None:
    item = next(each for each in session.checklist.items() if each.may_not_apply)
    reason = Answer(item.id, Verdict.NOT_APPLICABLE, reason="没有", ask_again=date(2027, 1, 1))
    session.put_answer(replace(reason, item="HRM-09") if session.item("HRM-09").may_not_apply else reason)


def note_written(session: Session) -> None:
    note(session, "HRM-05", "应签46人")


def note_changed(session: Session) -> None:
    session.put_answer(Answer("HRM-05", note="一"))
    session.put_answer(Answer("ORG-01", Verdict.MET))
    session.put_answer(Answer("HRM-05", note="二"))


def note_cleared(session: Session) -> None:
    session.put_answer(Answer("HRM-05", Verdict.MET, note="一"))
    session.put_answer(Answer("HRM-05", Verdict.MET))


def flagged(session: Session) -> None:
    session.put_answer(Answer("HRM-05", flagged=True))


def evidence_added(session: Session) -> None:
    session.cabinet.add(Evidence(title="保密  协议\n范本", items=("HRM-05",), paper_at="档案柜"))


def evidence_linked(session: Session) -> None:
    piece = session.cabinet.add(Evidence(title="范本", items=("HRM-05",), paper_at="柜"))
    session.cabinet.put(replace(piece, items=("ORG-01", "ORG-02")))


def evidence_removed(session: Session) -> None:
    evidence_added(session)
    session.cabinet.remove("E-01")


def tier_raised(session: Session) -> None:
    point = session.points.add(SECRET_POINT)
    session.points.put(replace(point, tier=Tier.CORE))


def point_removed(session: Session) -> None:
    session.points.remove(session.points.add(SECRET_POINT).id)


def phone(session: Session) -> None:
    session.save_enterprise(replace(session.enterprise, contact_phone="0756-2222222"))


def staff_and_size(session: Session) -> None:
    session.save_enterprise(replace(session.enterprise, staff=46, size=Size.MICRO, lead="沈知远"))


def modules(session: Session) -> None:
    choose_modules(session, ())


def form_value(session: Session) -> None:
    session.form.put(_asked(session)[0], "8210")


def form_emptied(session: Session) -> None:
    form_value(session)
    session.put_answer(Answer("ORG-01", Verdict.MET))
    session.form.put(_asked(session)[0], "")


def limit(session: Session) -> None:
    session.cabinet.set_limit(20 * 1024 * 1024)
    session.cabinet.set_limit(50 * 1024 * 1024)


def _asked(session: Session):
    assert session.assessment is not None
    return [field for field in session.assessment.programme.fields() if field.ask]


SENTENCES: list[tuple[Callable[[Session], None], str]] = [
    (verdict, "HRM-05的作答：部分符合→符合"),
    (note_written, "写了HRM-05的备注"),
    (note_changed, "HRM-05的备注改了"),
    (note_cleared, "清空了HRM-05的备注"),
    (flagged, "HRM-05的标记：无→有"),
    (evidence_added, "添加佐证E-01《保密 协议 范本》"),
    (evidence_linked, "佐证E-01：关联条款加ORG-01、ORG-02，去HRM-05"),
    (evidence_removed, "删除佐证E-01《保密 协议 范本》"),
    (tier_raised, "秘点SP-0001：等级重要→核心"),
    (point_removed, "删除秘点SP-0001“玄武时钟脚本”"),
    (phone, "企业档案：联系电话"),
    (staff_and_size, "企业档案：规模小型→微型；职工总数未填→46；分管领导"),
    (modules, "自评清单：模块集成电路→只有通用模块"),
    (limit, "设置：单个佐证文件的上限20MB→50MB"),
]


@pytest.mark.parametrize(("change", "sentence"), SENTENCES, ids=[each[0].__name__ for each in SENTENCES])
def test_what_was_done_in_words(session: Session, change, sentence: str) -> None:
    change(session)
    assert next(session.history.all()).text == sentence


def test_a_form_field_is_called_by_its_label(session: Session) -> None:
    label = _asked(session)[0].label
    form_value(session)
    assert texts(session)[0] == f"申报表：{label}"
    form_emptied(session)
    assert texts(session)[0] == f"申报表：清空“{label}”"


def test_not_applicable_names_what_came_with_it(session: Session) -> None:
    verdict_with_reason(session)
    assert next(session.history.all()).text.endswith("的作答：未答→不适用；不适用理由、重新询问日期")


def test_how_a_vault_begins(session: Session) -> None:
    assert texts(session)[-2:][0].startswith("定下自评清单：集成电路；示例申报方案")
    assert texts(session)[-1] == f"建立企业档案：{session.enterprise.name}"


def test_before_and_after_of_each_field(session: Session) -> None:
    tier_raised(session)
    line = next(session.history.all())
    assert [(each.label, each.before, each.after) for each in line.changes] == [("等级", "重要", "核心")]
    assert (line.who, line.record, line.kind) == ("王工", "SP-0001", HistoryKind.POINT)
    assert line.digest == session._vault.journal_head
    assert f"{line.at:%Y-%m-%d %H:%M %z}" == "2026-11-23 09:00 +0800"


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ("passphrase.change", "换了口令"),
        ("vault.restore", "从备份恢复"),
        ("vault.salvage", "从损坏的保险库修复到这里"),
        ("vault.later", "保险库：vault.later"),
    ],
)
def test_what_was_done_with_the_vault_as_a_whole(session: Session, action: str, sentence: str) -> None:
    journal = session._vault._journal
    with session._vault.write():
        journal.append(action, "vault", "k", None, None)
        journal.append(action, "vault", "k", None, None)
    newest, older, *_rest = session.history.all()
    assert (newest.text, newest.changes, newest.gone) == (sentence, (), False)
    assert older.folded == 1
    assert [line.kind for line in session.history.all(HistoryQuery(kinds=(HistoryKind.VAULT,)))] == [
        HistoryKind.VAULT
    ] * 2
    assert told(session.history.as_of(date(2026, 11, 23))) == record(session)


def test_a_new_passphrase_is_told(session: Session) -> None:
    session.put_answer(Answer("HRM-05", Verdict.MET))
    count = session.history.count()
    session.file.change_passphrase("ein ganz anderer Satz")
    assert texts(session)[0] == "换了口令"
    assert session.history.count() == count + 1
    assert told(session.history.as_of(date(2040, 1, 1))) == record(session)


def test_values_of_an_unknown_program_are_shown_as_they_stand(session: Session) -> None:
    with session._vault.write() as writer:
        writer.put_setting("later", "喵")
    assert texts(session)[0] == "设置：“later”未填→喵"


def test_a_file_is_known_by_name_size_and_digest(session: Session, tmp_path) -> None:
    path = tmp_path / "协议𬭎.pdf"
    path.write_bytes(b"1" * 2048)
    stored = session.cabinet.store_file(path)
    session.cabinet.add(filed(Evidence(title="协议"), path, stored))
    changes = {change.name: change for change in next(session.history.all()).changes}
    assert changes["file"].after == f"协议𬭎.pdf（2KB，摘要{stored.sha256[:8]}）"


@pytest.mark.parametrize(("stored", "shown"), [("9" * 5000, "9" * 5000), ("-1", "-1"), ("１", "１")])
def test_a_limit_that_is_none(session: Session, stored: str, shown: str) -> None:
    with session._vault.write() as writer:
        writer.put_setting("evidence-limit", stored)
    assert next(session.history.all()).changes[0].after == shown


def test_words_of_kinds_are_all_different() -> None:
    assert len({kind_word(kind) for kind in HistoryKind}) == len(HistoryKind)


def test_what_is_noise_is_counted(session: Session) -> None:
    before, left_out = session.history.count(), session.history.left_out()
    session.remember_place("checklist:HRM-05")
    session.points.add(SECRET_POINT)  # gives out a number, too
    assert session.history.count() == before + 1
    assert session.history.left_out() == left_out + 2


def test_nothing_typed_stands_in_a_repr(session: Session) -> None:
    note(session, "HRM-05", "绝不外传")
    state = session.history.as_of(date(2026, 11, 23))
    page = session.history.page(HistoryQuery(text="绝不外传"))
    assert len(page.lines) == 1
    for shown in (page, state, HistoryQuery(text="绝不外传")):
        assert "绝不外传" not in repr(shown)


# --- folding ----------------------------------------------------------------------------------------


def typed(session: Session, clock: Clock, count: int, item: str = "HRM-05") -> None:
    for length in range(1, count + 1):
        clock.on(seconds=20)
        note(session, item, "字" * length)


def test_typing_in_pieces_is_one_line_that_unfolds(session: Session, clock: Clock) -> None:
    typed(session, clock, 4)
    line = next(session.history.all())
    assert line.folded == 4
    assert line.text == "写了HRM-05的备注"
    assert [(each.before, each.after) for each in line.changes] == [("", "字字字字")]
    pieces = session.history.unfold(line)
    assert [piece.number for piece in pieces] == list(line.numbers)
    assert [piece.changes[0].after for piece in pieces] == ["字字字字", "字字字", "字字", "字"]


@pytest.mark.parametrize("apart", ["another item", "a pause", "a verdict", "another person"])
def test_what_parts_typing(session: Session, clock: Clock, apart: str) -> None:
    note(session, "HRM-05", "一")
    if apart == "another item":
        note(session, "ORG-01", "一")
    elif apart == "a pause":
        clock.on(minutes=5, seconds=1)
    elif apart == "a verdict":
        session.put_answer(replace(session.answer("HRM-05"), verdict=Verdict.MET))
    else:
        session._vault._journal._who = "另一个人"
    note(session, "HRM-05", "一二")
    assert all(line.folded == 1 for line in session.history.all())


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 40])
def test_pages_join_to_the_same_lines_whatever_their_size(session: Session, clock: Clock, limit: int) -> None:
    for turn in range(3):
        typed(session, clock, 5 + turn)
        session.put_answer(Answer("ORG-02", Verdict.MET if turn % 2 else Verdict.PARTLY))
    typed(session, clock, 40, "ORG-03")
    whole = session.history.page(limit=10_000)
    assert whole.after is None
    joined, before = [], None
    while True:
        page = session.history.page(before=before, limit=limit)
        joined += page.lines
        before = page.after
        if before is None:
            break
    assert tuple(joined) == whole.lines
    assert sum(line.folded for line in joined) == session.history.count()


def test_a_line_holds_no_more_than_memory_takes(session: Session, clock: Clock) -> None:
    typed(session, clock, LARGEST_FOLD + 60)
    lines = list(session.history.all(HistoryQuery(kinds=(HistoryKind.ANSWER,))))
    assert [line.folded for line in lines] == [LARGEST_FOLD, 60]
    whole = session.history.page(HistoryQuery(kinds=(HistoryKind.ANSWER,)), limit=10_000).lines
    assert list(whole) == lines
    assert len(session.history.page(limit=7).lines) == 1


def test_every_entry_is_reachable(session: Session, clock: Clock) -> None:
    typed(session, clock, 3)
    session.points.add(SECRET_POINT)
    for entry in session._vault.journal():
        line = session.history.line(entry.seq)
        assert (line.number, line.digest) == (entry.seq, entry.hash)
    with pytest.raises(UnknownRecord):
        session.history.line(10_000)


# --- filters ----------------------------------------------------------------------------------------


@pytest.fixture
def busy(session: Session, clock: Clock) -> Session:
    session.put_answer(Answer("HRM-05", Verdict.MET, note="100%_已签“原件”\\"))
    session.put_answer(Answer("HRM-06", Verdict.PARTLY))
    clock.on(days=1)
    session._vault._journal._who = "李工"
    session.points.add(SECRET_POINT)
    session.cabinet.add(Evidence(title="Alpha范本", items=("HRM-05",), paper_at="柜"))
    return session


FOUND = [
    (HistoryQuery(kinds=(HistoryKind.POINT,)), ["新增秘点SP-0001“玄武时钟脚本”"]),
    (HistoryQuery(kinds=(HistoryKind.POINT, HistoryKind.EVIDENCE)), 2),
    (HistoryQuery(kinds=(HistoryKind.OTHER,)), []),
    (HistoryQuery(kinds=(HistoryKind.OTHER, HistoryKind.POINT)), 1),
    (HistoryQuery(who="李工"), 2),
    (HistoryQuery(who="李"), []),
    (HistoryQuery(text="sp-0001"), 1),
    (HistoryQuery(text="hrm-05"), ["添加佐证E-01《Alpha范本》", "HRM-05的作答：未答→符合；备注"]),
    (HistoryQuery(text="玄武"), 1),
    (HistoryQuery(text="alpha"), 1),
    (HistoryQuery(text=" 玄武 "), 1),
    (HistoryQuery(text="部分符合"), ["HRM-06的作答：未答→部分符合"]),
    (HistoryQuery(text="%_"), 1),
    (HistoryQuery(text="%"), 1),
    (HistoryQuery(text="“原件”\\"), 1),
    (HistoryQuery(text='"'), []),
    (HistoryQuery(text="verdict"), []),
    (HistoryQuery(text="没有这个"), []),
    (HistoryQuery(since=date(2026, 11, 24), until=date(2026, 11, 24)), 2),
    (HistoryQuery(since=date(2026, 11, 25)), []),
    (HistoryQuery(text="HRM-05", kinds=(HistoryKind.ANSWER,), until=date(2026, 11, 23)), 1),
    (HistoryQuery(until=date.max, since=date.min, kinds=(HistoryKind.EVIDENCE,)), 1),
]


@pytest.mark.parametrize(("query", "found"), FOUND, ids=[f"{index}" for index in range(len(FOUND))])
def test_filters(busy: Session, query: HistoryQuery, found) -> None:
    lines = texts(busy, query)
    assert lines == found if isinstance(found, list) else len(lines) == found
    assert busy.history.count(query) == len(lines)


def test_people(busy: Session) -> None:
    assert busy.history.people() == ("李工", "王工")


def test_words_find_values() -> None:
    assert values_called("不符合") == ("not_met",)
    assert set(values_called("符合")) == {"met", "partly", "not_met"}
    assert values_called("") == ()


# --- as of ------------------------------------------------------------------------------------------


def record(session: Session) -> dict[str, object]:
    """What the session holds now."""
    return {
        "enterprise": session.enterprise,
        "assessment": session.assessment,
        "answers": dict(session.answers),
        "evidence": tuple(session.cabinet),
        "secret_points": tuple(session.points),
        "form": dict(session.form.values),
        "rectifications": tuple(session.rectifications),
        "issued": tuple(session.issued),
        "clearances": tuple(session.clearances),
    }


def told(state: PastState) -> dict[str, object]:
    return {
        "enterprise": state.enterprise,
        "assessment": state.assessment,
        "answers": dict(state.answers),
        "evidence": state.evidence,
        "secret_points": state.secret_points,
        "form": dict(state.form),
        "rectifications": state.rectifications,
        "issued": state.issued,
        "clearances": state.clearances,
    }


def any_change(session: Session, chance: random.Random) -> None:  # noqa: PLR0912 - one branch for each kind
    """Something a person may do, of every kind of record."""
    items = [item.id for item in session.checklist.items()]
    asked = _asked(session)
    points, pieces = list(session.points), list(session.cabinet)
    kind = chance.choice(
        ("answer", "answer", "note", "point", "evidence", "profile", "form", "modules", "dossier", "out")
    )
    if kind == "answer":
        verdicts = (Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET, Verdict.UNKNOWN, None)
        session.put_answer(replace(session.answer(chance.choice(items)), verdict=chance.choice(verdicts)))
    elif kind == "note":
        note(session, chance.choice(items[:5]), chance.choice(("", "𬭎㵘", "注\n行")))
    elif kind == "point":
        if points and chance.random() < 0.6:
            session.points.put(
                replace(chance.choice(points), tier=chance.choice(list(Tier)), holders=chance.randint(1, 9))
            )
        else:
            session.points.add(
                replace(SECRET_POINT, review_on=chance.choice((None, TODAY, date(2030, 1, 1))))
            )
    elif kind == "evidence":
        linked = tuple(sorted(chance.sample(items, 3)))
        if pieces and chance.random() < 0.6:
            session.cabinet.put(
                replace(chance.choice(pieces), items=linked, expires=chance.choice((None, TODAY)))
            )
        else:
            session.cabinet.add(
                Evidence(title="件", items=linked, paper_at="柜", expires=chance.choice((None, TODAY)))
            )
    elif kind == "profile":
        session.save_enterprise(
            replace(session.enterprise, staff=chance.randint(1, 99), note=chance.choice("甲乙"))
        )
    elif kind == "form":
        session.form.put(chance.choice(asked), chance.choice(("", "8210", "x")))
    elif kind == "dossier":
        task = session.rectifications.add(replace(TASK, item=chance.choice(items), due=TODAY))
        session.rectifications.put(replace(task, recheck=chance.choice(list(Recheck))))
        session.issued.add(document(session, note=chance.choice("甲乙")))
        session.clearances.add(CLEARANCE)
        for register in (session.rectifications, session.issued, session.clearances):
            if chance.random() < 0.4:
                register.remove(chance.choice([each.id for each in register]))
    elif kind == "modules":
        choose_modules(session, chance.choice(((), ("XIC",))))
    elif points and chance.random() < 0.5:
        session.points.remove(chance.choice(points).id)
    elif pieces:
        session.cabinet.remove(chance.choice(pieces).id)


@pytest.mark.parametrize("seed", range(4))
def test_every_past_day_is_as_it_was(session: Session, clock: Clock, seed: int) -> None:
    """A random walk over weeks: at its end each day's end is told just as the session had it."""
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    days: dict[date, tuple[dict[str, object], object]] = {}
    for _step in range(70):
        any_change(session, chance)
        today = clock.now.astimezone(ZHUHAI).date()
        session._today = lambda today=today: today
        session._sheet = None
        days[today] = (record(session), session.sheet())
        clock.on(hours=chance.choice((0, 0, 1, 5, 30)))
    assert len(days) > 5
    for day, (was, sheet) in days.items():
        state = session.history.as_of(day)
        assert told(state) == was
        assert state.sheet == sheet
        now = {item.id for item in session.checklist.items()}
        then = {item.id for item in state.assessment.checklist.items()}
        assert {each.item.id for each in state.changed} == {
            item
            for item in now | then
            if (item in now) != (item in then)
            or (state.answers.get(item, Answer(item)).verdict) != session.answer(item).verdict
        }
    assert session.history.as_of(max(days)).changed == ()


def test_a_day_between_two_changes_is_the_day_before(session: Session, clock: Clock) -> None:
    session.put_answer(Answer("HRM-05", Verdict.MET))
    clock.on(days=9)
    session.put_answer(Answer("HRM-05", Verdict.NOT_MET))
    state = session.history.as_of(date(2026, 11, 30))
    assert state.answers["HRM-05"].verdict is Verdict.MET
    assert [(each.item.id, each.then, each.now) for each in state.changed] == [
        ("HRM-05", Verdict.MET, Verdict.NOT_MET)
    ]


def test_evidence_that_expired_since_counts_on_that_day(session: Session) -> None:
    session.put_answer(Answer("HRM-05", Verdict.MET))
    session.cabinet.add(Evidence(title="件", items=("HRM-05",), paper_at="柜", expires=date(2026, 11, 25)))
    sheets = [session.history.as_of(date(2026, 11, day)).sheet.item("HRM-05") for day in (25, 26)]
    assert [item.evidenced for item in sheets] == [2, 0]


@pytest.mark.parametrize("day", [date.min, date(1999, 12, 31), date(2026, 11, 22)])
def test_before_the_first_entry_there_is_nothing(session: Session, day: date) -> None:
    state = session.history.as_of(day)
    assert (state.entries, state.head, state.at) == (0, "", None)
    assert (state.enterprise, state.assessment, state.sheet) == (None, None, None)
    assert {each.then for each in state.items} == {None}
    assert dict(past_facts(state))["依据的变更记录"] == "没有"


@pytest.mark.parametrize("day", [date(2040, 1, 1), date.max])
def test_a_day_to_come_has_what_there_is_now(session: Session, day: date) -> None:
    session.put_answer(Answer("HRM-05", Verdict.MET))
    state = session.history.as_of(day)
    assert told(state) == record(session)
    assert state.entries == len(session._vault.journal())


# The last minute of a day and the first of the next, in zones with and without summer time.
BORDERS = [
    ("Asia/Shanghai", "2026-11-23T15:59:59.999Z", "2026-11-23T16:00:00.000Z", date(2026, 11, 23)),
    ("America/New_York", "2026-11-24T04:59:59.999Z", "2026-11-24T05:00:00.000Z", date(2026, 11, 23)),
    ("Europe/Berlin", "2027-03-27T22:59:59.999Z", "2027-03-27T23:00:00.000Z", date(2027, 3, 27)),
    ("Europe/Berlin", "2027-03-28T21:59:59.999Z", "2027-03-28T22:00:00.000Z", date(2027, 3, 28)),
    # Midnight does not come: the clock goes from 23:59:59 to 1:00.
    ("Africa/Cairo", "2027-04-29T21:59:59.999Z", "2027-04-29T22:00:00.000Z", date(2027, 4, 29)),
    # 23:00 to midnight comes twice; the day ends with the second.
    ("Africa/Cairo", "2027-10-28T21:59:59.999Z", "2027-10-28T22:00:00.000Z", date(2027, 10, 28)),
]


@pytest.mark.parametrize(("zone", "last", "first", "day"), BORDERS)
def test_where_a_local_day_ends(session: Session, clock: Clock, zone, last, first, day) -> None:
    history = History(session._vault, ZoneInfo(zone))
    for moment, verdict_of in ((last, Verdict.MET), (first, Verdict.NOT_MET)):
        clock.now = datetime.fromisoformat(moment)
        session.put_answer(Answer("HRM-05", verdict_of))
    assert history.as_of(day).answers["HRM-05"].verdict is Verdict.MET
    assert history.as_of(day + timedelta(days=1)).answers["HRM-05"].verdict is Verdict.NOT_MET
    assert len(history.page(HistoryQuery(since=day + timedelta(days=1))).lines) == 1
    assert len(history.page(HistoryQuery(since=day, until=day, kinds=(HistoryKind.ANSWER,))).lines) == 1
    assert history.last_day_before(day + timedelta(days=1)) == day


def test_a_midnight_that_comes_twice_ends_the_day_the_second_time(session: Session, clock: Clock) -> None:
    """In St John's the clock was set back at one minute past midnight, until 2011."""
    history = History(session._vault, ZoneInfo("America/St_Johns"))
    for moment, verdict_of in (
        ("2010-11-07T02:30:30.000Z", Verdict.MET),  # half a minute past the first midnight
        ("2010-11-07T03:29:59.999Z", Verdict.PARTLY),  # the last moment before the second
        ("2010-11-07T03:30:00.000Z", Verdict.NOT_MET),
    ):
        clock.now = datetime.fromisoformat(moment)
        session.put_answer(Answer("HRM-05", verdict_of))
    assert history.as_of(date(2010, 11, 6)).answers["HRM-05"].verdict is Verdict.PARTLY
    assert history.as_of(date(2010, 11, 7)).answers["HRM-05"].verdict is Verdict.NOT_MET
    query = HistoryQuery(kinds=(HistoryKind.ANSWER,), since=date(2010, 11, 7))
    assert history.count(query) == 3


def test_a_clock_that_went_back(session: Session, clock: Clock) -> None:
    """The order is that of the numbers; whatever stands before the day's last entry counts."""
    session.put_answer(Answer("ORG-01", Verdict.MET))
    clock.on(days=3)
    session.put_answer(Answer("ORG-02", Verdict.MET))
    ahead = session.history.as_of(date(2026, 11, 23))
    assert "ORG-02" not in ahead.answers
    assert ahead.jumps == ()
    clock.on(days=-3, hours=1)
    session.put_answer(Answer("ORG-03", Verdict.MET))
    state = session.history.as_of(date(2026, 11, 23))
    assert set(state.answers) == {"ORG-01", "ORG-02", "ORG-03"}
    (jump,) = state.jumps
    assert jump.number == state.entries
    assert (jump.went_from.date(), jump.went_to.date()) == (date(2026, 11, 26), date(2026, 11, 23))
    assert session.history.as_of(date(2026, 11, 25)).jumps[0].number == jump.number
    assert session.history.as_of(date(2026, 11, 26)).jumps == ()
    newest, ahead_line = session.history.page(limit=2).lines
    assert newest.clock_back == timedelta(days=2, hours=23)
    assert ahead_line.clock_back is None
    assert "电脑时间曾往回拨" in dict(past_facts(state))


def test_seconds_that_the_computer_corrects_are_not_told(session: Session, clock: Clock) -> None:
    session.put_answer(Answer("ORG-01", Verdict.MET))
    clock.on(seconds=-59)
    session.put_answer(Answer("ORG-02", Verdict.MET))
    assert next(session.history.all()).clock_back is None


def test_one_go_of_typing_is_not_folded_over_a_clock_that_went_back(session: Session, clock: Clock) -> None:
    note(session, "ORG-01", "一")
    clock.on(minutes=-2)
    note(session, "ORG-01", "一二")
    assert [line.folded for line in session.history.page(limit=2).lines] == [1, 1]


DAMAGE = {
    "a record's state": "UPDATE journal SET after = replace(after, 'met', 'not_met') WHERE kind = 'answer'",
    "a time": "UPDATE journal SET at = '2026-01-01T00:00:00.000Z' WHERE kind = 'answer'",
    "no JSON": "UPDATE journal SET after = '[' WHERE kind = 'answer'",
}


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE)
def test_each_rebuilt_record_is_checked(session: Session, statement: str) -> None:
    session.put_answer(Answer("HRM-05", Verdict.MET))
    with session._vault._access() as database:
        database.execute("DROP TRIGGER journal_keeps_its_words")
        database.execute(statement)
    with pytest.raises(VaultDamaged, match="journal entry"):
        session.history.as_of(date(2030, 1, 1))


def test_an_entry_that_does_not_follow_is_told(session: Session) -> None:
    session.put_answer(Answer("HRM-05", Verdict.MET))
    session.put_answer(Answer("HRM-05", Verdict.NOT_MET))
    with session._vault._access() as database:
        database.execute("DROP TRIGGER journal_keeps_its_words")
        database.execute(
            "UPDATE journal SET after_hash = ? WHERE kind = 'answer' AND before_hash IS NULL", ("0" * 64,)
        )
    with pytest.raises(VaultDamaged, match="journal entry"):
        session.history.page()


def test_after_the_lock_nothing_is_told(session: Session) -> None:
    history = session.history
    session.close()
    for ask in (history.page, history.count, history.people, history.first_day):
        with pytest.raises(VaultClosed):
            ask()
    with pytest.raises(VaultClosed):
        history.as_of(TODAY)


# --- tables -----------------------------------------------------------------------------------------


def parsed(path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_lines_as_csv(session: Session, tmp_path) -> None:
    note(session, "HRM-05", "=HYPERLINK(1)\n第二行")
    tier_raised(session)
    path = tmp_path / "变更.csv"
    plain_copy.write_csv(path, lines_table(session.history.all()))
    head, *rows = parsed(path)
    assert len({len(row) for row in rows} | {len(head)}) == 1
    by_text = {(row[4], row[5]): row for row in rows}
    assert by_text["写了HRM-05的备注", "备注"][7] == "'=HYPERLINK(1)\n第二行"
    assert by_text["秘点SP-0001：等级重要→核心", "等级"][6:8] == ["重要", "核心"]
    assert {row[8] for row in rows} <= {entry.hash for entry in session._vault.journal()}


def test_a_past_checklist_as_csv(session: Session, clock: Clock, tmp_path) -> None:
    session.put_answer(Answer("HRM-05", Verdict.MET, note="+1"))
    evidence_added(session)
    clock.on(days=2)
    session.put_answer(Answer("HRM-05", Verdict.NOT_MET))
    state = session.history.as_of(date(2026, 11, 23))
    path = tmp_path / "清单.csv"
    plain_copy.write_csv(path, past_table(state))
    rows = parsed(path)
    (row,) = [row for row in rows if row[1:2] == ["HRM-05"]]
    assert row[4:8] == ["符合", "不符合", "是", "'+1"]
    assert row[9] == "E-01"
    assert ["日期", "2026-11-23"] in rows
    assert ["末条摘要", state.head] in rows
    assert sum(row[6:7] == ["是"] for row in rows) == 1


# --- what nobody asks for in earnest ------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "字" * 20_000, "%" * 30_000, "\\" * 30_000, "应\0签", "\ud800", "应签\udfff"]
)
def test_a_text_that_no_record_can_hold_is_not_found(session: Session, text: str) -> None:
    note(session, "HRM-05", "应签46人")
    query = HistoryQuery(text=text)
    assert session.history.page(query).lines == ()
    assert session.history.count(query) == 0
    assert session.history.count(HistoryQuery(text="应签")) == 1


@pytest.mark.parametrize("text", ["名册\t46", '"46"', "a\\b", "名册\x1f46"])
def test_what_json_writes_otherwise_is_found(session: Session, text: str) -> None:
    with session._vault.write() as writer:
        writer.put_answer(session.assessment.id, Answer("HRM-05", note=f"见{text}人"))
    assert session.history.count(HistoryQuery(text=text)) == 1


@pytest.mark.parametrize("day", [date.min, date.min + timedelta(days=1), date.max])
def test_the_first_and_the_last_day_there_can_be(session: Session, day: date) -> None:
    known = session.history.last_day_before(day)
    assert known == (session.history.first_day() if day == date.max else None)
    assert bool(session.history.as_of(day).entries) == (day == date.max)


def test_a_text_that_was_typed_and_taken_back_is_not_told_as_written(session: Session) -> None:
    note(session, "HRM-05", "应签46人")
    note(session, "HRM-05", "")
    assert texts(session)[0] == "HRM-05的备注改了，又改回原样"
    note(session, "HRM-05", "应签")
    assert texts(session)[0] == "写了HRM-05的备注"
