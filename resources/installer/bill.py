"""The software bill of materials: every part of the program with version, licence and address, as CycloneDX.

The same parts as the program shows under 关于; so what is not there is not here either.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.utils import canonicalize_name

from tsguard.services.licences import Part


def write(parts: Iterable[Part], version: str, packages: frozenset[str], file: Path) -> None:
    """Write the bill.

    Args:
        parts: What the program is made of.
        version: The program's.
        packages: Names of those parts that are packages of the registry; the others lie inside one.
        file: Gets it, as JSON.
    """
    licences = LicenseFactory()
    program = Component(
        name="tsguard",
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref="tsguard",
        licenses=[licences.make_from_string("Apache-2.0")],
    )
    listed = [_component(each, packages, licences) for each in parts]
    bill = Bom(components=listed, serial_number=uuid5(NAMESPACE_URL, f"tsguard-{version}"))
    bill.metadata.component = program
    bill.register_dependency(program, listed)
    file.write_text(JsonV1Dot6(bill).output_as_string(indent=1), encoding="utf-8")


def _component(part: Part, packages: frozenset[str], licences: LicenseFactory) -> Component:
    plain = canonicalize_name(part.name)
    of_registry = plain in packages and not part.inside
    return Component(
        name=part.name,
        version=part.version or None,
        type=ComponentType.LIBRARY,
        bom_ref=f"{plain}@{part.version}" + (f"#{part.inside}" if part.inside else ""),
        purl=PackageURL("pypi", name=plain, version=part.version) if of_registry else None,
        licenses=[licences.make_from_string(part.licence)] if part.licence else [],
        external_references=(
            [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(part.home))] if part.home else []
        ),
    )
