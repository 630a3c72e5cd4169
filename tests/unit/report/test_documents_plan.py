"""秘点保护操作方案: who does what until when, by tier, leak path and section; no secret for the bureau."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.vaults import PASSPHRASE, QUICK, TODAY
from unit.report.conftest import ON, make_document, make_snapshot, squeeze

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Checklist
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind
from tsguard.domain.enterprise import Size
from tsguard.domain.preset import Enough, Preset
from tsguard.domain.rectification import Recheck, Rectification
from tsguard.domain.scales import Tier, Verdict
from tsguard.domain.secret_points import SecretPointType
from tsguard.domain.snapshot import Snapshot
from tsguard.report.blocks import DataTable, Row
from tsguard.report.chapters.plan_paths import route_of, routes
from tsguard.report.chapters.plan_tiers import ladder
from tsguard.report.document import Document
from tsguard.report.pdf import render, write
from tsguard.services.content import shipped
from tsguard.services.sample import create_sample

KIND = DocumentKind.PLAN
SECTORS = ("XIT", "XNE", "XIC", "XBI", "XHA", "XEQ", "XCH", "XPR", "XFO")
TASK = Rectification(
    "R-0001",
    "e",
    "ITS-01",
    problem="问题甲",
    measures="按岗位建权限表𬭎",
    department="信息部",
    owner="责任乙",
    due=date(2026, 12, 31),
    opened_on=ON,
    note="备注丙",
)


def plan(snapshot: Snapshot, level: Level) -> Document:
    return make_document(snapshot, level, KIND)


def with_sector() -> Snapshot:
    """The small company, its sector with types and leak paths."""
    snapshot = make_snapshot()
    core, sector = snapshot.assessment.checklist.modules
    sector = replace(
        sector,
        secret_point_types=(
            SecretPointType("版图（多为他人秘密）", Tier.IMPORTANT),
            SecretPointType("报价测算", Tier.GENERAL),
        ),
        leak_paths=("离职前打包带走版图", "展会展示过多"),
    )
    checklist = replace(snapshot.assessment.checklist, modules=(core, sector))
    return replace(
        snapshot,
        assessment=replace(snapshot.assessment, checklist=checklist),
        rectifications=(TASK,),
    )


def texts_of(row: Row) -> list[str]:
    return [
        "\n".join("".join(run.value.text for run in paragraph.text) for paragraph in cell.content)
        for cell in row.cells
    ]


def tables(document: Document, first_column: str) -> list[DataTable]:
    return [
        block
        for block in document.blocks
        if isinstance(block, DataTable) and block.columns[0].title.text == first_column
    ]


def rows(document: Document, first_column: str) -> dict[str, list[str]]:
    """Rows of all tables of that first column, by what stands in it."""
    return {
        told[0].split("\n")[0]: told[1:]
        for table in tables(document, first_column)
        for told in map(texts_of, table.rows)
    }


# --- who may see what -------------------------------------------------------------------------------


def test_the_bureau_gets_counts_and_the_company_names_places_and_numbers() -> None:
    internal = "\n".join(plan(with_sector(), Level.INTERNAL).texts())
    submission = "\n".join(plan(with_sector(), Level.SUBMISSION).texts())
    for told in ("SP-0001", "蓝鲸", "保密室", "SP-0002", "白鹤", "责任乙"):
        assert told in internal, told
        assert told not in submission, told
    for hidden in (
        "问题甲",
        "备注丙",
        "备注甲",
        "只有口头任命",
        "不外传的备注",
        "张工",
        "三号柜",
        "客户甲.pdf",
    ):
        assert hidden not in submission, hidden
    for told in ("按岗位建权限表𬭎", "信息部", "2026-12-31"):
        assert told in submission, told


def test_points_are_counted_by_tier_and_category(level: Level) -> None:
    counts = rows(plan(with_sector(), level), "等级")
    assert counts == {
        "核心": ["1", "0", "0", "1"],
        "重要": ["0", "1", "0", "1"],
        "一般": ["0", "0", "0", "0"],
        "合计": ["1", "1", "0", "2"],
    }


def test_what_a_point_lacks_is_asked_for() -> None:
    register = rows(plan(with_sector(), Level.INTERNAL), "编号")
    assert register["SP-0001"] == ["蓝鲸", "版图", "保密室", "3", "2026-01-01"]
    assert register["SP-0002"] == ["白鹤", "—", "待补", "待补", "2027-01-01"]


def test_registered_points_stand_beside_their_type_for_the_company_only() -> None:
    internal = rows(plan(with_sector(), Level.INTERNAL), "秘点类型")
    assert internal["版图（多为他人秘密）"] == ["技术信息", "重要", "SP-0001（核心）"]
    assert internal["报价测算"][-1] == ""
    submission = rows(plan(with_sector(), Level.SUBMISSION), "秘点类型")
    assert submission["版图（多为他人秘密）"] == ["技术信息", "重要"]


# --- steps ------------------------------------------------------------------------------------------


def test_what_is_open_has_steps_proof_and_who_until_when(level: Level) -> None:
    what, proof, who = rows(plan(with_sector(), level), "待做")["ITS-01"]
    assert what.split("\n")[:3] == ["ITS-01的要求", "1. 做第一步", "2. 做第二步"]
    assert proof == "· 一份文件"
    assert who.split("\n") == (
        ["信息部", "责任乙", "2026-12-31"] if level is Level.INTERNAL else ["信息部", "2026-12-31"]
    )


def test_what_is_done_is_kept_up_with_its_evidence(level: Level) -> None:
    done = rows(plan(with_sector(), level), "保持")
    assert done["ORG-03"] == ["ORG-03的要求", "E-01", ""]
    assert done["IDC-01"][1] == "台账不支持，请核对"


def test_a_closed_task_gives_nobody_anything_to_do(level: Level) -> None:
    closed = replace(TASK, done_on=ON, recheck=Recheck.PASSED, checked_on=ON, checker="丁")
    document = plan(replace(with_sector(), rectifications=(closed,)), level)
    assert rows(document, "待做")["ITS-01"][-1] == ""
    assert "没有未关闭的整改任务" in "\n".join(document.texts())


@pytest.mark.parametrize(
    ("size", "told"),
    [(Size.MICRO, True), (Size.SMALL, True), (Size.MEDIUM, False), (Size.LARGE, False)],
)
def test_small_companies_are_told_what_they_may_show_instead(level: Level, size: Size, told: bool) -> None:
    snapshot = with_sector()
    snapshot = replace(snapshot, enterprise=replace(snapshot.enterprise, size=size))
    assert ("小微企业建议：可以简单些。" in "\n".join(plan(snapshot, level).texts())) == told


def test_what_the_content_says_of_a_size_goes_before_the_items_own_word(level: Level) -> None:
    snapshot = with_sector()
    checklist = replace(
        snapshot.assessment.checklist,
        presets=(
            Preset("medium", "中型企业", "做法", (Size.MEDIUM,), enough=(Enough("ITS-01", "按岗位建表"),)),
        ),
    )
    snapshot = replace(
        snapshot,
        enterprise=replace(snapshot.enterprise, size=Size.MEDIUM),
        assessment=replace(snapshot.assessment, checklist=checklist),
    )
    assert rows(plan(snapshot, level), "待做")["ITS-01"][0].endswith("中型企业建议：按岗位建表")


VERDICTS = st.lists(st.none() | st.sampled_from(Verdict), min_size=8, max_size=8)


@settings(max_examples=40, deadline=None)
@given(VERDICTS, st.booleans())
def test_every_item_is_to_do_or_kept_up_or_excused_and_the_progress_adds_up(
    verdicts: list[Verdict | None], complete: bool
) -> None:
    snapshot = make_snapshot()
    items = [item.id for item in snapshot.assessment.checklist.items()]
    again = date(2027, 1, 1) if complete else None
    answers = {
        item: Answer(item, verdict, reason="没有", ask_again=again)
        for item, verdict in zip(items, verdicts, strict=True)
    }
    document = plan(replace(snapshot, answers=answers), Level.SUBMISSION)
    to_do, kept = set(rows(document, "待做")), set(rows(document, "保持"))
    excused = {item for item, answer in answers.items() if answer.excused}
    assert to_do | kept | excused == set(items)
    assert len(to_do) + len(kept) + len(excused) == len(items)
    whole, done, partly, still_open, out = map(int, rows(document, "环节")["合计"][1:6])
    assert whole == done + partly + still_open + out == len(items)
    assert (done, out, partly + still_open) == (len(kept), len(excused), len(to_do))


def test_the_overview_begins_with_the_veto_items_that_are_open(level: Level) -> None:
    snapshot = with_sector()
    assert list(rows(plan(snapshot, level), "条款")) == ["ORG-01"]
    done = {**snapshot.answers, "ORG-01": Answer("ORG-01", Verdict.MET)}
    document = plan(replace(snapshot, answers=done), level)
    assert not tables(document, "条款")
    assert "否决项都已落实" in "\n".join(document.texts())


# --- empty ------------------------------------------------------------------------------------------


def test_an_empty_company_is_told_what_is_missing(level: Level) -> None:
    snapshot = make_snapshot()
    core = snapshot.assessment.checklist.modules[0]
    bare = replace(
        snapshot,
        assessment=replace(
            snapshot.assessment, checklist=replace(snapshot.assessment.checklist, modules=(core,))
        ),
        answers={},
        evidence=(),
        secret_points=(),
    )
    text = "\n".join(plan(bare, level).texts())
    for told in (
        "还没有选行业模块",
        "秘点台账中还没有秘点",
        "所选模块没有列出行业秘点类型",
        "所选模块没有列出行业的失泄密途径",
        "没有未关闭的整改任务",
    ):
        assert told in text, told


def test_a_checklist_without_items_makes_a_plan_that_says_so(level: Level) -> None:
    snapshot = make_snapshot()
    empty = replace(snapshot.assessment.checklist, modules=())
    document = plan(
        replace(snapshot, assessment=replace(snapshot.assessment, checklist=empty), answers={}), level
    )
    assert "清单里还没有条款" in "\n".join(document.texts())


# --- tiers and paths --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def every() -> Checklist:
    """All shipped modules."""
    return shipped().freeze(SECTORS)


def test_the_ladder_and_the_routes_name_items_that_there_are(every: Checklist) -> None:
    core = {item.id for item in every.modules[0].items()}
    named = [item for rung in ladder() for item in rung.items]
    named += [item for route in routes() for item in route.items]
    assert set(named) <= core


def test_a_lower_tier_never_asks_for_more_kinds_of_measures() -> None:
    kinds = [sum(bool(rung.wanted[tier]) for rung in ladder()) for tier in range(3)]
    assert kinds == sorted(kinds, reverse=True)


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("团队式挖角、离职前摘抄截屏", "人员流动与离职"),
        ("高管私自下载核心数据", "人员流动与离职"),
        ("EDA供应商环节外泄", "外协、供应商与合作方"),
        ("外包与驻场人员留存代码", "外协、供应商与合作方"),
        ("远程桌面剪贴带出", "信息系统与数据传出"),
        ("把代码、数据贴给外部AI工具", "信息系统与数据传出"),
        ("FAE泄露客户未发布规格", "客户、参观与来访"),
        ("控制室拍照", "客户、参观与来访"),
        ("废片流出", "样品、图纸与实物"),
        ("版图被反向提取", "样品、图纸与实物"),
        ("会议摘要提前公开", "公开发布与对外提交"),
        ("境外展会展示过多", "跨境与涉外"),
        ("说不清的途径", "其他途径"),
    ],
)
def test_a_path_goes_where_its_words_point(path: str, route: str) -> None:
    assert route_of(path, routes()).title == route


def test_no_shipped_path_is_left_over(every: Checklist) -> None:
    paths = [path for module in every.modules for path in module.leak_paths]
    assert len(paths) > 80
    assert [path for path in paths if route_of(path, routes()).title == "其他途径"] == []


@pytest.mark.parametrize(
    ("module", "path", "items"),
    [
        ("XIC", "废片流出", ("XIC-06",)),
        ("XIC", "代工厂环节外泄", ("XIC-05", "XIC-07")),
        ("XIT", "代码推送到公网仓库", ("XIT-02",)),
        ("XIT", "崩溃日志与埋点外传数据", None),
        ("XPR", "员工自办小厂", None),
        ("XFO", "境外监管机构调取", ("XFO-08",)),
    ],
)
def test_a_module_says_which_of_its_items_stand_against_a_path(
    every: Checklist, module: str, path: str, items: tuple[str, ...] | None
) -> None:
    chosen = next(each for each in every.modules if each.id == module)
    assert path in chosen.leak_paths
    assert dict(chosen.leak_items).get(path) == items


def test_nearly_every_shipped_path_has_an_item(every: Checklist) -> None:
    paths = sum(len(module.leak_paths) for module in every.modules)
    assert sum(len(module.leak_items) for module in every.modules) >= 0.9 * paths


def test_what_a_module_names_stands_before_the_general_measures(level: Level) -> None:
    snapshot = with_sector()
    core, sector = snapshot.assessment.checklist.modules
    named = replace(sector, leak_items=(("展会展示过多", ("XIC-01", "XIC-99")),))
    checklist = replace(snapshot.assessment.checklist, modules=(core, named))
    document = plan(replace(snapshot, assessment=replace(snapshot.assessment, checklist=checklist)), level)
    measures = rows(document, "失泄密途径")["公开发布与对外提交"][0]
    assert measures.startswith("XIC-01")
    assert "· 展会展示过多：XIC-01" in document.texts()
    assert "XIC-99" not in "".join(document.texts())


@given(st.text(max_size=20))
def test_any_words_of_a_path_are_taken(path: str) -> None:
    assert route_of(path, routes()) in routes()


def test_the_paths_stand_by_route_with_measures_and_who(level: Level) -> None:
    document = plan(with_sector(), level)
    found = rows(document, "失泄密途径")
    assert list(found) == ["人员流动与离职", "公开发布与对外提交"]


# --- the sample, and paper --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    path = tmp_path_factory.mktemp("sample") / "示例.tsg"
    session = create_sample(path, PASSPHRASE, today=lambda: TODAY, profiles=QUICK)
    snapshot = session.snapshot()
    session.close()
    return snapshot


def test_the_samples_plan_is_no_copy_of_the_checklist(sample: Snapshot, level: Level) -> None:
    document = plan(sample, level)
    assert 10 <= render(document).pages <= 25
    text = "\n".join(document.texts())
    met = next(
        item for item in sample.assessment.checklist.items() if sample.answers[item.id].verdict is Verdict.MET
    )
    assert met.text in text
    assert met.how[0] not in text


def test_the_samples_secrets_stay_out_of_the_submission(sample: Snapshot) -> None:
    text = "\n".join(plan(sample, Level.SUBMISSION).texts())
    own_words = "\n".join(step for item in sample.assessment.checklist.items() for step in item.how)
    for point in sample.secret_points:
        assert point.id not in text
        assert point.name not in text
        # A place such as 客户管理系统 is a word of the checklist's own as well.
        assert not point.location or point.location not in text or point.location in own_words


def test_rare_characters_come_back_from_the_pdf(
    tmp_path: Path, level: Level, read: Callable[[Path], str]
) -> None:
    target = tmp_path / "方案.pdf"
    write(plan(with_sector(), level), target)
    text = squeeze(read(target))
    assert "按岗位建权限表𬭎" in text
    assert "示例䶮𬭎芯片" in text
