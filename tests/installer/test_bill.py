"""The bill of materials is what others' tools read."""

from __future__ import annotations

import json

import pytest

from tests.installer.places import ROOT
from tsguard.services.licences import Part

bill = pytest.importorskip(
    "resources.installer.bill", reason="cyclonedx-python-lib is in the build's environment only"
)


@pytest.fixture
def written(tmp_path):
    parts = [
        Part(name="python-docx", version="1.2.0", licence="MIT", home="https://example.org/docx"),
        Part(name="zlib", version="1.3", licence="Zlib", home="", inside="pikepdf 10"),
    ]
    file = tmp_path / "tsguard-0.1.0.cdx.json"
    bill.write(parts, "0.1.0", frozenset({"python-docx", "pikepdf"}), file)
    return file


def test_it_is_what_the_standard_s_schema_asks_for(written):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = written.read_text("utf-8")
    try:
        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    except ImportError as error:
        pytest.skip(f"the schema's own checker is not installed: {error}")


def test_a_package_has_its_address_in_the_registry_and_what_lies_inside_one_has_none(written):
    told = json.loads(written.read_bytes())
    purls = {each["name"]: each.get("purl") for each in told["components"]}
    assert purls == {"python-docx": "pkg:pypi/python-docx@1.2.0", "zlib": None}
    assert told["metadata"]["component"]["name"] == "tsguard"


def test_it_tells_nothing_of_the_computer_that_made_it(written):
    text = written.read_text("utf-8")
    assert str(ROOT) not in text
    assert str(written.parent) not in text
