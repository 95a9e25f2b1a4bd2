"""Archives, good and hostile ones."""

import bz2
import gzip
import io
import lzma
import re
import struct
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stageclf.inbox import InputError, read, unpack

MAIL = "Subject: Frage\nFrom: a@b.de\nDate: Mon, 3 Mar 2025 10:12:00 +0000\n\nΠόσο κάνει;\n".encode()
MBOX = (b"From a@b.de Mon Mar  3 10:12:00 2025\n" + MAIL + b"\n") * 2
TEXT = "Frage\n\nΠόσο κάνει;"


@pytest.fixture(autouse=True)
def no_traces(tmp_path_factory, monkeypatch):
    """Temporary files are all gone after every test."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def zip_of(members, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tar_of(members, mode="w:gz"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            if isinstance(data, str):
                info.type, info.linkname = tarfile.SYMTYPE, data
                archive.addfile(info)
            else:
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def summary(path):
    reading = read(path)
    records = [(record.source.removeprefix(str(path)), record.status) for record in reading]
    return records, {
        name.removeprefix(str(path)): why.removeprefix(str(path)) for name, why in reading.report.skipped.items()
    }


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.zip", zip_of),
        ("a.tar", lambda members: tar_of(members, "w")),
        ("a.tar.gz", tar_of),
        ("a.tgz", tar_of),
        ("a.tar.bz2", lambda members: tar_of(members, "w:bz2")),
        ("a.tar.xz", lambda members: tar_of(members, "w:xz")),
        ("no ending", tar_of),
        ("wrong.csv", zip_of),
    ],
)
def test_archives_of_every_kind(tmp_path, name, pack):
    path = tmp_path / name
    path.write_bytes(
        pack(
            {
                "Takeout/Mail/All.mbox": MBOX,
                "Takeout/ένα.eml": MAIL,
                "Maildir/cur/1741000000.M1P2.host:2,S": MAIL,
                "Maildir/tmp/1741000001.M1P2.host": MAIL,
                "rows.csv": b"id,text\n1,hello\n",
                "photo.jpg": b"\xff\xd8",
                "__MACOSX/._rows.csv": b"\0\5",
                ".DS_Store": b"\0",
            }
        )
    )
    records, skipped = summary(path)
    assert records == [
        ("!Takeout/Mail/All.mbox", "ok"),
        ("!Takeout/Mail/All.mbox", "ok"),
        ("!Takeout/ένα.eml", "ok"),
        ("!Maildir/cur/1741000000.M1P2.host:2,S", "ok"),
        ("!rows.csv", "ok"),
    ]
    assert skipped == {
        "!Maildir/tmp/1741000001.M1P2.host": "!Maildir/tmp/1741000001.M1P2.host is a mail whose delivery was not finished",
        "!photo.jpg": "!photo.jpg is no text (.jpg)",
        "!__MACOSX/._rows.csv": "!__MACOSX/._rows.csv is a hidden file",
        "!.DS_Store": "!.DS_Store is a hidden file",
    }


def test_columns_and_ids_of_members(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of({"a.mbox": MBOX, "b.csv": b"n,text\n1,hi\n", "c/a.mbox": MBOX}))
    reading = read(path)
    records = list(reading)
    assert {"n", "text", "subject", "from"} <= set(reading.schema())
    assert records[0].columns["subject"] == "Frage"
    assert (reading.several, round(reading.progress, 6)) == (True, 1.0)
    assert len({record.id for record in records}) == 5
    assert [record.id for record in read(path)] == [record.id for record in records]


@pytest.mark.parametrize(("ending", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_single_compressed_files(tmp_path, ending, pack):
    path = tmp_path / f"all.mbox.{ending}"
    path.write_bytes(pack(MBOX))
    assert [(record.text, record.source) for record in read(path)] == [(TEXT, str(path))] * 2


def test_archives_in_archives_down_to_the_third(tmp_path):
    data = zip_of({"a.eml": MAIL})
    for depth in range(3):
        data = zip_of({f"{depth}.zip": data, f"{depth}.eml": MAIL})
    path = tmp_path / "deep.zip"
    path.write_bytes(data)
    reading = read(path)
    found = [(record.source.removeprefix(str(path)), record.note.removeprefix(str(path))) for record in reading]
    assert found == [
        ("!2.zip!1.zip!0.zip", "!2.zip!1.zip!0.zip is an archive within 3 others: unpack it first"),
        ("!2.zip!1.zip!0.eml", ""),
        ("!2.zip!1.eml", ""),
        ("!2.eml", ""),
    ]


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_names_that_lead_elsewhere_are_only_labels(tmp_path, pack, no_traces):
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["../../evil.eml", "/tmp/evil.eml", "a/../../b.eml", "C:\\evil\\x.eml", "con/" + "x" * 300 + ".eml"]
    (folder / "a.bin").write_bytes(pack(dict.fromkeys(names, MAIL)))
    for record in read(folder):
        assert record.text == TEXT
        assert len(list(no_traces.rglob("*.eml"))) == 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.bin", "in"]


def test_links_are_left_aside(tmp_path):
    path = tmp_path / "a.tar"
    path.write_bytes(tar_of({"passwd.txt": "/etc/passwd", "a.eml": MAIL}, "w"))
    assert summary(path) == ([("!a.eml", "ok")], {"!passwd.txt": "!passwd.txt is a link or a device"})


BOMB = bytes(40 * 2**20)


def test_a_zip_bomb_is_reported_and_the_rest_read(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of({"bomb.txt": BOMB, "a.eml": MAIL}))
    record, mail = read(path)
    assert (record.status, mail.text) == ("unreadable", TEXT)
    assert record.note == (
        f"{path}!bomb.txt grows from 40,771 bytes to 40 MB or more: a zip bomb, or no text; not read"
    )


def test_a_bomb_that_lies_about_its_size(tmp_path):
    data = zip_of({"bomb.txt": BOMB})
    for place in (data.find(b"PK\x03\x04") + 22, data.find(b"PK\x01\x02") + 24):
        data = data[:place] + struct.pack("<I", 1000) + data[place + 4 :]
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    (record,) = read(path)
    assert record.status in ("unreadable", "empty", "ok") and len(record.text) <= 1000


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.tar.gz"])
def test_other_bombs(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(gzip.compress(BOMB) if "txt" in name else tar_of({"a.eml": MAIL, "bomb.txt": BOMB}))
    *_, record = read(path)
    assert record.status == "unreadable"
    assert re.search(r"to 1[67] MB or more: a zip bomb, or no text; not read$", record.note)


def test_a_tar_header_of_a_gigabyte(tmp_path):
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 2**30
    path = tmp_path / "a.tar"
    path.write_bytes(tar_of({"a.eml": MAIL}, "w").rstrip(b"\0").ljust(1024, b"\0") + info.tobuf() + bytes(5000))
    mail, record = read(path)
    assert (mail.text, record.note) == (TEXT, f"{path} is damaged after a.eml: a header of 1,073,741,824 bytes")


def test_what_came_before_damage_is_read(tmp_path):
    bodies = b"".join(
        b"From a@b.de Mon Mar  3 10:12:00 2025\n" + MAIL + bytes(f"{n * n * 7919}\n\n", "ascii") for n in range(900)
    )
    (tmp_path / "a.mbox.gz").write_bytes(gzip.compress(bodies)[:-600])
    (tmp_path / "b.tar.gz").write_bytes(tar_of({"1.mbox": bodies, "2.mbox": bodies})[:-900])
    found = list(read(tmp_path))
    troubles = [record.note for record in found if record.status == "unreadable"]
    assert len(troubles) == 2
    assert all("is damaged after" in note for note in troubles), troubles
    assert troubles[0].endswith("; what came before was read")
    assert sum(record.status == "ok" for record in found) > 1500


def test_a_corrupt_member_is_no_reason_to_stop(tmp_path):
    data = bytearray(zip_of({"1.eml": MAIL * 50, "2.eml": MAIL}))
    data[60:90] = bytes(30)
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    statuses = {record.source.rpartition("!")[2]: record.status for record in read(path)}
    assert (statuses["1.eml"], statuses["2.eml"]) == ("unreadable", "ok")


def test_encrypted_members_are_named(tmp_path):
    data = bytearray(zip_of({"a.eml": MAIL}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert [record.note for record in read(path)] == [f"{path}!a.eml is encrypted: unpack it with its password first"]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.zip", zip_of({"a.eml": MAIL})[:60], " is not a readable zip archive: File is not a zip file; it may be cut off, copy or download it again"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c__", " is a 7-Zip archive: unpack it first"),
        ("a.bin", b"Rar!\x1a\x07\0", " is a RAR archive: unpack it first"),
    ],
)  # fmt: skip
def test_archives_that_cannot_be_used(tmp_path, name, data, why):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value) == f"{path}{why}"
    (tmp_path / "a.eml").write_bytes(MAIL)
    assert {record.status for record in read(tmp_path)} == {"ok", "unreadable"}


def test_an_archive_without_texts_says_what_it_holds(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of({"1.jpg": b"x", "docs/2.pdf": b"y"}))
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value) == f"nothing to read in {path}: it holds 1.jpg, docs/2.pdf"


def test_office_files_are_no_archives_of_texts(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(zip_of({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    with pytest.raises(InputError, match=r"unknown kind of file '\.docx'"):
        read(path)


def test_a_full_disk_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(unpack, "FREE_GROWTH", 2**40)
    monkeypatch.setattr(unpack, "KEEP_FREE_ON_DISK", 2**60)
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(bytes(80 * 2**20), 1))
    (record,) = read(path)
    assert record.note.endswith(": set TMPDIR to a folder with more room")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([zip_of, tar_of, lambda m: tar_of(m, "w"), lambda m: gzip.compress(MBOX)]), st.data())
def test_no_damage_raises(pack, data):
    whole = bytearray(pack({"a/b.eml": MAIL, "c.mbox": MBOX, "d.csv": b"id,text\n1,x\n"}))
    for _ in range(data.draw(st.integers(0, 8))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "damaged"
        path.write_bytes(whole[: data.draw(st.integers(5, len(whole)))])
        Path(folder, "fine.eml").write_bytes(MAIL)
        assert TEXT in [record.text for record in read(folder)]
