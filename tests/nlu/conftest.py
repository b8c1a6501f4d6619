from pathlib import Path

import pytest

from presszero import nlu
from presszero.nlu.load import of_phrases

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def desk_phrases():
    return nlu.read(ROOT)


@pytest.fixture(scope="session")
def desk(desk_phrases, pytestconfig):
    """The demo desk's understanding; its models are kept between runs, by their content."""
    folder = ROOT / ".pytest_cache" if pytestconfig.cache is None else Path(pytestconfig.cache.mkdir("nlu"))
    return of_phrases(desk_phrases, folder)


@pytest.fixture
def write(tmp_path):
    """Writes files of a desk and returns its root."""

    def made(**files):
        for name, text in files.items():
            path = tmp_path / "nlu" / (name.replace("__", "/") + ".yml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return made
