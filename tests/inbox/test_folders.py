"""Folders as mail programs keep them, and files without or with wrong endings."""

import itertools
import json
import pickle
import sys
from pathlib import Path

import pytest

from stageclf.inbox import open_reader, read

MAIL = "Subject: Frage\nFrom: a@b.de\n\nΠόσο κάνει;\n".encode()
MBOX = b"From - Mon Mar  3 10:12:00 2025\n" + MAIL + b"\n"


def write(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def summary(folder):
    reading = read(folder)
    records = [(record.source.removeprefix(f"{folder}/"), record.status) for record in reading]
    return records, {name.removeprefix(f"{folder}/") for name in reading.report.skipped}


def test_a_maildir_with_flags_and_further_folders(tmp_path):
    odd = b"X-Odd: only one header that mails have\nSubject: Frage\n\ntext\n"
    write(
        tmp_path,
        {
            "cur/1741000000.M1P2.host:2,S": MAIL,
            "cur/1741000003.M1P2.host:2,": odd,
            "new/1741000001.M1P2.host": MAIL,
            "tmp/1741000002.M1P2.host": MAIL,
            ".Sent/cur/1741000004.M1P2.host:2,RS": MAIL,
            "dovecot-uidlist": b"3 V1 N4\n",
            ".hidden": b"x",
        },
    )
    records, skipped = summary(tmp_path)
    assert sorted(records) == [
        (".Sent/cur/1741000004.M1P2.host:2,RS", "ok"),
        ("cur/1741000000.M1P2.host:2,S", "ok"),
        ("cur/1741000003.M1P2.host:2,", "ok"),
        ("new/1741000001.M1P2.host", "ok"),
    ]
    assert skipped == {"tmp/1741000002.M1P2.host", "dovecot-uidlist", ".hidden"}


def test_apple_mail_and_thunderbird(tmp_path):
    write(
        tmp_path,
        {
            "Kunden.mbox/mbox": MBOX,
            "Kunden.mbox/table_of_contents": b"\0\1\2",
            "Messages/12.emlx": str(len(MAIL)).encode() + b"      \n" + MAIL + b'<?xml version="1.0"?><plist/>',
            "Profile/Inbox": MBOX * 2,
            "Profile/Inbox.msf": b"// <!-- <mdb:mork:z v=1.4/> -->\n",
            "Profile/Inbox.sbd/Angebote": MBOX,
            "Profile/Drafts": b"",
        },
    )
    records, skipped = summary(tmp_path)
    assert sorted(records) == [
        ("Kunden.mbox/mbox", "ok"),
        ("Messages/12.emlx", "ok"),
        ("Profile/Inbox", "ok"),
        ("Profile/Inbox", "ok"),
        ("Profile/Inbox.sbd/Angebote", "ok"),
    ]
    assert skipped == {"Kunden.mbox/table_of_contents", "Profile/Inbox.msf", "Profile/Drafts"}
    assert "plist" not in next(iter(read(tmp_path / "Messages"))).text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (MAIL, "eml"),
        (b"\xef\xbb\xbfReceived: from x\r\n by y\r\nDate: today\r\n\r\nx", "eml"),
        (b"\n\n" + MBOX, "mbox"),
        (b"id;Nachricht\n1;Hallo\n", "csv"),
        ("κωδικός\tμήνυμα\n1\tκαλημέρα\n".encode("cp1253"), "csv"),
        (b'{"text": "a"}\n{"text": "b"}\n', "jsonl"),
    ],
)
@pytest.mark.parametrize("name", ["export", "export.txt", "export.dat", "export.pdf"])
def test_what_a_file_holds_counts_more_than_its_name(tmp_path, data, kind, name):
    path = tmp_path / name
    path.write_bytes(data)
    assert open_reader(path).format == kind


@pytest.mark.parametrize(
    "data",
    [
        b"From here on: nothing\n",
        b"Note: one line\nwith a colon\n",
        b"Subject: one header is no mail\nand text\n",
        b"a,b\n1,2\n",
    ],
)
def test_texts_that_only_look_like_something(tmp_path, data):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert open_reader(path).format == "txt"


def test_links_are_followed_for_files_only(tmp_path):
    write(tmp_path, {"in/a.eml": MAIL, "out/b.eml": MAIL})
    (tmp_path / "in" / "link.eml").symlink_to(tmp_path / "out" / "b.eml")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "dead.eml").symlink_to(tmp_path / "nowhere")
    records, skipped = summary(tmp_path / "in")
    assert (records, skipped) == ([("a.eml", "ok"), ("link.eml", "ok")], {"dead.eml", "loop"})


def test_ids_stay_when_the_folder_is_moved_and_differ_between_files(tmp_path):
    write(tmp_path, {"in/a/x.mbox": MBOX, "in/b/x.mbox": MBOX})
    before = [record.id for record in read(tmp_path / "in")]
    (tmp_path / "in").rename(tmp_path / "moved")
    assert [record.id for record in read(tmp_path / "moved")] == before
    assert len(set(before)) == 2


def test_what_is_written_meanwhile_is_not_read(tmp_path):
    write(tmp_path, {"a.jsonl": json.dumps({"text": "a"}).encode()})
    reading = read(tmp_path)
    write(tmp_path, {"b.jsonl": json.dumps({"text": "b"}).encode()})
    assert [record.text for record in reading] == ["a"]


def test_a_broken_mbox_in_a_folder_is_one_unreadable_record(tmp_path):
    write(tmp_path, {"a.eml": MAIL, "b.mbox": b"nothing of the kind\n"})
    assert summary(tmp_path)[0] == [("a.eml", "ok"), ("b.mbox", "unreadable")]


def test_one_file_of_every_container_written_for_this_project():
    reading = read(Path(__file__).resolve().parents[1] / "fixtures" / "containers")
    records = list(reading)
    assert [(record.source.rpartition("containers/")[2], record.subject) for record in records] == [
        ("Inbox.gz", "Which grinder?"),
        ("Inbox.gz", "Pedido 5512"),
        ("enquiry.msg", "Κόκκινη καφετιέρα"),
        ("maildir.tar.gz!Maildir/cur/1741000000.M1P2.host,S=412:2,S", "Τιμή για 40 κιβώτια"),
        ("maildir.tar.gz!Maildir/new/1741000100.M2P2.host", "Re: Angebot 2025-118"),
        ("maildir.tar.gz!Maildir/.Sent/cur/1741000200.M3P2.host:2,RS", "Which grinder?"),
        ("takeout.zip!Takeout/Mail/All mail Including Spam and Trash.mbox", "Τιμή για 40 κιβώτια"),
        ("takeout.zip!Takeout/Mail/All mail Including Spam and Trash.mbox", "Re: Angebot 2025-118"),
        ("takeout.zip!Takeout/Mail/All mail Including Spam and Trash.mbox", "Which grinder?"),
        ("takeout.zip!Takeout/Mail/All mail Including Spam and Trash.mbox", "Pedido 5512"),
        ("Kunden.mbox/mbox", "Re: Angebot 2025-118"),
        ("Kunden.mbox/mbox", "Τιμή για 40 κιβώτια"),
    ]
    assert records[2].text == "Κόκκινη καφετιέρα\n\nΚαλημέρα, έχετε την καφετιέρα και σε κόκκινο;"
    assert "\nFrom here to the café is 20 minutes" in records[0].raw_text
    assert {record.status for record in records} == {"ok"}
    assert [name.rpartition("/")[2] for name in reading.report.skipped] == ["archive_browser.html"]


def test_parts_give_the_same_records_in_any_process(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules["stageclf.inbox.read"], "PART_BYTES", 40)
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text("Wo ist mein Paket?\n" * (number + 1))
    (tmp_path / "5.parquet").write_bytes(b"PAR1")
    whole = read(tmp_path)
    records = list(whole)
    parts = [pickle.loads(pickle.dumps(part)) for part in read(tmp_path).parts()]
    assert [[path.name for path in part.paths] for part in parts] == [
        ["0.txt", "1.txt"],
        ["2.txt"],
        ["3.txt"],
        ["4.txt"],
        ["5.parquet"],
    ]
    assert [record for part in parts for record in part] == records
    assert records[-1].status == "unreadable"
    reading = read(tmp_path)
    seen = [(part.progress, len(list(part)), part.progress) for part in reading.parts()]
    assert all(before == after for (_, _, before), (after, _, _) in itertools.pairwise(seen))
    assert (seen[0][0], seen[-1][2]) == (0.0, 1.0)
    assert reading.report == whole.report
