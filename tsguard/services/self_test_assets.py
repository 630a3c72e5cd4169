"""Self-test: what shipped with the program is there and whole, and the libraries answer.

Icons and style are only read here; the window's checks draw them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.parsers import expat

from tsguard import assets
from tsguard.i18n import _
from tsguard.services.self_test import Check, Unexpected

RARE = "𬭎㵘䶮𠮷"
"""Characters that stand in names and that many programs print as boxes."""
_LEAST = {"icons": 40, "chapters": 8, "modules": 3}
_HAN_ROWS, _HAN_CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
_KNOWN_SALT = bytes(range(16))
_KNOWN_KEY = "41a985277a0e2107042bc9ed0eb2488badecb5356f17102e09bdfacc7472609d"
"""Argon2id of 自检 𬭎㵘䶮𠮷 by the reference library (128 MiB, 3 passes, 4 lanes)."""


def checks() -> Iterator[Check]:
    """In their order."""
    yield Check("files", _("随程序的文件"), files)
    yield Check("fonts", _("字体"), fonts)
    yield Check("icons", _("图标和样式"), icons)
    yield Check("manual", _("使用手册"), manual)
    yield Check("samples", _("示例和数据格式"), samples)
    yield Check("content", _("清单内容"), content)
    yield Check("libraries", _("程序库"), libraries)
    yield Check("key", _("由口令算钥匙"), key)
    yield Check("words", _("繁简对照"), words)


def files() -> str:
    """Every file is as it was when the program was built."""
    from tsguard.services.listing import compare_listing  # noqa: PLC0415 - start-up time

    resources = assets.resources()
    found = compare_listing(resources.parent)
    if found is None:
        # Both folders are there, else ``assets`` had raised.
        count = sum(
            path.is_file() for folder in (resources, assets.checklists()) for path in folder.rglob("*")
        )
        return _("{count}个；没有构建时的文件清单，没有逐个核对").format(count=count)
    if not found.equal:
        parts = [
            word.format(names=_("、").join(names[:5]), count=len(names))
            for word, names in (
                (_("缺{count}个（{names}）"), found.missing),
                (_("变了{count}个（{names}）"), found.changed),
                (_("多{count}个（{names}）"), found.unlisted),
            )
            if names
        ]
        raise Unexpected(_("{count}个文件与构建时一致").format(count=found.listed), _("，").join(parts))
    return _("{count}个，与构建时一致").format(count=found.listed)


def fonts() -> str:
    """Every face opens, and together they have the simplified characters of GB 2312 and the rare ones."""
    from tsguard.report.fonts import Face, file_of, shipped_fonts  # noqa: PLC0415 - start-up time

    found = shipped_fonts()
    common = "".join(
        bytes((row, cell)).decode("gb2312", "ignore") for row in _HAN_ROWS for cell in _HAN_CELLS
    )
    missing = found.missing((common, RARE))
    if missing or len(common) < 6000:
        raise Unexpected(_("常用汉字和{rare}都有").format(rare=RARE), "".join(missing[:20]) or len(common))
    sizes = sum(file_of(face).stat().st_size for face in Face)
    words = _("{faces}个，共{size}MB，常用汉字{count}个和{rare}都有")
    return words.format(faces=len(Face), size=round(sizes / 1e6, 1), count=len(common), rare=RARE)


def icons() -> str:
    """Every icon is a drawing, the program's own among them, and there is a style."""
    folder = assets.resources() / "icons"
    drawings = sorted(folder.glob("*.svg"))
    for each in drawings:
        roots: list[str] = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = lambda name, _attributes, roots=roots: roots.append(name)
        try:
            parser.Parse(each.read_bytes(), True)
        except expat.ExpatError:
            raise Unexpected(_("图标{name}完整").format(name=each.name), _("读不出")) from None
        if not roots or not roots[0].endswith(" svg"):
            raise Unexpected(_("图标{name}完整").format(name=each.name), "".join(roots[:1]))
    if len(drawings) < _LEAST["icons"] or folder / "tsguard.svg" not in drawings:
        raise Unexpected(_("至少{count}个图标").format(count=_LEAST["icons"]), len(drawings))
    style = (assets.resources() / "style" / "window.qss").read_text(encoding="utf-8")
    if not style.strip() or style.count("{") != style.count("}"):
        raise Unexpected(_("样式完整"), _("{count}个字符").format(count=len(style)))
    return _("{count}个图标").format(count=len(drawings))


def manual() -> str:
    """Every chapter has its title and some text."""
    from tsguard.services.manual import read_chapters  # noqa: PLC0415 - start-up time

    found = read_chapters()
    empty = [each.name for each in found if not each.title or len(each.text) < 100]
    if empty or len(found) < _LEAST["chapters"]:
        raise Unexpected(_("至少{count}章，都有内容").format(count=_LEAST["chapters"]), empty or len(found))
    return _("{count}章").format(count=len(found))


def samples() -> str:
    """The sample company and the published schema can be read."""
    from tsguard.services.sample import sample_title  # noqa: PLC0415 - start-up time

    schemas = sorted((assets.resources() / "schema").glob("*.json"))
    for each in schemas:
        if "$schema" not in json.loads(each.read_bytes()):
            raise Unexpected(_("数据格式{name}完整").format(name=each.name), _("不是数据格式"))
    if not schemas:
        raise Unexpected(_("有数据格式"), 0)
    return sample_title()


def content() -> str:
    """Every module and programme passes the check that authors use."""
    from tsguard.services.content import problems, shipped  # noqa: PLC0415 - start-up time

    found = problems()
    if found:
        first = found[0]
        raise Unexpected(_("没有问题"), f"{len(found)}：{first.file}:{first.line}")
    shelf = shipped()
    if len(shelf.modules) < _LEAST["modules"] or not shelf.programmes:
        raise Unexpected(_("至少{count}个模块").format(count=_LEAST["modules"]), len(shelf.modules))
    items = sum(1 for module in shelf.modules.values() for _item in module.items())
    words = _("{modules}个模块{items}条，{programmes}个申报方案")
    return words.format(modules=len(shelf.modules), items=items, programmes=len(shelf.programmes))


def libraries() -> str:
    """All libraries load and say their versions; only what signs may be missing."""
    from tsguard.services.program_facts import library_versions  # noqa: PLC0415 - start-up time

    found = library_versions()
    return _("，").join(f"{name} {version or _('没有安装')}" for name, version in found.items())


def key() -> str:
    """Argon2id at full cost gives what another implementation gave."""
    from tsguard.store.kdf import PROFILES, derive  # noqa: PLC0415 - start-up time

    made = derive(f"自检 {RARE}", _KNOWN_SALT, PROFILES[1]).hex()
    if made != _KNOWN_KEY:
        raise Unexpected(_("与已知结果一致"), _("不一致"))
    return _("Argon2id，{memory}MiB，与已知结果一致").format(memory=PROFILES[1].memory // 1024)


def words() -> str:
    """Traditional characters are known for their simplified forms."""
    from tsguard.report.guard.normalise import plain  # noqa: PLC0415 - start-up time

    given, wanted = "機密電腦製藥", "机密电脑制药"
    if (made := plain(given)) != wanted:
        raise Unexpected(wanted, made)
    return f"{given}→{wanted}"
