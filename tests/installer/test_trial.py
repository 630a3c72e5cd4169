"""The trial's own readers, on a table: a check that reads wrongly would find nothing wrong."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.installer import papers, subject, trial, using, windows_tests
from tests.installer.computer import NotAsExpected, expect, read_registry

REGISTRY = r"""Windows Registry Editor Version 5.00

[HKEY_CURRENT_USER\Software\Classes\.tsg]
@="tsguard.vault"

[HKEY_CURRENT_USER\Software\tsguard]
"Folder"="C:\\程序 目录\\tsguard"
"Version"="0.1.0"
"Quoted"="\"C:\\a b\\x.exe\" \"%1\""
"EstimatedSize"=dword:0002710a
"Bytes"=hex:01,02,\
  03
"""


def test_a_registry_is_read():
    found = read_registry(REGISTRY)
    assert found[r"software\classes\.tsg"] == {"": "tsguard.vault"}
    assert found[r"software\tsguard"] == {
        "Folder": r"C:\程序 目录\tsguard",
        "Version": "0.1.0",
        "Quoted": r'"C:\a b\x.exe" "%1"',
        "EstimatedSize": 0x2710A,
    }


def test_what_is_not_as_expected_is_told_with_both():
    with pytest.raises(NotAsExpected, match=r"expected: four\s+found: +5"):
        expect(2 + 2 == 5, "four", 5)


@pytest.mark.parametrize(
    ("line", "reaches"),
    [
        ("0024:trace:winsock:DllMain 0x1 1", False),
        ("0024:trace:winsock:WSAStartup verReq=202", False),
        ("0024:trace:winsock:WSASocketW family 2 type 1", False),
        (
            "0024:trace:winsock:connect socket 0x98, address { family AF_INET, address 127.0.0.1, port 5 }",
            True,
        ),
        (
            "0024:trace:winsock:connect socket 0x98, address { family AF_INET, address 10.0.0.1, port 5 }",
            True,
        ),
        ('0024:trace:winsock:getaddrinfo name "example.org", service (null)', True),
        ('0024:trace:winsock:GetAddrInfoExW L"example.org"', True),
        ("0024:trace:winsock:sendto s 0x98, address { family AF_INET, address 8.8.8.8, port 53 }", True),
        ('0024:trace:dnsapi:DnsQuery_W (L"example.org", 1)', True),
        ("0024:trace:winsock:closesocket 0x98", False),
        ("a line of the program about connect", False),
    ],
)
def test_a_call_that_reaches_out_is_seen(line, reaches):
    assert using.reaching(f"before\n{line}\nafter\n") == ([line.partition(":")[2]] if reaches else [])


def _zip(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_two_documents_that_differ_are_told_part_by_part():
    one, other = _zip(a="1", b="2", c="3"), _zip(a="1", b="x", d="4")
    assert papers.differences(one, other, "x.docx") == ["part b", "part c", "part d"]
    assert papers.differences(one, one, "x.docx") == []


def test_a_workbook_written_at_another_moment_is_the_same():
    at = "<dcterms:modified>2026-11-23T0{}:00:00Z</dcterms:modified><a>{}</a>"
    first, later, other = (_zip(core=at.format(*given)) for given in ((1, 1), (2, 1), (2, 2)))
    assert papers.differences(first, later, "x.xlsx") == []
    assert papers.differences(first, other, "x.xlsx") == ["part core"]


def test_two_pdfs_that_differ_are_told_page_by_page():
    def pdf(*texts):
        from reportlab.pdfgen.canvas import Canvas

        made = io.BytesIO()
        canvas = Canvas(made)
        for text in texts:
            canvas.drawString(72, 720, text)
            canvas.showPage()
        canvas.save()
        return made.getvalue()

    assert papers.differences(pdf("one", "two"), pdf("one", "two"), "x.pdf") == []
    assert papers.differences(pdf("one", "two"), pdf("one", "three"), "x.pdf") == [
        "page 2: -two",
        "page 2: +three",
    ]
    assert papers.differences(pdf("one", "two"), pdf("one"), "x.pdf") == ["2 and 1 pages"]


def test_what_a_portable_copy_holds(tmp_path):
    file = tmp_path / "tsguard-portable-0.1.0.zip"
    file.write_bytes(_zip(**{"tsguard-0.1.0/tsguard.exe": "abc", "tsguard-0.1.0/portable": ""}))
    assert subject.contents(file).keys() == {"tsguard.exe"}
    assert subject.unpacked_size(file) == 3
    (tmp_path / "same").write_bytes(b"abc")
    assert subject.contents(file)["tsguard.exe"] == subject.checksum(tmp_path / "same")
    file.write_bytes(_zip(**{"tsguard-0.1.0/tsguard.exe": "abc"}))
    with pytest.raises(NotAsExpected, match="portable"):
        subject.contents(file)


def test_the_tests_own_report_is_read():
    report = """<testsuites><testsuite>
      <testcase classname="tests.unit.a" name="good"/>
      <testcase classname="tests.unit.a" name="bad"><failure message="x">trace</failure></testcase>
      <testcase classname="tests.unit.a" name="broken"><error message="x">trace</error></testcase>
      <testcase classname="tests.unit.a" name="not here"><skipped message="only Windows has it"/></testcase>
      <testcase classname="tests.unit.a" name="nor here"><skipped message="only Windows has it"/></testcase>
    </testsuite></testsuites>"""
    found = windows_tests.read_report("tests/unit/a", report)
    assert (found.passed, found.failed) == (1, ("tests.unit.a::bad", "tests.unit.a::broken"))
    assert found.skipped == {"only Windows has it": 2}
    assert not found.good
    assert windows_tests.read_report("a", '<testsuite><testcase name="b"/></testsuite>').good
    assert not windows_tests.read_report("a", "<testsuite/>").good, "a group without a test proves nothing"


def test_every_group_is_there():
    found = windows_tests.groups()
    assert {"tests/unit/store", "tests/unit/report", "tests/unit/services", "tests/unit/test_house.py"} <= {
        *found
    }
    assert len(found) == len(set(found))
    for group in found:
        assert (windows_tests.ROOT / group).exists(), group


def test_every_check_has_a_name_of_its_own_and_says_what_it_checks():
    names = [check.__name__ for _title, check in trial.CHECKS]
    assert len(names) == len(set(names))
    assert all(check.__doc__ for _title, check in trial.CHECKS)
