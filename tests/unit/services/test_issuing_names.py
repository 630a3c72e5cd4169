"""Names that a person chooses for what leaves are looked through like the files themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from unit.report.conftest import make_snapshot

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.domain.leaks import Part, Place
from tsguard.errors import LeaksFound
from tsguard.services import issuing
from tsguard.services.dossier import Order, make

ON = date(2026, 11, 23)
METHOD = Edition(DocumentKind.METHOD, Level.SUBMISSION)
REPORT = Edition(DocumentKind.REPORT, Level.INTERNAL)


def test_the_name_of_a_sets_folder_is_looked_through(tmp_path: Path) -> None:
    snapshot = make_snapshot()
    point = replace(snapshot.secret_points[0], name="𬭎㵘电解液配比")
    snapshot = replace(snapshot, secret_points=(point, *snapshot.secret_points[1:]))
    made = make(snapshot, Order((METHOD, REPORT), ON))
    made = made.without({hit.key for hit in made.open_hits})
    telling, plain = tmp_path / f"材料 {point.name}", tmp_path / "材料 2026"
    (hit,) = issuing.named(made, telling).open_hits
    assert hit.place == Place(Part.FOLDER_NAME)
    assert hit.source.startswith(f"secret_point/{point.id}/")
    with pytest.raises(LeaksFound):
        issuing.write(made, telling)
    assert not list(tmp_path.iterdir())
    assert issuing.named(issuing.named(made, telling), plain).open_hits == ()
    issuing.write(made.without({hit.key}), telling)
    issuing.write(made, plain)
    assert len(list(telling.iterdir())) == len(list(plain.iterdir())) == len(made.files)
