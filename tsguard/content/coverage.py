"""What the content covers, as the Markdown tables of ``checklists/README.md``; a test keeps them true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tsguard.content.shelf import Shelf
from tsguard.domain.basis import SourceStatus
from tsguard.domain.checklist import Measure, Module
from tsguard.domain.parameters import ParameterStatus
from tsguard.domain.scales import Critical

_MEASURES = tuple(Measure)
_STATUS_WORDS = {
    SourceStatus.SEEN: "看到原文",
    SourceStatus.SECOND_HAND: "二手材料（待核）",
    SourceStatus.UNVERIFIED: "未核实（待核）",
}
_FIGURE_WORDS = {
    ParameterStatus.SEEN: "看到原文",
    ParameterStatus.SECOND_HAND: "二手材料（待核）",
    ParameterStatus.UNVERIFIED: "未核实（待核）",
    ParameterStatus.PROPOSAL: "本项目建议",
}


START, END = "<!-- coverage -->\n", "<!-- /coverage -->\n"
"""Between these lines the README shows the tables."""


def coverage_tables(shelf: Shelf) -> str:
    """Three tables: modules by 法释〔2020〕7号 §6 (1)–(7), the library by status, thresholds by status.

    Items of an all-round module that every measure misses would show as 0, not as a blank.
    """
    return "\n\n".join((_modules(shelf.modules.values()), _library(shelf), _figures(shelf))) + "\n"


def placed(text: str, tables: str) -> str | None:
    """A text with the tables between its marks; None where it has none."""
    before, start, rest = text.partition(START)
    _old, end, after = rest.partition(END)
    return f"{before}{start}\n{tables}\n{end}{after}" if start and end else None


def _modules(modules: Iterable[Module]) -> str:
    heads = ["模块", "条款", "否决项", "重点项", "快速自测", "秘点类型", "泄密途径", "系数"]
    heads += [f"({measure})" for measure in _MEASURES if measure is not Measure.GOVERNANCE] + ["治理"]
    rows = [_module_row(module) for module in modules]
    totals = ["合计", *(str(sum(int(row[column]) for row in rows)) for column in range(1, len(heads)))]
    return _table(heads, [*rows, totals])


def _module_row(module: Module) -> list[str]:
    items = tuple(module.items())
    critical = Counter(item.critical for item in items)
    measures = Counter(item.measure for item in items)
    figures = (
        len(items),
        critical[Critical.VETO],
        critical[Critical.KEY],
        sum(bool(item.quick) for item in items),
        len(module.secret_point_types),
        len(module.leak_paths),
        len(module.multipliers),
        *(measures[measure] for measure in _MEASURES),
    )
    return [f"{module.title} `{module.id}`", *map(str, figures)]


def _library(shelf: Shelf) -> str:
    sources = Counter(source.status for source in shelf.library.sources.values())
    articles = Counter(
        article.status for source in shelf.library.sources.values() for article in source.articles
    )
    rows = [[word, str(sources[status]), str(articles[status])] for status, word in _STATUS_WORDS.items()]
    rows.append(["合计", str(sources.total()), str(articles.total())])
    return _table(["依据库", "文件", "条文"], rows)


def _figures(shelf: Shelf) -> str:
    thresholds = Counter(threshold.status for threshold in shelf.parameters.thresholds)
    rows = [[word, str(thresholds[status])] for status, word in _FIGURE_WORDS.items()]
    rows.append(["合计", str(thresholds.total())])
    return _table(["阈值", "个数"], rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---", *("--:" for _head in heads[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
