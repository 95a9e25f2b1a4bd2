"""Files that are read up to a size."""

import io

import pytest

from stageclf.inbox import read
from stageclf.inbox.bounded import bounded


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\ntwo\nthree\n")
    return path


def test_bytes_end_at_the_bound(path):
    with bounded(path, 6).open("rb") as file:
        assert file.read() == b"one\ntw"
        assert file.seek(-2, io.SEEK_END) == 4
        assert file.readline() == b"tw"
        file.seek(0)
        assert (file.readline(), file.tell()) == (b"one\n", 4)
    assert bounded(path, None).open("rb").read() == path.read_bytes()
    assert bounded(path, 100).open("rb").read() == path.read_bytes()
    assert bounded(path, 6).read_text() == path.read_text()


def test_records_are_those_of_the_first_size(path):
    reading = read(path, sizes={str(path): 8})
    assert [record.text for record in reading] == ["one", "two"]
    assert list(reading.grown()) == [(str(path), 8)]


def test_a_file_that_grows_is_noticed(path):
    reading = read(path)
    assert list(reading.grown()) == []
    with path.open("a") as file:
        file.write("four\n")
    assert [record.text for record in reading] == ["one", "two", "three"]
    assert list(reading.grown()) == [(str(path), 14)]
