"""A programme file to a ``Programme``."""

from __future__ import annotations

import re
from itertools import pairwise

from tsguard.content.nodes import Fields, File
from tsguard.content.programme_form import load_form
from tsguard.domain.programme import Band, EvidenceRequest, Programme, Unit

FULL_MARKS = 100
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{1,19}")


def load_programme(file: File, *, shipped: bool) -> Programme | None:
    """The programme of a parsed file; None where it could not be parsed.

    Units must add up to 100 points; bands must come best first and end at 0; the veto rules must name
    bands that exist.
    """
    root = file.root
    if root is None:
        return None
    bands = tuple(_band(fields) for fields in root.mappings("bands"))
    _check_bands(root, bands, file)
    units = tuple(_unit(fields) for fields in root.mappings("units"))
    points = sum(unit.points for unit in units)
    if units and points != FULL_MARKS:
        file.findings.add(root.line_of("units"), "points-do-not-add-up", points=points, full=FULL_MARKS)
    _check_sections_once(root, units, file)
    _check_unique(root, "units", [unit.id for unit in units], file)
    not_met_cap, partly_cap = _caps(root.mapping("veto"), bands, file)
    requests = tuple(_request(fields) for fields in root.mappings("evidence_list", required=False))
    _check_unique(root, "evidence_list", [request.id for request in requests], file)
    programme_id = root.text("programme", longest=20)
    if programme_id and not _ID.fullmatch(programme_id):
        file.findings.add(root.line_of("programme"), "bad-programme-id", id=programme_id)
    programme = Programme(
        id=programme_id,
        title=root.text("title", longest=40),
        version=root.text("version", longest=20),
        official=root.yes_no("official"),
        disclaimer=root.text("disclaimer", longest=300),
        sha256=file.sha256,
        shipped=shipped,
        units=units,
        bands=bands,
        not_met_cap=not_met_cap,
        partly_cap=partly_cap,
        conditions=root.texts("conditions", required=False, longest=120),
        form=load_form(root, file),
        evidence_list=requests,
        commitment=root.texts("commitment", required=False, longest=300),
        cover=root.text("cover", required=False, longest=30),
        review_columns=root.texts("review_columns", required=False, longest=40),
    )
    root.finish()
    return programme


def _unit(fields: Fields) -> Unit:
    unit = Unit(
        id=fields.text("id", longest=20),
        title=fields.text("title", longest=30),
        points=fields.whole("points", 1, FULL_MARKS),
        sections=fields.texts("sections", longest=12),
        short=fields.text("short", required=False, longest=6),
    )
    fields.finish()
    return unit


def _band(fields: Fields) -> Band:
    band = Band(
        id=fields.text("id", longest=20),
        title=fields.text("title", longest=20),
        at_least=fields.whole("at_least", 0, FULL_MARKS),
    )
    fields.finish()
    return band


def _caps(veto: Fields | None, bands: tuple[Band, ...], file: File) -> tuple[str, str]:
    if veto is None:
        return "", ""
    caps: list[str] = []
    for key in ("not_met_cap", "partly_cap"):
        cap = veto.text(key, longest=20)
        if cap and cap not in {band.id for band in bands}:
            file.findings.add(veto.line_of(key), "unknown-band", key=key, band=cap)
        caps.append(cap)
    veto.finish()
    points = {band.id: band.at_least for band in bands}
    if all(cap in points for cap in caps):
        best = max(points.values())
        if not points[caps[0]] <= points[caps[1]] < best:
            file.findings.add(veto.line, "caps-do-not-bite")
    return caps[0], caps[1]


def _check_bands(root: Fields, bands: tuple[Band, ...], file: File) -> None:
    if not bands:
        return
    falling = all(upper.at_least > lower.at_least for upper, lower in pairwise(bands))
    if not falling or bands[-1].at_least != 0:
        file.findings.add(root.line_of("bands"), "bands-not-falling-to-zero")
    _check_unique(root, "bands", [band.id for band in bands], file)


def _check_unique(root: Fields, key: str, ids: list[str], file: File) -> None:
    for repeated in sorted({each for each in ids if ids.count(each) > 1}):
        file.findings.add(root.line_of(key), "duplicate-id", id=repeated, first=file.name)


def _check_sections_once(root: Fields, units: tuple[Unit, ...], file: File) -> None:
    sections = [section for unit in units for section in unit.sections]
    for section in sorted({section for section in sections if sections.count(section) > 1}):
        file.findings.add(root.line_of("units"), "section-counted-twice", section=section)


def _request(fields: Fields) -> EvidenceRequest:
    request = EvidenceRequest(
        id=fields.text("id", longest=12),
        title=fields.text("title", longest=60),
        items=fields.texts("items", required=False, longest=16),
    )
    fields.finish()
    return request
