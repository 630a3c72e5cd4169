"""The bill of materials is what others' tools read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from resources.installer import bill
from tests.installer.places import ROOT
from tsguard.services.licences import Part


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
    """CycloneDX's own schema, as its library carries it, read by an independent checker."""
    import cyclonedx.schema
    from jsonschema import Draft7Validator
    from referencing import Registry, Resource

    folder = Path(cyclonedx.schema.__file__).parent / "_res"
    schema = json.loads((folder / "bom-1.6.SNAPSHOT.schema.json").read_bytes())
    base = schema["$id"].rpartition("/")[0]
    others = [file for file in folder.glob("*.schema.json") if not file.name.startswith("bom-")]
    parts = [
        (f"{base}/{file.name}", Resource.from_contents(json.loads(file.read_bytes()))) for file in others
    ]
    checker = Draft7Validator(schema, registry=Registry().with_resources(parts))
    told = json.loads(written.read_bytes())
    assert not [error.message for error in checker.iter_errors(told)]
    told["components"][0]["type"] = "nothing known"
    assert list(checker.iter_errors(told)), "the checker does check"


def test_a_package_has_its_address_in_the_registry_and_what_lies_inside_one_has_none(written):
    told = json.loads(written.read_bytes())
    purls = {each["name"]: each.get("purl") for each in told["components"]}
    assert purls == {"python-docx": "pkg:pypi/python-docx@1.2.0", "zlib": None}
    assert told["metadata"]["component"]["name"] == "tsguard"


def test_it_tells_nothing_of_the_computer_that_made_it(written):
    text = written.read_text("utf-8")
    assert str(ROOT) not in text
    assert str(written.parent) not in text
