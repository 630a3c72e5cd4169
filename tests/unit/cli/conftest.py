"""Commands look for a person's own modules: nobody's real ones take part in a test."""

import pytest


@pytest.fixture(autouse=True)
def own_place(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("einstellungen")
    for name in ("XDG_CONFIG_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(folder))
    return folder / "tsguard" / "checklists"
