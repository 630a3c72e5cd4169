"""Findings on the secret-point register: a table that a lawyer can check."""

from dataclasses import replace
from datetime import date

import pytest

from tsguard.domain.scales import Tier
from tsguard.domain.secret_points import Origin, SecretPoint
from tsguard.rules.secret_points import PointRule, Severity, findings

TODAY = date(2026, 11, 23)
GOOD = SecretPoint(
    id="SP-0001",
    enterprise="e",
    name="玄武主控架构规格",
    tier=Tier.CORE,
    formed_on=date(2024, 5, 1),
    location="保密柜A-03",
    holders=9,
    review_on=date(2027, 5, 1),
)


def rules(point):
    return [finding.rule for finding in findings(point, TODAY)]


def test_a_complete_entry_has_no_finding():
    assert rules(GOOD) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"name": "★核心配方"}, PointRule.STATE_SECRET_MARK),  # 保密法§22: marks of state secrets
        ({"name": "机密工艺"}, PointRule.STATE_SECRET_WORD),  # a grey area: a hint to rename
        ({"kind": "绝密图纸"}, PointRule.STATE_SECRET_WORD),
        ({"name": "烧结温度1250℃"}, PointRule.TELLING_NAME),
        ({"name": "LiFePO4包覆"}, PointRule.TELLING_NAME),
        ({"name": "添加量3.5%方案"}, PointRule.TELLING_NAME),
        ({"review_on": date(2026, 11, 22)}, PointRule.REVIEW_OVERDUE),
        ({"review_on": None}, PointRule.REVIEW_MISSING),
        ({"formed_on": None}, PointRule.ORIGIN_DATE_MISSING),  # 法释〔2020〕7号§3
        ({"location": " "}, PointRule.LOCATION_MISSING),
        ({"holders": None}, PointRule.HOLDERS_MISSING),
        ({"origin": Origin.CUSTOMER}, PointRule.FOREIGN_SECRET),
    ],
)
def test_each_rule_alone(change, rule):
    assert rules(replace(GOOD, **change)) == [rule]


@pytest.mark.parametrize(
    "name",
    [
        "商业秘密清单",
        "N28PDK与器件模型",
        "PDK与器件模型（多为他人秘密）",
        "朱雀射频前端",
        "第3版回归用例",
        "GDSII归档",
    ],
)
def test_harmless_names(name):
    assert rules(replace(GOOD, name=name)) == []


def test_due_today_is_not_overdue_and_overdue_is_counted_in_days():
    assert rules(replace(GOOD, review_on=TODAY)) == []
    (finding,) = findings(replace(GOOD, review_on=date(2026, 11, 1)), TODAY)
    assert (finding.rule, finding.days, finding.severity) == (PointRule.REVIEW_OVERDUE, 22, Severity.ERROR)


def test_only_the_core_tier_must_name_its_place():
    assert rules(replace(GOOD, tier=Tier.GENERAL, location="")) == []


def test_worst_first():
    bad = replace(GOOD, name="★机密1250℃", holders=None, formed_on=None)
    severities = [list(Severity).index(finding.severity) for finding in findings(bad, TODAY)]
    assert severities == sorted(severities)
    assert len(severities) == 5
