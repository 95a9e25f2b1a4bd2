import pytest
from fakes import FakeClassifier


@pytest.fixture
def fake(tmp_path):
    return FakeClassifier(tmp_path / "model")


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setenv("STAGECLF_CHUNK_RECORDS", "3")
