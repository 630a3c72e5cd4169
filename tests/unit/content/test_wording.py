"""What the checker says of wording: a corpus of bad files, tables of right and wrong texts."""

import re
import shutil
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsguard import assets
from tsguard.content.alike import ALIKE, alike
from tsguard.content.citations import parse_citation
from tsguard.content.claims import Names, legal_claims, official_claims
from tsguard.content.library import load_library
from tsguard.content.modules import load_module
from tsguard.content.nodes import parse, read
from tsguard.content.shelf import check, load_shelf
from tsguard.content.signs import slips
from tsguard.content.wording import check_wording
from tsguard.content.words import state_secret_mark, traditional_characters, wrong_words
from tsguard.services.problems import _problem_words, problem_sentence

TESTS = Path(__file__).parents[2]
SMALL = TESTS / "data" / "content" / "small"
BAD = sorted((TESTS / "data" / "content" / "bad").glob("*.yaml"))
PLACES = {"library": "basis.yaml", "parameters": "parameters.yaml", "presets": "presets.yaml"}


def expected(path):
    """The lines and codes in a bad file's first line, and the folder: ``# 3:unknown-key @sectors``."""
    words = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").split()
    found = [word.partition(":") for word in words if not word.startswith("@")]
    folder = next((word[1:] for word in words if word.startswith("@")), "")
    return sorted((int(line), code) for line, _, code in found), folder


def found_in(path, tmp_path):
    """The problems of the small content with the bad file in it."""
    folder = tmp_path / "small"
    shutil.copytree(SMALL, folder)
    first_key = path.read_text(encoding="utf-8").splitlines()[1].partition(":")[0]
    shipped_as = expected(path)[1]
    if first_key in PLACES:
        shutil.copy(path, folder / PLACES[first_key])
    elif shipped_as:
        (folder / shipped_as).mkdir()
        shutil.copy(path, folder / shipped_as / "bad.yaml")
    else:
        return check(folder, [path])[1]
    return check(folder)[1]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_files_get_exactly_the_problems_they_have(path, tmp_path):
    problems = found_in(path, tmp_path)
    assert sorted((problem.line, problem.code) for problem in problems) == expected(path)[0]
    assert len({problem.file for problem in problems}) == 1
    for problem in problems:
        assert problem.code in _problem_words()
        assert problem_sentence(problem).startswith(f"{problem.file}:{problem.line}  ")


def test_the_corpus_is_large():
    assert len(BAD) >= 40
    assert check(SMALL)[1] == []


def test_each_code_that_has_words_is_hit_by_a_bad_file_or_named_in_a_test():
    """And no bad file has a code without words."""
    hit = {code for path in BAD for _line, code in expected(path)[0]}
    tests = "".join(path.read_text(encoding="utf-8") for path in (TESTS / "unit").rglob("test_*.py"))
    assert hit <= set(_problem_words())
    assert [code for code in _problem_words() if code not in hit and f'"{code}"' not in tests] == []


def test_what_ships_has_no_problem_at_all():
    assert [problem_sentence(problem) for problem in check(assets.checklists())[1]] == []


def test_each_threshold_stands_in_a_text():
    shelf = load_shelf(assets.checklists())
    named = {
        figure for module in shelf.modules.values() for item in module.items() for figure in item.figures
    }
    assert sorted({threshold.id for threshold in shelf.parameters.thresholds} - named) == []


def test_slips_of_writing_are_advice_and_false_claims_are_grave(tmp_path):
    grave = {}
    for path in BAD:
        folder = tmp_path / path.stem
        folder.mkdir()
        grave.update({problem.code: problem.grave for problem in found_in(path, folder)})
    advice = {code for code, value in grave.items() if not value}
    assert advice == {
        "bare-figure",
        "may-not-apply-without-rule",
        "said-before",
        "half-width-sign",
        "full-width-letter",
        "odd-space",
        "doubled-sign",
        "odd-ellipsis",
        "straight-quote",
        "pause-before-and",
        "unpaired-sign",
        "wrong-word",
        "traditional-character",
        "no-full-stop",
        "full-stop-at-end",
    }


RIGHT_SIGNS = [
    "司法解释第六条（4）列有标记、分类",
    "用AI工具抽查5人，按ISO 27002§5.2核对",
    "查DB43/T 2652-2023、GB/T 29490-2023和EN 1:2（节选）",
    "上班时间8:30至17:30，见https://example.org/a?b=1",
    "法释7§6(1)至(7)",
    "先封存……再查看",
    "签名、和解协议、及时归档",
    "写明“谁可以看（含外协）”和“看多久”",
    "工艺流程单（run card）与机台recipe",
    "有没有？有！",
    "P&ID、CP/FT数据和5'端序列",
    "",
]


@pytest.mark.parametrize("text", RIGHT_SIGNS)
def test_good_punctuation_is_left_alone(text):
    assert list(slips(text)) == []


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("没有编号,少了也不知道", "half-width-sign", "没有编号,少了也不知"),
        ("核对:逐件看", "half-width-sign", "核对:逐件看"),
        ("做完了吗?", "half-width-sign", "做完了吗?"),
        ("归档(两份)", "half-width-sign", "归档(两份)"),
        ("逐件核对.", "half-width-sign", "逐件核对."),
        ("第３台", "full-width-letter", "第３台"),
        ("Ａ级", "full-width-letter", "Ａ级"),
        ("达到90％", "full-width-letter", "达到90％"),
        ("用 AI", "odd-space", "用 AI"),
        ("抽查5 人", "odd-space", "抽查5 人"),
        ("甲， 乙", "odd-space", "甲， 乙"),
        ("甲\u3000乙", "odd-space", "甲\u3000乙"),
        ("甲\u200b乙", "odd-space", "甲\u200b乙"),
        ("甲。。", "doubled-sign", "甲。。"),
        ("甲，、乙", "doubled-sign", "甲，、乙"),
        ("甲？？", "doubled-sign", "甲？？"),
        ("先查...再改", "odd-ellipsis", "先查...再改"),
        ("先查…再改", "odd-ellipsis", "先查…再改"),
        ("叫'秘点'", "straight-quote", "叫'秘点'"),
        ("甲、和乙", "pause-before-and", "甲、和乙"),
        ("甲、以及乙", "pause-before-and", "甲、以及乙"),
        ("甲（乙", "unpaired-sign", "甲（乙"),
        ("甲）乙", "unpaired-sign", "甲）乙"),
        ("甲（乙2)", "unpaired-sign", "甲（乙2)"),
        ("《甲》乙》", "unpaired-sign", "《甲》乙》"),
        ("”甲“", "unpaired-sign", "”甲“"),
    ],
)
def test_slips_of_punctuation(text, code, found):
    assert (code, found) in list(slips(text))


@given(st.text(alphabet="甲乙，。（）()“”《》 a1…\u3000", max_size=30))
def test_brackets_pair_as_a_pedant_would_pair_them(text):
    """Taking innermost pairs away until nothing changes leaves a sign exactly where one is odd."""
    signs, before = re.sub("[^（）()“”《》]", "", text), None
    while signs != before:
        before, signs = signs, re.sub(r"（）|\(\)|“”|《》", "", signs)
    assert ("unpaired-sign" in {code for code, _ in slips(text)}) == bool(signs)


@pytest.mark.parametrize(
    "text",
    [
        "内部份数、支付本金、会签定稿、评审记录",
        "所涉秘点编号和泄秘点数",
        "毕竟业务还在，究竟业绩如何",
        "按装配图安装，重复盖章要登记",
        "准备分发、预备分组",
        "车座标识、必需要素、不予案件受理",
        "项目的的确完成，目的的达成",
        "防犯罪侵害，及时通信函告知",
        "登录账号，对账单，部分其他",
        "泄露与泄漏都见于法条",
    ],
)
def test_right_words_are_left_alone(text):
    assert wrong_words(text) == []
    assert traditional_characters(text) == ""


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("停用帐号", "账"), ("建立台帐", "账"), ("登陆系统", "登录"), ("防止泄秘", "密"), ("涉秘人员", "密"),
        ("竟业限制", "竞"), ("定期备分", "备份"), ("签定协议", "签订"), ("布署水印", "部署"),
        ("一部份", "部分"),
        ("其它人", "其他"), ("复盖全员", "覆盖"), ("按装监控", "安装"), ("商业机密", "商业秘密"),
        ("反不当竞争法", "反不正当竞争"), ("用及时通讯软件", "即时通讯"), ("保蜜", "密"),
        ("泻密", "泄"),
        ("整该到位", "整改"), ("凭征齐全", "凭证"), ("谁的的", "的"),
    ],
)  # fmt: skip
def test_wrong_words(text, right):
    assert [meant for _, meant in wrong_words(text)] == [right]


def test_traditional_characters_are_named():
    assert traditional_characters("登記與保護，登記簿") == "記與護"


@pytest.mark.parametrize(
    "text",
    [
        "商业秘密、技术秘密和他人秘密",
        "按商业秘密级别授权",
        "手机密码、主机密钥、计算机密集任务、随机密钥",
        "保证数据的机密性",
        "不用绝密、机密、秘密字样",
        "删去模板里的★",
        "非国家秘密不得标“机密★10年”",
        "涉及国家秘密级文件的，先向主管部门请示",
    ],
)
def test_texts_that_use_no_state_secret_mark(text):
    assert state_secret_mark(text) == ""


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("分绝密、机密、秘密三级", "绝密"),
        ("机密文件入柜", "机密"),
        ("定为秘密级", "秘密"),
        ("封面印★", "★"),
        ("加盖机密标志", "机密"),
    ],
)
def test_state_secret_marks(text, mark):
    assert state_secret_mark(text) == mark


@pytest.mark.parametrize(
    "text",
    [
        "测试内容，非官方",
        "这不是官方标准，也没有法定评分",
        "珠海市官方评分表未查到",
        "分值都不是任何主管部门要求的",
        "官方媒体介绍新规章时点到",
        "询问客户和主管部门，有无承接的任务",
        "由法定代表人签发",
    ],
)
def test_texts_that_claim_no_authority(text):
    assert list(official_claims(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("按官方标准编写", "官方标准"),
        ("本表为法定评分表。不是建议", "法定评分"),
        ("经权威认证", "权威认证"),
        ("非常符合官方认定", "官方认定"),
        ("这是主管部门要求的做法", "主管部门要求"),
        ("经政府认可，无需另查", "政府认可"),
    ],
)
def test_claims_of_authority(text, found):
    assert [claim.found for claim in official_claims(text)] == [found]


@pytest.fixture(scope="module")
def sources():
    library = load_library(read(SMALL / "basis.yaml"))
    assert library is not None
    return library.sources


def claims(text, basis, sources):
    citations = [parse_citation(each) for each in basis]
    return [
        (claim.code, claim.found) for claim in legal_claims(text, citations, sources, Names(sources.values()))
    ]


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("劳动合同法允许约定保密事项。", ["劳合法§23"]),
        ("司法解释把标记列为保密措施。", ["法释7§6(4)"]),
        ("法释〔2020〕7号列举了这一项。", ["法释7§6"]),
        ("这是法律要求。", ["劳合法§23"]),
        ("这不是法定期限，也并非强制要求。", []),
        ("属建议做法而非法定步骤。", []),
        ("由法定代表人签字，法定节假日除外。", []),
        ("据公开材料，反不正当竞争法禁止这样做。", ["反法§10"]),
        ("反不正当竞争法也禁止，条号待核。", ["反法§10"]),
        ("官方媒体说，按反不正当竞争法要负责。", ["反法§10"]),
        ("反不正当竞争法修订了，要跟着改制度。", []),
        ("对照劳动合同法更新模板。", []),
        ("参照ISO/IEC 27002的要求分配职责。", ["ISO 27002§5.2"]),
    ],
)
def test_texts_that_say_no_more_than_their_sources(text, basis, sources):
    assert claims(text, basis, sources) == []


@pytest.mark.parametrize(
    ("text", "basis", "expected"),
    [
        ("这是法律要求。", [], ("binding-claim", "法律要求")),
        ("这是法律要求。", ["反法§10"], ("binding-claim", "法律要求")),
        ("属强制性规定。", ["央企规定§6（参照）"], ("binding-claim", "强制性规定")),
        ("属法定义务，不是建议。", ["ISO 27002§5.2"], ("binding-claim", "法定")),
        ("劳动合同法规定可以约定。", ["法释7§6"], ("law-not-cited", "劳动合同法")),
        ("依《劳动合同法》，可以约定。", [], ("law-not-cited", "劳动合同法")),
        ("依司法解释，要标记。", ["劳合法§23"], ("law-not-cited", "司法解释")),
        ("反不正当竞争法禁止这样做。", ["反法§10"], ("law-not-hedged", "反不正当竞争法")),
        ("据报道有此事。反不正当竞争法禁止。", ["反法§10"], ("law-not-hedged", "反不正当竞争法")),
    ],
)
def test_texts_that_say_more_than_their_sources(text, basis, expected, sources):
    assert claims(text, basis, sources) == [expected]


def test_a_programme_that_is_official_may_say_so():
    text = (SMALL / "programmes" / "small.yaml").read_text(encoding="utf-8")
    data = text.replace("测试内容，不是任何部门的要求。", "本局官方评分标准。").encode()
    for official, codes in ((True, []), (False, ["official-claim"])):
        file = parse(data, "x.yaml")
        assert file.root is not None
        file.root.text("disclaimer")
        check_wording(file, None, official=official)
        assert [problem.code for problem in file.findings.problems] == codes


@given(st.lists(st.text(alphabet="甲乙丙丁戊己庚", min_size=6, max_size=16), max_size=12))
def test_alike_texts_are_those_that_a_full_comparison_finds(texts):
    """Every equal pair is found, whatever is found is alike, and no text is told twice."""
    found = dict(alike(texts))
    assert len(list(alike(texts))) == len(found)
    for later, text in enumerate(texts):
        if text in texts[:later]:
            assert found[later] == texts.index(text)
    for later, earlier in found.items():
        assert earlier < later
        assert texts[earlier] == texts[later] or (
            SequenceMatcher(None, texts[earlier], texts[later], autojunk=False).ratio() >= ALIKE
        )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("给每台样机贴上编号并登记", "给每台样机都贴上编号并登记", True),
        ("起草一页任命书，写明职责", "起草一页任命书，写明其职责", True),
        ("限定台账的查看人", "限定台账的保管人", False),
        ("有权限表", "有权限单", False),
        ("有权限表", "有权限表", True),
    ],
)
def test_alike_texts(one, other, same):
    assert bool(list(alike([one, other]))) is same


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_crash(text):
    list(slips(text))
    list(official_claims(text))
    assert isinstance(state_secret_mark(text) + traditional_characters(text), str)
    assert isinstance(wrong_words(text), list)


def test_the_wording_of_a_file_of_the_largest_size_takes_no_time():
    """What is over its limit is refused for that and not looked at further."""
    data = ("module: XZZ\norigin: " + "劳动合同法规定，" * 400_000).encode()
    file = parse(data[: 4 * 1024 * 1024 - 3], "x.yaml")
    load_module(file, shipped=False)
    before = len(file.findings.problems)
    check_wording(file, load_library(read(SMALL / "basis.yaml")))
    assert len(file.findings.problems) == before
