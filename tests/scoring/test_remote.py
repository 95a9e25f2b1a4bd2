"""Inputs and outputs at addresses."""

import sys

import pytest

from stageclf.extras import MissingExtraError
from stageclf.inbox import InputError
from stageclf.scoring import OutputError, score_files

fsspec = pytest.importorskip("fsspec")
TABLE = "id,text\n1,We take it\n2,Where is it?\n3,\n4,Wo?\n"


@pytest.fixture
def memory(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pipe("/bucket/2025/in.csv", TABLE.encode())
    system.pipe("/bucket/2025/deep/more.csv", TABLE.encode())
    system.pipe("/bucket/photo.jpg", b"x")
    return system


@pytest.fixture
def local(tmp_path, fake):
    (tmp_path / "in.csv").write_text(TABLE)
    score_files(tmp_path / "in.csv", tmp_path / "here.csv", classifier=fake)
    return (tmp_path / "here.csv").read_bytes()


def test_an_address_gives_what_a_file_gives(tmp_path, fake, memory, local):
    score_files("memory://bucket/2025/in.csv", "memory://bucket/out.csv", classifier=fake)
    assert memory.cat("/bucket/out.csv") == local
    assert not list((tmp_path / "cache" / "stageclf").iterdir())


def test_file_addresses_are_files(tmp_path, fake, local):
    source = tmp_path / "in.csv"
    score_files(source.as_uri(), (tmp_path / "out.csv").as_uri(), classifier=fake)
    assert (tmp_path / "out.csv").read_bytes() == local
    with pytest.raises(InputError, match="is an input, too"):
        score_files(source.as_uri(), source, classifier=fake)


@pytest.mark.parametrize("address", ["memory://bucket", "memory://bucket/**/*.csv"])
def test_folders_and_patterns_are_read_with_their_addresses_as_sources(tmp_path, fake, memory, address):
    report = score_files(address, tmp_path / "out.csv", classifier=fake)
    assert report.read.total == 8
    content = (tmp_path / "out.csv").read_text()
    assert "memory:///bucket/2025/deep/more.csv" in content
    assert "/tmp/" not in content


def test_an_interrupted_run_to_an_address_is_continued(fake, memory, small_chunks):
    def interrupt(share, records):
        raise KeyboardInterrupt

    source, out = "memory://bucket/2025/in.csv", "memory://bucket/out.parquet"
    with pytest.raises(KeyboardInterrupt):
        score_files(source, out, classifier=fake, on_progress=interrupt)
    assert not memory.exists("/bucket/out.parquet")
    assert score_files(source, out, classifier=fake, resume=True).resumed == 3
    assert memory.exists("/bucket/out.parquet")


def test_what_cannot_be_sent_is_kept(tmp_path, fake, memory, monkeypatch):
    def fail(*arguments, **options):
        raise OSError("the network is down")

    source, out = "memory://bucket/2025/in.csv", "memory://bucket/out.csv"
    with monkeypatch.context() as broken:
        broken.setattr(type(memory), "put_file", fail)
        with pytest.raises(OutputError) as caught:
            score_files(source, out, classifier=fake)
    kept = next((tmp_path / "cache" / "stageclf").iterdir())
    assert str(caught.value) == (
        f"cannot write {out}: OSError: the network is down. All is scored and kept in {kept}: send it with --resume"
    )
    fake.seen.clear()
    score_files(source, out, classifier=fake, resume=True)
    assert memory.exists("/bucket/out.csv") and not fake.seen


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("memory://bucket/none.csv", "no such file: memory://bucket/none.csv"),
        ("memory://bucket/none/*.csv", "no such file: memory://bucket/none/*.csv"),
        ("gopher9://x/in.csv", "gopher9://x/in.csv cannot be used: ValueError: Protocol not known: gopher9"),
    ],
)
def test_addresses_that_cannot_be_read_are_explained(tmp_path, fake, memory, address, message):
    with pytest.raises(InputError) as caught:
        score_files(address, tmp_path / "out.csv", classifier=fake)
    assert str(caught.value) == message


def test_trouble_in_a_remote_file_is_told_with_its_address(tmp_path, fake, memory):
    memory.pipe("/bucket/a.csv", b"a,b\n1,2\n")
    with pytest.raises(InputError, match=r"^memory://bucket/a.csv: no column that is known to hold the text"):
        score_files("memory://bucket/a.csv", tmp_path / "out.csv", classifier=fake)


def test_web_addresses_are_no_outputs(fake):
    with pytest.raises(OutputError, match="web addresses can only be read; write to a file"):
        score_files("in.csv", "https://example.org/out.csv", classifier=fake)


def test_a_missing_package_is_answered_by_its_pip_line(tmp_path, fake, monkeypatch):
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(MissingExtraError) as caught:
        score_files("s3://bucket/in.csv", tmp_path / "out.csv", classifier=fake)
    assert str(caught.value) == 's3fs is not installed; it comes with: pip install "stageclf[remote]"'
