"""Chats and records in JSON: Telegram, Instagram, help desks, reviews, and documents that break off."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stageclf.inbox import InputError, open_reader, read
from stageclf.inbox.json_stream import JsonCursor, JsonError
from stageclf.inbox.telegram import joined

TELEGRAM = Path(__file__).parents[1] / "fixtures" / "telegram.json"


def written(tmp_path, data, name="a.json"):
    path = tmp_path / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_all_chats_of_a_telegram_account():
    records = list(read(TELEGRAM))
    assert [(r.sender, r.text, r.note, r.thread_id) for r in records] == [
        ("Anna Weber", "", "system line: phone_call", "Anna Weber"),
        ("Anna Weber", "Ist der Tisch noch da? https://example.org/tisch", "", "Anna Weber"),
        ("Anna Weber", "", "media: photo", "Anna Weber"),
        ("Νίκος", "Πότε θα παραλάβω;", "", "Νίκος"),
    ]
    assert records[1].date.isoformat() == "2024-03-12T14:05:06+01:00"
    assert records[3].date == datetime(2024, 3, 13, 8)
    assert records[1].columns["message_id"] == "2"


def test_one_telegram_chat_whose_name_comes_last(tmp_path):
    message = {"type": "message", "date_unixtime": "1710248706", "from": "A", "text": "hi"}
    path = written(tmp_path, {"messages": [message, 5], "name": "Team"})
    first, second = read(path)
    assert (first.text, first.thread_id, first.date) == ("hi", "Team", datetime(2024, 3, 12, 13, 5, 6, tzinfo=UTC))
    assert (second.status, second.note) == ("unreadable", "message 2 is int, not an object")


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["un", {"type": "bold", "text": "glaub"}, "lich"], "unglaublich"),
        ([{"type": "bold", "text": "Link:"}, {"type": "link", "text": "a.org"}], "Link: a.org"),
        (["(", {"type": "link", "text": "a.org"}, ")"], "(a.org)"),
        ([{"type": "bold", "text": 5}, None], ""),
    ],
)
def test_the_parts_of_a_telegram_text(parts, text):
    assert joined(parts) == text


def test_instagram_writes_bytes_as_letters(tmp_path):
    chat = {
        "participants": [{"name": "Eva"}],
        "messages": [
            {
                "sender_name": "Zoë".encode().decode("latin-1"),
                "timestamp_ms": 1579294140000,
                "content": "Σας".encode().decode("latin-1"),
            },
            {"sender_name": "Eva", "timestamp_ms": 1579294140000, "photos": [{}]},
            {"sender_name": "Eva", "timestamp_ms": 1579294140000, "content": "x", "is_unsent": True},
        ],
        "title": "Eva",
    }
    records = list(read(written(tmp_path, chat)))
    assert [(r.sender, r.text, r.note) for r in records] == [
        ("Zoë", "Σας", ""),
        ("Eva", "", "media: photos"),
        ("Eva", "", "deleted message"),
    ]
    assert (records[0].date, records[0].thread_id) == (datetime(2020, 1, 17, 20, 49, tzinfo=UTC), "Eva")


@pytest.mark.parametrize(
    "data",
    [
        [{"id": 1, "text": "eins"}, {"id": 2, "text": "zwei"}],
        {
            "count": 2,
            "users": [{"name": "x"}, {"name": "y"}, {"name": "z"}],
            "posts": [{"text": "eins"}, {"text": "zwei"}],
        },
        {"data": {"page": {"items": [{"text": "eins"}, {"text": "zwei"}]}}},
        ["eins", "zwei"],
        {"a1": {"text": "eins"}, "a2": {"text": "zwei"}},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_the_list_of_records_is_found(tmp_path, data, indent):
    path = written(tmp_path, json.dumps(data, indent=indent))
    assert open_reader(path).format == "json"
    assert [r.text for r in read(path)] == ["eins", "zwei"]


def test_one_object_is_one_record_and_nested_values_stay(tmp_path):
    record = next(iter(read(written(tmp_path, {"text": "eins", "tags": ["a"], "by": {"name": "Eva"}}))))
    assert (record.text, record.columns["by"]) == ("eins", {"name": "Eva"})


@pytest.mark.parametrize(
    ("name", "kind"), [("a.txt", "json"), ("a.jsonl", "json"), ("b.json", "jsonl"), ("c.txt", "jsonl")]
)
def test_the_content_tells_json_from_json_lines(tmp_path, name, kind):
    text = '[{"text": "a"}]' if kind == "json" else '{"text": "a"}\n{"text": "b"}\n'
    path = written(tmp_path, text, name)
    assert open_reader(path).format == kind
    assert next(iter(read(path))).text == "a"


def test_google_and_intercom_by_their_columns(tmp_path):
    review = {
        "reviewer": {"displayName": "Eva"},
        "starRating": "FIVE",
        "comment": "Schnell",
        "createTime": "2024-03-12T14:05:06Z",
    }
    record = next(iter(read(written(tmp_path, {"reviews": [review]}))))
    assert (record.text, record.sender, record.channel) == ("Schnell", "Eva", "review")
    assert record.date == datetime(2024, 3, 12, 14, 5, 6, tzinfo=UTC)
    talk = {
        "id": "5",
        "created_at": 1710248706,
        "source": {"subject": "", "body": "<p>Was kostet <b>das</b>?</p>", "author": {"email": "a@b.de"}},
    }
    record = next(iter(read(written(tmp_path, {"conversations": [talk]}))))
    assert (record.text, record.sender, record.channel, record.message_id) == (
        "Was kostet das?",
        "a@b.de",
        "chat",
        "5",
    )


def test_a_document_that_breaks_off_gives_what_was_there(tmp_path):
    path = written(tmp_path, '[{"text": "eins"}, {"text": "zw')
    first, last = read(path)
    assert (first.text, last.status) == ("eins", "unreadable")
    assert last.note == "not valid JSON after record 1: Unterminated string starting at at character 28"


def test_a_document_that_is_no_use_is_refused(tmp_path):
    for text, why in [
        ('{"a": ', "{path} is not valid JSON: Expecting value at character 6"),
        ("[]", "{path} holds no JSON object: a list of objects is needed"),
    ]:
        path = written(tmp_path, text)
        with pytest.raises(InputError) as caught:
            read(path)
        assert str(caught.value) == why.format(path=path)


def test_large_values_are_read_across_blocks():
    data = {"a": ["x" * 200_000, 123456, {"b": ["ä" * 70_000]}], "c": 1.5}
    cursor = JsonCursor(io.BytesIO(json.dumps(data, ensure_ascii=False).encode()))
    assert {name: cursor.value() for name in cursor.members()} == data
    assert cursor.peek() == ""


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=80),
    st.sampled_from([b'[{"text":"a"},', b'{"messages":[{"type":"message","from_id":1,', b'{"text":1}\n{', b""]),
)
def test_nothing_but_input_errors(tmp_path, tail, start):
    path = tmp_path / "a.json"
    path.write_bytes(start + tail + b" ")
    try:
        assert all(record.source for record in read(path))
    except InputError as error:
        assert str(path) in str(error)


def test_a_cursor_says_where_the_document_is_wrong():
    with pytest.raises(JsonError, match=r"'\]' expected at character 3, found '2'"):
        list(JsonCursor(io.BytesIO(b"[1 2]")).items())
