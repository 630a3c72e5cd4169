# ruff: noqa: N802
"""The developers' style sheet: every token and every part in its states.

``python tests/gui/style_sheet.py OUT`` writes both pages, light and dark; ``QT_SCALE_FACTOR=1.5`` for
150 %. Without OUT it opens a window with a switch.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

if len(sys.argv) > 1:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from tsguard.domain.scale_words import tier_word, verdict_word
from tsguard.domain.scales import Tier, Verdict
from tsguard.gui import fonts, icons
from tsguard.gui.focus import FocusRing
from tsguard.gui.text import Text, put
from tsguard.gui.theme import Mode, Theme
from tsguard.gui.tokens import TYPE, Role, Token, contrast
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.bars import LaneBar, Legend, PartsBar
from tsguard.gui.widgets.buttons import Button, IconButton
from tsguard.gui.widgets.choices import ComboField, Tick
from tsguard.gui.widgets.coverage import Coverage
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.fields import DateField, LineField, NumberField, SearchField
from tsguard.gui.widgets.folds import Fold
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, holder, pair, row
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.gui.widgets.messages import Action, Message, MessageBar, Note
from tsguard.gui.widgets.navigation import Entry, NavigationRail
from tsguard.gui.widgets.panels import SidePanel
from tsguard.gui.widgets.passphrase import PassphraseField
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.radar import RadarChart
from tsguard.gui.widgets.rows import Cell, Column, Sign
from tsguard.gui.widgets.ruler import Band, ScoreRuler
from tsguard.gui.widgets.segmented import Option, Pills, Segmented
from tsguard.gui.widgets.signs import TIER_ICONS, VERDICT_SIGNS, Icon, Lane, LaneSign, Severity, lane_word
from tsguard.gui.widgets.surfaces import Card, Ground, PageFrame
from tsguard.gui.widgets.table import DataTable
from tsguard.gui.widgets.tags import FileChip, Tag
from tsguard.gui.widgets.verdict import VerdictControl

SAMPLE = "保密协议签订率100%，“核心”7项"


class Swatches(QWidget):
    def __init__(self, theme: Theme, names: tuple[Token, ...], on: Token | None = None) -> None:
        super().__init__()
        self._theme, self._names, self._on = theme, names, on
        self.setFixedHeight(58)
        self.setMinimumWidth(84 * len(names))
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter, theme = paint.begin(QPainter(self)), self._theme
        for at, name in enumerate(self._names):
            x = at * 84
            paint.rounded(painter, QRectF(x, 0, 75, 21), 4, theme.color(name), theme.color("line_strong"))
            put(painter, name, "caption", theme.color("ink2"), QRectF(x, 22, 82, 18))
            value = getattr(theme.tokens, name)
            on = getattr(theme.tokens, self._on) if self._on else ""
            figure = f"{contrast(value, on):.1f} : 1" if on else value
            put(painter, figure, "caption", theme.color("ink3"), QRectF(x, 38, 82, 18))


def part(theme: Theme, title: str, *items: object) -> QWidget:
    return holder(column(Text(theme, title, "small_b", "ink2"), *items, gap=8))  # type: ignore[arg-type]


def tokens_and_controls(theme: Theme) -> QWidget:
    roles: list[Role] = ["figure", "hero", "title", "subtitle", "item", "body", "small", "caption"]
    types = column(gap=2)
    for role in roles:
        size = TYPE[role]
        words = Text(theme, "80.7" if role == "figure" else SAMPLE, role)
        measure = Text(theme, f"{role} {size.px}/{size.line} {size.weight}", "caption", "ink3")
        types.addLayout(row(words, None, measure))
    off = Button(theme, "停用")
    off.setEnabled(False)
    focused = Button(theme, "有焦点")
    focused.setObjectName("focused")
    buttons = row(
        Button(theme, "主要", "primary"),
        Button(theme, "普通"),
        4,
        focused,
        4,
        Button(theme, "安静", "quiet"),
        Button(theme, "文字链", "link"),
        Button(theme, "删除", "danger"),
        off,
        IconButton(theme, "more_horizontal", "更多", "plain"),
        None,
    )
    second = row(
        Button(theme, "继续作答", "primary", "arrow_right", icon_after=True),
        Button(theme, "导出报告", icon="arrow_export"),
        Button(theme, "添加佐证", "link", "attach"),
        None,
    )
    plain = LineField(theme, "平常", "文字", help="一行帮助。", required=True)
    wrong = DateField(theme, "出错", date(2026, 1, 1))
    wrong.set_text("2026-13-40")
    wrong.set_error("没有这一天")
    disabled = LineField(theme, "停用", "停用")
    disabled.setEnabled(False)
    tags = row(
        Tag.veto(theme),
        Tag.key(theme),
        Tag.unverified(theme),
        Tag.example(theme),
        Tag.tier(theme, Tier.CORE),
        Tag.tier(theme, Tier.IMPORTANT),
        Tag.tier(theme, Tier.GENERAL),
        None,
    )
    verdicts = row(gap=5)
    for verdict, sign in VERDICT_SIGNS.items():
        verdicts.addWidget(Icon(theme, sign.icon, sign.ink, 16))
        verdicts.addWidget(Text(theme, verdict_word(verdict), "small", sign.ink))
        verdicts.addSpacing(8)
    verdicts.addStretch(1)
    lanes = row(gap=6)
    for lane in Lane:
        lanes.addWidget(LaneSign(theme, lane))
        lanes.addWidget(Text(theme, lane_word(lane) + "分", "small"))
        lanes.addSpacing(10)
    lanes.addStretch(1)
    pills = Pills(
        theme,
        [
            Option("all", "全部", count=228),
            Option("open", "未答", count=8),
            Option("gap", "差距", count=39),
            Option("bad", "错误", "error_circle_filled", "bad", 2),
        ],
    )
    views = Segmented(theme, [Option(1, "按域"), Option(2, "按措施类")], 1, name="视图")
    tier = Segmented(
        theme, [Option(tier, tier_word(tier), TIER_ICONS[tier]) for tier in Tier], Tier.CORE, name="等级"
    )
    left = column(
        part(
            theme,
            "地面与线",
            Swatches(theme, ("ground", "layer", "card", "sunken", "hover", "pressed")),
            Swatches(theme, ("line", "line_strong", "edge", "desk", "paper")),
        ),
        part(
            theme,
            "字与意义，对layer的对比度",
            Swatches(theme, ("ink", "ink2", "ink3", "accent", "mute"), "layer"),
            Swatches(theme, ("good", "warn", "bad", "edge", "accent_mid"), "layer"),
        ),
        part(theme, "字阶　px / 行高 / 字重", types),
        None,
        gap=12,
    )
    chips = row(
        FileChip(theme, "统计.xlsx"),
        FileChip(theme, "抽查.pdf", "已满1年"),
        Coverage(theme, "已签", 42, 46, "人"),
    )
    half = VerdictControl(theme, Verdict.PARTLY, may_not_apply=False)
    right = column(
        part(theme, "按钮", buttons, second),
        part(theme, "标签", tags),
        part(theme, "判定", VerdictControl(theme, Verdict.MET), half, verdicts),
        part(theme, "三条线", lanes),
        part(theme, "字段", pair(plain, wrong, disabled)),
        part(theme, "佐证与覆盖", chips),
        part(theme, "筛选与视图", row(pills, None), row(views, tier, None, gap=16)),
        None,
        gap=8,
    )
    body = row(holder(left), holder(right), gap=40, margins=(32, 18, 32, 12))
    body.setStretch(0, 1)
    body.setStretch(1, 1)
    return holder(body)


ONE, TWO = Sign("error_circle_filled", "bad", "1"), Sign("warning_filled", "warn", "2")


def due(day: str) -> Cell:
    late = day < "2026-07"
    return Cell(day, tone="bad" if late else "ink2", icon="clock" if late else "")


def table_of(theme: Theme) -> DataTable:
    points = [
        ("SP-0003", "玄武主控架构规格", Tier.CORE, 9, 7, "2026-11-30"),
        ("SP-0007", "低功耗时钟树签核脚本", Tier.CORE, 6, 3, "2026-06-30"),
        (
            "SP-0010",
            "𬭎㵘䶮𠮷等罕见字的很长很长的名称",
            Tier.IMPORTANT,
            11,
            5,
            "2026-12-31",
        ),
        ("SP-0015", "失效分析报告汇编", Tier.GENERAL, 1216, 4, "2027-01-31"),
    ]
    columns = [
        Column("编号", lambda p: Cell(p[0], tone="ink3"), 86),
        Column("名称", lambda p: Cell(p[1]), main=True),
        Column(
            "等级", lambda p: Cell(tier_word(p[2]), icon=TIER_ICONS[p[2]], sort=list(Tier).index(p[2])), 80
        ),
        Column("知悉", lambda p: Cell(f"{p[3]:,}", sort=p[3]), 66, "right"),
        Column("措施", lambda p: Cell(str(p[4]), tone="warn" if p[4] < 4 else "ink2", ticks=(p[4], 7)), 120),
        Column("核对", lambda p: Cell(p[0], signs=(ONE, TWO)), 110),
        Column("下次复核", lambda p: due(p[5]), 124),
    ]
    table = DataTable(theme, columns, name="秘点台账")
    table.set_rows(points)
    table.choose(lambda p: bool(p[0] == "SP-0007"))
    table.sort(0)
    table.setFixedHeight(table.content_height())
    return table


def charts_and_pages(theme: Theme) -> QWidget:
    bar, strip, waiting = MessageBar(theme), ProgressStrip(theme), ProgressStrip(theme)
    host = holder(column(bar, row(strip, waiting, gap=24), gap=10))
    bar.post(Message(Severity.WARNING, "另一条"))
    bar.post(
        Message(
            Severity.ERROR,
            "刚才的修改没有存上",
            "D盘已满。保险库文件完好，停在10:42那一次；屏幕上也已回到那时。请腾出空间后再试，或存到别处。",
            (Action("再试一次", lambda: None), Action("存到别处", lambda: None)),
        )
    )
    strip.start("正在写报告", lambda: None)
    strip.report(17, 43)
    strip.show()
    waiting.start("正在打开保险库", lambda: None)
    waiting.show()
    radar = RadarChart(theme)
    names = ["组织", "定密", "载体", "区域", "信息", "人员", "竞业", "研发", "对外", "应急", "培训", "检查"]
    claimed = [87, 81, 80, 91, 86, 69, 76, 78, 84, 73, 90, 70]
    evidenced = [68, 65, 47, 73, 56, 59, 68, 55, 41, 18, 67, 55]
    verified = [76, 61, None, None, None, 53, 58, None, None, None, None, None]
    radar.set_data(names, claimed, evidenced, verified)
    radar.set_current(5)
    ruler = ScoreRuler(theme)
    ruler.set_data(
        {Lane.CLAIMED: 807, Lane.EVIDENCED: 573, Lane.VERIFIED: 285},
        [Band("待建设", 0), Band("基本达标", 700), Band("良好", 800), Band("示范水平", 900)],
        current="基本达标",
        cap=800,
    )
    lane = LaneBar(theme)
    lane.set_data(97, 83, 140, 74, name="人员")
    parts = PartsBar(theme)
    parts.set_data([(8, "accent", "符合"), (2, "accent_mid", "部分符合"), (1, "bad", "不符合")], 13)
    legend = Legend(theme, [(lane_, lane_word(lane_)) for lane_ in Lane])
    charts = column(ruler, row(lane, parts, legend, gap=16), gap=8)
    secret = PassphraseField(theme, "新口令", strength=True, help="至少12个字；几个不相干的词最好记。")
    secret.line.setText("correct-horse-珠海")
    form = column(
        pair(
            ComboField(theme, "申报方案", [(1, "示例方案（非官方）"), (2, "另一个")], 1),
            NumberField(theme, "知悉范围（人）", 6),
        ),
        PlainTextField(
            theme, "备注", "缺：梁行、许然、2名实习生。行政部7月底前补齐原件。", help="只存在保险库里。"
        ),
        row(Tick(theme, "协议约定", checked=True), Tick(theme, "区域限制"), None, gap=16),
        secret,
        gap=13,
    )
    why = Text(
        theme,
        "每个接触秘点的人都有书面约定，才说得清他知道要保密。少签一人，措施就缺一环。",
        "small",
        "ink2",
        wrap=True,
    )
    shut = Fold(theme, "小微企业可以怎样", Text(theme, "略", "small"), is_open=False)
    panel = SidePanel(
        theme,
        "SP-0007",
        holder(column(Fold(theme, "为什么", why), shut, holder(form), gap=6)),
        width=356,
        tags=[Tag.tier(theme, Tier.CORE)],
        actions=[IconButton(theme, "more_horizontal", "更多")],
        foot=[
            Icon(theme, "checkmark_circle", "good", 16),
            Text(theme, "已存", "small", "ink3"),
            None,
            Button(theme, "标为已复核"),
        ],
    )
    card_body = column(
        row(
            Text(theme, "HRM-05", "small", "ink3"),
            Tag.veto(theme),
            Text(theme, "权重5", "small", "ink2"),
            None,
        ),
        Text(theme, "涉密人员保密协议签订率100%", "item_b", wrap=True),
        VerdictControl(theme, Verdict.PARTLY),
        Note(
            theme, Severity.WARNING, "人员台账显示应签46人、已签42人，按台账最多判“部分符合”。", "看缺的4人"
        ),
        gap=10,
    )
    empty = EmptyState(
        theme,
        "wrench",
        "还没有整改任务",
        "自评里有39条差距，其中3条是否决项。\n一次生成全部任务，再逐条定责任人和期限。",
        [Button(theme, "从差距生成任务", "primary", "wand"), Button(theme, "手工新建", icon="add")],
    )
    header = PageHeader(
        theme,
        "秘点台账",
        "核心5 · 重要5 · 一般3 · 1项复核逾期",
        margins=0,
        actions=[
            IconButton(theme, "more_horizontal", "更多", "plain"),
            Button(theme, "新增秘点", "primary", "add"),
        ],
    )
    search = SearchField(theme, "搜名称、编号、知悉人")
    search.setFixedWidth(210)
    notes = [
        Note(theme, severity, text)
        for severity, text in (
            (Severity.GOOD, "已导出43页，没有命中。"),
            (Severity.INFO, "指引参考线为21,000元。"),
        )
    ]
    lower = row(radar, column(Card(theme, card_body), *notes, empty, gap=8), gap=20)
    lower.setStretch(1, 1)
    main = column(
        header,
        host,
        row(search, None),
        table_of(theme),
        charts,
        lower,
        gap=10,
        margins=(32, 20, 32, 12),
    )
    body = row(gap=0)
    body.addLayout(main, 1)
    body.addWidget(panel)
    return holder(body)


def navigation(theme: Theme) -> NavigationRail:
    def entry(text: str) -> Entry:
        label, icon = text.split()
        return Entry(label, label, icon)

    groups = [
        ["工作台 home", "企业档案 building"],
        ["自评清单 task_list_square_ltr", "结果 data_pie", "整改 wrench"],
        [
            "秘点台账 shield_keyhole",
            "人员与保密义务 people",
            "竞业限制 person_prohibited",
            "权限与载体 key",
            "其他台账 book",
        ],
        ["佐证 attach", "报告与申报 document_pdf", "历次对比 branch_compare"],
    ]
    made = NavigationRail(
        theme,
        [[entry(text) for text in group] for group in groups],
        [entry("设置 settings"), entry("锁定 lock_closed")],
    )
    made.set_owner("示芯微电子", "2026年度自评", "示例")
    made.set_count("自评清单", 8)
    made.set_count("竞业限制", 2)
    made.set_save_state("10:42已存入保险库")
    made.select("秘点台账")
    return made


class StyleSheet(Ground):
    """Both pages in a window."""

    def __init__(self, theme: Theme) -> None:
        self.pages = QStackedWidget()
        self.pages.addWidget(tokens_and_controls(theme))
        self.pages.addWidget(charts_and_pages(theme))
        self.navigation = navigation(theme)
        frame = PageFrame(theme, column(self.pages, gap=0))
        layout = row(gap=0)
        layout.addWidget(self.navigation)
        layout.addWidget(frame, 1)
        super().__init__(theme, layout)
        self.setWindowTitle("tsguard style sheet")
        theme.apply(self)
        self.ring = FocusRing(self, theme)
        self.navigation.chosen.connect(self._turn)
        self._theme_of = theme

    def _turn(self, key: str) -> None:
        if key == "设置":
            self._theme_of.set_mode(Mode.LIGHT if self._theme_of.dark else Mode.DARK)
        self.pages.setCurrentIndex(1 - self.pages.currentIndex())

    def show_page(self, page: int) -> None:
        self.navigation.set_collapsed(collapsed=page == 0)
        self.pages.setCurrentIndex(page)


def main(arguments: list[str]) -> int:
    app = QApplication([])
    app.setStyle("Fusion")
    fonts.install()
    theme = Theme(app, Mode.LIGHT)
    window = StyleSheet(theme)
    window.setWindowIcon(icons.application_icon())
    window.resize(1366, 900)
    window.show()
    if not arguments:
        return app.exec()
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    scale = os.environ.get("QT_SCALE_FACTOR", "1")
    for mode in (Mode.LIGHT, Mode.DARK):
        theme.set_mode(mode)  # on the living window: that it follows is part of what is looked at
        for page, name in enumerate(("tokens", "parts")):
            window.show_page(page)
            app.processEvents()
            focused = window.findChild(Button, "focused")
            if page == 0 and focused is not None:
                window.ring.show_on(focused)
            else:
                window.ring.hide()
            app.processEvents()
            window.grab().save(str(out / f"{name}-{mode}-{scale}.png"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
