"""A file that is met again is read once, where it was met first."""

import pytest

from stageclf.inbox import InputError, read


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "in"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.csv").write_text("text\none\n")
    (folder / "inner" / "b.csv").write_text("text\ntwo\n")
    return folder


def texts(reading):
    return [record.text for record in reading]


@pytest.mark.parametrize("again", ["in/a.csv", "in/../in/a.csv", "in", "in/inner"])
def test_a_folder_and_what_is_in_it(tmp_path, folder, again):
    reading = read([folder, tmp_path / again])
    assert texts(reading) == ["one", "two"]
    alone = read(folder)
    assert [record.id for record in read([folder, tmp_path / again])] == [record.id for record in alone]
    assert all(path.endswith(("a.csv", "b.csv")) for path in reading.report.repeated) and reading.report.repeated


def test_the_first_one_counts(folder):
    reading = read([folder / "inner" / "b.csv", folder])
    assert texts(reading) == ["two", "one"]
    assert reading.report.repeated == [str(folder / "inner" / "b.csv")]
    assert next(iter(reading)).id == next(iter(read(folder / "inner" / "b.csv"))).id


def test_a_link_to_a_file_in_the_folder(folder):
    (folder / "z.csv").symlink_to(folder / "a.csv")
    reading = read(folder)
    assert texts(reading) == ["one", "two"]
    assert reading.report.repeated == [str(folder / "z.csv")]


def test_copies_are_files_of_their_own(folder):
    (folder / "c.csv").write_bytes((folder / "a.csv").read_bytes())
    reading = read(folder)
    assert sorted(texts(reading)) == ["one", "one", "two"]
    assert reading.report.repeated == []


def test_a_file_that_is_named_must_be_usable_though_its_folder_comes_first(folder):
    (folder / "broken.parquet").write_bytes(b"PAR1")
    assert [record.status for record in read(folder)].count("unreadable") == 1
    with pytest.raises(InputError, match=r"broken\.parquet is not a readable Parquet file"):
        read([folder, folder / "broken.parquet"])


def test_a_file_that_was_left_aside_in_its_folder_is_read_where_it_is_named(folder):
    (folder / ".hidden.csv").write_text("text\nthree\n")
    reading = read([folder, folder / ".hidden.csv"])
    assert texts(reading) == ["one", "two", "three"]
    assert reading.report.repeated == []
