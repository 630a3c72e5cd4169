"""The file of adjustable figures (``parameters.yaml``)."""

from __future__ import annotations

from tsguard.content.nodes import Fields, File
from tsguard.domain.parameters import MinimumWage, Parameters, ParameterStatus, Threshold


def load_parameters(file: File) -> Parameters | None:
    """The parameters of a parsed file; None where it could not be parsed."""
    root = file.root
    if root is None:
        return None
    root.text("parameters", longest=20)
    parameters = Parameters(
        version=root.text("version", longest=20),
        minimum_wages=tuple(_wage(fields) for fields in root.mappings("minimum_wages")),
        thresholds=tuple(_threshold(fields) for fields in root.mappings("thresholds", required=False)),
    )
    root.finish()
    return parameters


def _wage(fields: Fields) -> MinimumWage:
    wage = MinimumWage(
        place=fields.text("place", longest=30),
        monthly_yuan=fields.whole("monthly_yuan", 1, 1_000_000),
        in_force=fields.day("in_force"),
        status=fields.choice("status", ParameterStatus, ParameterStatus.UNVERIFIED),
        source=fields.text("source", longest=120),
        note=fields.text("note", required=False, longest=120),
    )
    fields.finish()
    return wage


def _threshold(fields: Fields) -> Threshold:
    threshold = Threshold(
        id=fields.text("id", longest=40),
        title=fields.text("title", longest=40),
        value=fields.text("value", longest=20),
        unit=fields.text("unit", required=False, longest=10),
        status=fields.choice("status", ParameterStatus, ParameterStatus.UNVERIFIED),
        source=fields.text("source", longest=120),
        note=fields.text("note", required=False, longest=200),
    )
    fields.finish()
    return threshold
