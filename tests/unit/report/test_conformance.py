"""What veraPDF says of each kind of file, and of files that lack something."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Name
from support.checklists import make_checklist, make_item, make_module
from support.every_block import DATA, ON, document, every_block
from support.vaults import PASSPHRASE, QUICK
from support.verapdf import FLAVOURS, verdicts, why_not
from support.verapdf import Verdict as Told
from unit.report.conftest import make_document, make_snapshot

from tsguard.domain.answers import Answer
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import CHOSEN, LEVELS, DocumentKind
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.scales import Verdict
from tsguard.domain.snapshot import Snapshot
from tsguard.report import colour_profile
from tsguard.report.binding import bind
from tsguard.report.blocks import Contents, DataTable, Heading, Paragraph, line
from tsguard.report.document import Attachment, Document
from tsguard.report.marked import said
from tsguard.report.pdf import render
from tsguard.report.recovery_sheet import RecoverySheet, render_sheet
from tsguard.report.worksheet import build_worksheet
from tsguard.services.content import shipped
from tsguard.services.sample import create_sample

KINDS = [(kind, level) for kind, levels in LEVELS.items() if kind in CHOSEN for level in levels]
needs_verapdf = pytest.mark.skipif(bool(why_not()), reason=why_not() or "there")


def of_the_dossier(kind: DocumentKind, level: Level) -> bytes:
    return render(make_document(make_snapshot(), level, kind)).data


def bound(snapshot: Snapshot, level: Level) -> Document:
    kinds = [kind for kind, of_level in KINDS if of_level is level]
    return bind([make_document(snapshot, level, kind) for kind in kinds], snapshot, level=level, on=ON)


def empty_report() -> bytes:
    snapshot = replace(
        make_snapshot(),
        enterprise=Enterprise(id="e"),
        answers={},
        evidence=(),
        secret_points=(),
        journal_head="",
    )
    return render(make_document(snapshot, Level.SUBMISSION)).data


def odd_texts() -> bytes:
    name = "䶮𬭎㵘𠮷\u3000" * 40 + "\u202e\u200b\x07é" + "W" * 200 + "——……“”（" * 9
    enterprise = replace(make_snapshot().enterprise, name=name, legal_representative=name, note=name)
    return render(make_document(replace(make_snapshot(), enterprise=enterprise), Level.INTERNAL)).data


FILES: dict[str, Callable[[], bytes]] = {
    "every block": lambda: render(document(*every_block(), data=DATA)).data,
    "a title with marks": lambda: render(document(Paragraph(line(said("甲"))), title="<甲> & 'A'")).data,
    "nothing in it": lambda: render(document(Contents(said("目　录")))).data,
    "parts without a chapter": lambda: render(document(*(Heading(said(each), each) for each in "甲乙"))).data,
    **{f"{kind}, {level}": partial(of_the_dossier, kind, level) for kind, level in KINDS},
    "all bound into one": lambda: render(bound(make_snapshot(), Level.SUBMISSION)).data,
    "report, nothing answered": empty_report,
    "report, odd texts": odd_texts,
    "worksheet": lambda: (
        render(build_worksheet(make_checklist(make_module({"ORG": [make_item("ORG-01")]})), on=ON)).data
    ),
    "recovery sheet": lambda: render_sheet(
        RecoverySheet("珠海𬭎公司", "企业.tsg", "0f1e2d3c4b5a", "1a2b3c4d", ON, ("ABC234",) * 11)
    ),
}


# --- what would break a rule ------------------------------------------------------------------------


def without_scope(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == Name.TH:
            del each.A


def without_alt(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == Name.Figure:
            del each.Alt


def with_a_level_left_out(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == Name.H2:
            each.S = Name.H3


def with_a_span_too_many(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == Name.TD and "/A" in each:
            each.A.ColSpan = 2


def without_links(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for each in page.obj.get("/Annots", pikepdf.Array()):
            del each.StructParent


def without_marks(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[-1]
    kept = [each for each in pikepdf.parse_content_stream(page) if str(each[1]) not in {"BDC", "BMC", "EMC"}]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def without(*path: str) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        place: Any = pdf.Root
        for each in path[:-1]:
            place = place[each]
        del place[path[-1]]

    return spoil


SPOILT: dict[str, tuple[Callable[[pikepdf.Pdf], None], dict[str, set[str]]]] = {
    "head cells without scope": (without_scope, {"ua1": {"7.5-1"}}),
    "a figure without words": (without_alt, {"ua1": {"7.3-1"}}),
    "a heading's level left out": (with_a_level_left_out, {"ua1": {"7.4.2-1"}}),
    "rows of different length": (with_a_span_too_many, {"ua1": {"7.2-42", "7.2-43"}}),
    "links outside the tree": (without_links, {"ua1": {"7.18.5-1"}}),
    "text outside any mark": (without_marks, {"ua1": {"7.1-3"}}),
    "no colours told": (without("/OutputIntents"), {"3a": {"6.2.4.3-2"}}),
    "not said to be tagged": (without("/MarkInfo"), {"3a": {"6.7.2.2-1"}, "ua1": {"6.2-1"}}),
    "no language": (without("/Lang"), {"ua1": {"7.2-24"}}),
    "no title in the window": (without("/ViewerPreferences"), {"ua1": {"7.1-10"}}),
    "an attachment nobody refers to": (without("/AF"), {"3a": {"6.8-4"}}),
    "no metadata": (without("/Metadata"), {"3a": {"6.6.2.1-1"}, "ua1": {"7.1-8"}}),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Told]]:
    """Of all files at once, since Java takes longer to start than to read them."""
    folder = tmp_path_factory.mktemp("纸")
    paths: dict[str, Path] = {}
    for number, (name, make) in enumerate(FILES.items()):
        paths[name] = folder / f"{number}.pdf"
        paths[name].write_bytes(make())
    whole = render(document(*(each for each in every_block() if not isinstance(each, DataTable)), data=DATA))
    for number, (name, (spoil, _rules)) in enumerate(SPOILT.items(), len(FILES)):
        paths[name] = folder / f"{number}.pdf"
        with pikepdf.open(io.BytesIO(whole.data)) as pdf:
            spoil(pdf)
            pdf.save(paths[name])
    found = verdicts(paths.values())
    return {name: found[path] for name, path in paths.items()}


@needs_verapdf
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("flavour", FLAVOURS)
def test_verapdf_has_nothing_to_object_to(name: str, flavour: str, told: dict[str, dict[str, Told]]) -> None:
    assert told[name][flavour].broken == {}
    assert told[name][flavour].checks > 40


@needs_verapdf
@pytest.mark.parametrize("name", SPOILT)
def test_verapdf_would_see_what_is_missing(name: str, told: dict[str, dict[str, Told]]) -> None:
    for flavour, rules in SPOILT[name][1].items():
        assert rules & set(told[name][flavour].broken), told[name][flavour].broken


@needs_verapdf
@pytest.mark.slow
def test_a_whole_sample_company_and_the_whole_checklist(tmp_path: Path) -> None:
    session = create_sample(tmp_path / "x.tsg", PASSPHRASE, profiles=QUICK)
    snapshot = session.snapshot()
    session.close()
    made = {f"bound-{level}": bound(snapshot, level) for level in Level}
    made["report"] = make_document(snapshot, Level.INTERNAL)
    made["blank"] = build_worksheet(shipped().freeze(["XIC"]), on=ON)
    all_compliant(made, tmp_path)
    assert (tmp_path / "report.pdf").stat().st_size < 2**20


@needs_verapdf
@pytest.mark.slow
def test_all_modules_long_notes_a_thousand_secret_points_and_hundreds_of_files(tmp_path: Path) -> None:
    snapshot = make_snapshot()
    checklist = shipped().freeze([key for key in shipped().modules if key != "core"])
    items = [item.id for item in checklist.items()]
    note = "现状与差距的说明，第24条的要求2026年11月23日前完成。" * 10
    piece, point = snapshot.evidence[0], snapshot.secret_points[0]
    huge = replace(
        snapshot,
        assessment=replace(
            snapshot.assessment, checklist=checklist, programme=shipped().programmes["sample"]
        ),
        answers={
            item: Answer(item, list(Verdict)[number % 3], note=note) for number, item in enumerate(items)
        },
        evidence=tuple(
            replace(piece, id=f"E-{number:03d}", items=(items[number % len(items)],)) for number in range(500)
        ),
        secret_points=tuple(replace(point, id=f"SP-{number:04d}") for number in range(1000)),
    )
    all_compliant({level: make_document(huge, level) for level in Level}, tmp_path)


def all_compliant(documents: Mapping[str, Document], folder: Path) -> None:
    paths = [folder / f"{name}.pdf" for name in documents]
    for path, made in zip(paths, documents.values(), strict=True):
        path.write_bytes(render(made).data)
    for path, found in verdicts(paths).items():
        for flavour, verdict in found.items():
            assert verdict.broken == {}, (path.name, flavour)


# --- what no checker asks for -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def data() -> bytes:
    return FILES["every block"]()


@pytest.mark.parametrize("name", FILES)
def test_the_syntax_is_sound(name: str) -> None:
    with pikepdf.open(io.BytesIO(FILES[name]())) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_the_attachment_is_whole_and_says_what_it_is(data: bytes) -> None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert list(pdf.attachments) == ["assessment.json"]
        (spec,) = pdf.Root.AF
        assert spec.objgen == pdf.attachments["assessment.json"].obj.objgen
        assert spec.AFRelationship == Name.Data
        assert str(spec.Desc) == "自评数据"
        stream = spec.EF.F
        assert stream.read_bytes() == DATA
        assert stream.Subtype == Name("/application/json")
        assert int(stream.Params.Size) == len(DATA)
        assert str(stream.Params.ModDate) == str(stream.Params.CreationDate) == "D:20261123000000+00'00'"


def test_several_attachments_stand_in_the_order_given() -> None:
    names = ("b.json", "a.json", "c.csv")
    made = document(Paragraph(line(said("甲"))))
    attached = tuple(Attachment(name, "text/csv", said(name), name.encode()) for name in names)
    with pikepdf.open(io.BytesIO(render(replace(made, attachments=attached)).data)) as pdf:
        assert [str(each.UF) for each in pdf.Root.AF] == list(names)
        assert [pdf.attachments[name].get_file().read_bytes() for name in names] == [
            name.encode() for name in names
        ]


def test_without_attachments_the_file_speaks_of_none() -> None:
    with pikepdf.open(io.BytesIO(render(document(Paragraph(line(said("甲"))))).data)) as pdf:
        assert "/AF" not in pdf.Root
        assert not list(pdf.attachments)


def test_the_same_document_and_attachment_are_the_same_bytes(data: bytes) -> None:
    assert FILES["every block"]() == data


def test_the_profile_has_no_clock_in_it() -> None:
    first = colour_profile.srgb()
    colour_profile.srgb.cache_clear()
    assert colour_profile.srgb() == first
    assert first[24:36] == bytes([7, 0xE4, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])
    assert first[40:44] == bytes(4), "no platform"
    assert first[16:20] == b"RGB "


@pytest.mark.parametrize(
    ("on", "stamp", "day"),
    [
        (date(2026, 11, 23), "D:20261123000000+00'00'", "2026-11-23T00:00:00Z"),
        (date(987, 1, 2), "D:09870102000000+00'00'", "0987-01-02T00:00:00Z"),
    ],
)
def test_the_only_date_is_the_documents(on: date, stamp: str, day: str) -> None:
    made = replace(document(Paragraph(line(said("甲"))), title="<甲> & 'A'"), on=on)
    with pikepdf.open(io.BytesIO(render(made).data)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == stamp
        xmp = pdf.Root.Metadata.read_bytes().decode()
        assert xmp.count(day) == 2
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == str(pdf.docinfo["/Title"]) == "<甲> & 'A'"
            assert metadata["pdfaid:part"] + metadata["pdfaid:conformance"] == "3A"
            assert metadata["pdfuaid:part"] == "1"
