"""The parts of others and their licences: whole, and the same in a bundle as from source."""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import Distribution
from importlib.util import find_spec
from pathlib import Path

import pytest

from tsguard import assets
from tsguard.services import licences
from tsguard.services.licences import Licence, Part, PartMissing, collect, read, without_text, write

PACKAGE = """Metadata-Version: 2.4
Name: {name}
Version: {version}
{more}"""


@pytest.fixture(scope="module")
def found() -> tuple[Part, ...]:
    if find_spec("PySide6") is None:
        pytest.skip("a program without its window's library is not whole")
    return collect()


def package(site: Path, name: str, version: str, more: str = "", texts: dict[str, str] | None = None) -> None:
    """An installed package, as an installer leaves it."""
    folder = site / f"{name.replace('-', '_')}-{version}.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(PACKAGE.format(name=name, version=version, more=more), encoding="utf-8")
    record = [f"{folder.name}/METADATA,,"]
    for path, text in (texts or {}).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        record.append(f"{folder.name}/{path},,")
    (folder / "RECORD").write_text("\n".join(record), encoding="utf-8")


def needed() -> list[str]:
    """What the program needs without detours, by the names in its own table."""
    table = tomllib.loads((assets.resources().parent / "pyproject.toml").read_text(encoding="utf-8"))
    return [line.split(">")[0].split("[")[0].strip() for line in table["project"]["dependencies"]]


def small_site(site: Path, *without: str) -> Path:
    """All that the program needs without detours, each with a text of its own."""
    for name in needed():
        if name not in without:
            package(site, name, "1.0", "License: MIT", {"LICENSE": f"The licence of {name}."})
    return site


class TestTheProgram:
    def test_no_part_is_without_its_licence_text(self, found: tuple[Part, ...]) -> None:
        assert without_text(found) == ()

    def test_every_part_says_its_name_licence_and_home(self, found: tuple[Part, ...]) -> None:
        assert [part.name for part in found if not (part.licence and part.home and part.name)] == []

    def test_every_part_has_a_version_or_lies_in_one_that_has(self, found: tuple[Part, ...]) -> None:
        assert [part.name for part in found if not (part.version or part.inside)] == []

    def test_what_the_program_needs_is_there(self, found: tuple[Part, ...]) -> None:
        names = {part.name.lower().replace("_", "-") for part in found}
        assert {name.lower() for name in needed()} <= names

    @pytest.mark.parametrize(
        "name",
        [
            *("Python", "Qt", "SQLCipher", "SQLite", "OpenSSL", "FreeType", "zlib", "LibYAML", "lxml"),
            *("Noto Sans SC", "Noto Serif SC", "TSGuard Rare (LXGW WenKai)", "Fluent UI System Icons"),
        ],
    )
    def test_what_no_package_tells_is_there(self, found: tuple[Part, ...], name: str) -> None:
        assert name in {part.name for part in found}

    def test_tools_that_are_not_shipped_are_not(self, found: tuple[Part, ...]) -> None:
        assert {"pip", "setuptools", "pytest", "tsguard", "mypy"}.isdisjoint(part.name for part in found)

    def test_qt_may_be_exchanged_and_brings_both_texts_of_the_lgpl(self, found: tuple[Part, ...]) -> None:
        free = {part.name: part for part in found if part.exchangeable}
        assert set(free) == {"PySide6_Essentials", "Qt", "shiboken6"}
        for part in free.values():
            assert part.licence == "LGPL-3.0-only"
            first, second = part.texts
            assert "GNU LESSER GENERAL PUBLIC LICENSE" in first.text
            assert "GNU GENERAL PUBLIC LICENSE" in second.text

    def test_the_versions_are_those_that_are_installed(self, found: tuple[Part, ...]) -> None:
        for name in needed():
            part = next(part for part in found if part.name.lower().replace("_", "-") == name.lower())
            assert part.version == Distribution.from_name(name).version

    def test_its_own_licence_is_there(self) -> None:
        assert "Apache License" in licences.own().text

    def test_every_text_that_is_kept_is_used(self) -> None:
        folder = assets.resources() / "licences"
        table = json.loads((folder / "inside.json").read_bytes())
        used = {name for each in [*table["more"], *table["known"].values()] for name in each.get("texts", ())}
        kept = {f"licences/texts/{file.name}" for file in (folder / "texts").iterdir()}
        assert kept <= used

    def test_the_same_from_source_as_in_a_bundle(self, found: tuple[Part, ...], tmp_path: Path) -> None:
        write(found, tmp_path / "许可 𬭎")
        assert read(tmp_path / "许可 𬭎") == found


class TestCollecting:
    def test_folders_can_be_given(self, tmp_path: Path) -> None:
        found = {part.name: part for part in collect([small_site(tmp_path)], python="3.12.9")}
        assert found["click"].texts == (Licence("LICENSE", "The licence of click."),)
        assert found["click"].version == "1.0"
        assert found["Python"].version == "3.12.9"
        assert found["Qt"].version == "1.0", "as that of the package it came in"
        assert found["SQLCipher"].inside == "sqlcipher3 1.0"

    def test_a_missing_package_is_no_whole_program(self, tmp_path: Path) -> None:
        with pytest.raises(PartMissing, match="click"):
            collect([small_site(tmp_path, "click")])

    def test_what_others_need_comes_too(self, tmp_path: Path) -> None:
        small_site(tmp_path, "click")
        package(tmp_path, "click", "9", "Requires-Dist: inner.One>=1", {"LICENSE": "c"})
        package(tmp_path, "inner-one", "2", "License-Expression: ISC", {"licenses/sub/COPYING": "i"})
        part = next(part for part in collect([tmp_path]) if part.name == "inner-one")
        assert part.licence == "ISC"
        assert part.texts == (Licence("sub/COPYING", "i"),)

    def test_a_licence_that_a_part_is_not_taken_under_is_left_out(self, tmp_path: Path) -> None:
        small_site(tmp_path, "PySide6-Essentials")
        texts = {"licenses/LicenseRef-Qt-Commercial.txt": "For buyers.", "licenses/NOTICE": "For all."}
        for name, needs in (("PySide6-Essentials", "Requires-Dist: shiboken6"), ("shiboken6", "")):
            package(tmp_path, name, "6", needs, texts)
        parts = {part.name: part for part in collect([tmp_path])}
        for name in ("PySide6-Essentials", "shiboken6"):
            assert [text.title for text in parts[name].texts] == ["LGPL-3.0.txt", "GPL-3.0.txt", "NOTICE"]

    @pytest.mark.parametrize(("system", "there"), [("win32", True), ("linux", False)])
    def test_for_another_system_its_own(self, tmp_path: Path, system: str, there: bool) -> None:
        small_site(tmp_path, "click")
        package(tmp_path, "click", "9", 'Requires-Dist: colorama; sys_platform == "win32"', {"LICENSE": "c"})
        package(tmp_path, "colorama", "0.4", "License: BSD", {"LICENSE": "b"})
        names = {part.name for part in collect([tmp_path], environment={"sys_platform": system})}
        assert ("colorama" in names) is there

    def test_an_optional_part_counts_where_it_is_installed(self, tmp_path: Path) -> None:
        small_site(tmp_path)
        assert "pyHanko" not in {part.name for part in collect([tmp_path])}
        package(tmp_path, "pyHanko", "0.38", "License: MIT", {"LICENSE": "p"})
        assert "pyHanko" in {part.name for part in collect([tmp_path])}

    @pytest.mark.parametrize(
        ("more", "label", "home"),
        [
            ("License-Expression: MIT\nProject-URL: Homepage, https://a.example", "MIT", "https://a.example"),
            ("License: MIT\nHome-page: https://b.example", "MIT", "https://b.example"),
            ("Classifier: License :: OSI Approved :: MIT License", "MIT", ""),
            (
                "License: Apache 2.0\nProject-URL: Source, https://c.example",
                "Apache-2.0",
                "https://c.example",
            ),
            ("Project-URL: Documentation, https://d.example", "", "https://d.example"),
            (f"License: {'All of a long text. ' * 9}", "", ""),
        ],
    )
    def test_what_packages_say_of_themselves(self, tmp_path: Path, more: str, label: str, home: str) -> None:
        small_site(tmp_path, "click")
        package(tmp_path, "click", "9", more, {"LICENSE": "c"})
        part = next(part for part in collect([tmp_path]) if part.name == "click")
        assert (part.licence, part.home) == (label, home)

    def test_old_texts_in_latin_1_are_read(self, tmp_path: Path) -> None:
        small_site(tmp_path)
        text = tmp_path / "click-1.0.dist-info" / "LICENSE"
        text.write_bytes("© 1998 Gerhard Häring\r\n".encode("latin-1"))
        part = next(part for part in collect([tmp_path]) if part.name == "click")
        assert part.texts[0].text == "© 1998 Gerhard Häring\n"


class TestWriting:
    @pytest.mark.parametrize("texts", [(), (Licence("LICENSE", " \n"),)])
    def test_no_part_without_a_text_passes(self, tmp_path: Path, texts: tuple[Licence, ...]) -> None:
        with pytest.raises(ValueError, match="bare"):
            write([Part("bare", "1", "MIT", "", texts=texts)], tmp_path / "out")
        assert not (tmp_path / "out").exists()

    def test_a_text_that_two_share_is_written_once(self, tmp_path: Path) -> None:
        text = (Licence("LICENSE", "the same 㵘䶮𠮷"),)
        write([Part("a", "1", "MIT", "", texts=text), Part("b", "1", "MIT", "", texts=text)], tmp_path)
        assert len(list((tmp_path / "texts").iterdir())) == 1
        assert [part.texts for part in read(tmp_path)] == [text, text]

    @pytest.mark.parametrize("content", ["[", "[1]", '[{"name": "a"}]', "{}x", "null"])
    def test_a_list_that_is_not_understood_is_said(self, tmp_path: Path, content: str) -> None:
        (tmp_path / "parts.json").write_text(content, encoding="utf-8")
        with pytest.raises(ValueError):  # noqa: PT011 - the parser's own words or ours
            read(tmp_path)


@pytest.mark.parametrize(
    ("words", "hit"),
    [
        ("", True),
        ("QT", True),
        ("qt lgpl", True),
        ("6.11", True),
        ("essentials", True),
        ("qt mit", False),
        ("qt.io", True),
    ],
)
def test_searching(words: str, hit: bool) -> None:
    part = Part("Qt", "6.11", "LGPL-3.0-only", "https://www.qt.io", "PySide6_Essentials 6.11")
    assert part.speaks_of(words) is hit
