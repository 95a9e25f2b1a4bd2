"""Outlook data files.

libpff only reads, so no .pst can be written here: the walk is tested on stand-ins with pypff's documented
attributes (file, folder, message, record set, entry), and the real library only on what it must refuse.
"""

import sys
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from stageclf.inbox import InputError, read


class Thing:
    """Something with numbered parts, as pypff offers them: number_of_x and get_x."""

    def __init__(self, **parts):
        for name, items in parts.items():
            if isinstance(items, list):
                setattr(self, f"number_of_{name}s" if name != "entry" else "number_of_entries", len(items))
                setattr(self, f"get_{name}", items.__getitem__)
            else:
                setattr(self, name, items)


class Message(Thing):
    subject = plain_text_body = html_body = rtf_body = transport_headers = None


def record_set(**properties):
    return Thing(
        entry=[
            Thing(entry_type=int(name[1:], 16), value_type=kind, data=data)
            for name, (kind, data) in properties.items()
        ]
    )


def text(value):
    return 0x1F, value.encode("utf-16-le")


def message(subject, body, recipients=()):
    ticks = int((datetime(2025, 3, 3, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    properties = record_set(
        p0037=text("\x01\x05" + subject),
        p0C1A=text("Μαρία"),
        p0C1E=text("EX"),
        p0C1F=text("/o=x/cn=maria"),
        p5D01=text("maria@example.gr"),
        p0039=(0x40, ticks.to_bytes(8, "little")),
    )
    return Message(
        record_set=[properties], plain_text_body=body.encode(), recipients=Thing(record_set=list(recipients))
    )


class Broken:
    def __getattr__(self, name):
        raise OSError("a page is missing")


@pytest.fixture
def outlook(tmp_path, monkeypatch):
    to = record_set(p3001=text("shop@example.gr"), p39FE=text("shop@example.gr"), p0C15=(3, b"\1\0\0\0"))
    sent = Thing(name="Sent/Items", sub_message=[message("RE: x", "gern")], sub_folder=[])
    inbox = Thing(name="Inbox", sub_message=[message("Ερώτηση", "Πόσο κάνει;", [to]), Broken()], sub_folder=[sent])
    root = Thing(name=None, sub_message=[], sub_folder=[inbox, Thing(name="Empty", sub_message=[], sub_folder=[])])
    file = SimpleNamespace(open=lambda path: None, close=lambda: None, get_root_folder=lambda: root)
    monkeypatch.setitem(sys.modules, "pypff", SimpleNamespace(file=lambda: file))
    path = tmp_path / "backup.dat"
    path.write_bytes(b"!BDN" + bytes(100))
    return path


def test_folders_are_walked_and_items_are_mails(outlook):
    first, broken, last = read(outlook)
    assert (first.text, first.source) == ("Ερώτηση\n\nΠόσο κάνει;", f"{outlook}!Inbox")
    assert first.sender == "Μαρία <maria@example.gr>"
    assert "shop@example.gr" in " ".join(first.recipients)
    assert first.date == datetime(2025, 3, 3, tzinfo=UTC)
    assert (broken.status, broken.position) == ("unreadable", 2)
    assert (last.text, last.source) == ("gern", f"{outlook}!Inbox/Sent_Items")


def test_a_missing_package_is_answered_by_the_pip_line(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypff", None)
    path = tmp_path / "a.pst"
    path.write_bytes(b"!BDN" + bytes(100))
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value) == (
        f'{path} is an Outlook data file: pypff is not installed; it comes with: pip install "stageclf[outlook]"'
    )


def test_a_damaged_file_is_refused(tmp_path):
    pytest.importorskip("pypff")
    path = tmp_path / "a.pst"
    path.write_bytes(b"!BDN" + bytes(4000))
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path} is not a readable Outlook data file: ")
