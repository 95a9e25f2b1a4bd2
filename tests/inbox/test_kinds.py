from pathlib import Path

import pytest
import yaml

from stageclf.inbox.mail import read_mail

MAILS = yaml.safe_load((Path(__file__).parents[1] / "fixtures/mail/kinds.yaml").read_text(encoding="utf-8"))


def mail(subject="Hallo", text="Ich nehme zwei.", **headers):
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\n".join([f"Subject: {subject}", "Content-Type: text/plain; charset=utf-8", *lines])
    return read_mail(f"{head}\n\n{text}".encode(), "x", 1)


def test_automatic_mails_are_told_from_written_ones_without_headers():
    found = [case for case in MAILS["automatic"] if mail(**case).auto_submitted]
    wrong = [case["subject"] for case in MAILS["written"] if mail(**case).auto_submitted]
    assert len(found) >= 0.95 * len(MAILS["automatic"])
    assert wrong == []


def test_written_mails_are_not_bulk():
    assert [case["subject"] for case in MAILS["written"] if mail(**case).bulk] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated (rejected)"},
        {"X_Auto_Response_Suppress": "All"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"Precedence": "auto_reply"},
        {"From": "Mail Delivery System <MAILER-DAEMON@mx.example.org>"},
        {"X_Failed_Recipients": "a@example.org"},
    ],
)
def test_headers_of_automatic_mails(headers):
    assert mail(**headers).auto_submitted


@pytest.mark.parametrize(
    "headers",
    [
        {"List_Unsubscribe": "<mailto:off@example.org>"},
        {"List_Id": "<news.example.org>"},
        {"Precedence": "bulk"},
        {"Feedback_ID": "1:2:3"},
        {"From": "noreply@example.org"},
    ],
)
def test_headers_of_mails_to_many(headers):
    record = mail(**headers)
    assert record.bulk and not record.auto_submitted


def test_a_person_is_neither():
    record = mail(From="Anna <anna@example.org>", Return_Path="<anna@example.org>", Auto_Submitted="no")
    assert not record.auto_submitted and not record.bulk


def test_mails_through_a_shared_inbox_are_not_bulk():
    assert not mail(Precedence="list", List_ID="<s.example.org>", X_Google_Group_Id="12").bulk


def test_a_delivery_report_is_automatic():
    data = (
        b"Subject: x\nContent-Type: multipart/report; report-type=delivery-status; boundary=A\n\n--A\n\nsorry\n"
        b"--A\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n--A--\n"
    )
    record = read_mail(data, "x", 1)
    assert record.auto_submitted and record.note == "a delivery status"


def test_a_newsletter_without_headers_is_known_by_its_lines():
    text = "Angebote im Mai\n\nIm Browser ansehen\n\nSie erhalten diese E-Mail, weil Sie Kunde sind. Hier abmelden"
    assert mail(text=text).bulk


def test_a_quoted_automatic_reply_does_not_count():
    quoted = "\n".join("> " + line for line in MAILS["automatic"][2]["text"].splitlines())
    assert not mail(text=f"Dann bis Juni.\n\n{quoted}").auto_submitted


TEXTS = yaml.safe_load((Path(__file__).parents[1] / "fixtures/mail/kinds_text.yaml").read_text(encoding="utf-8"))


def test_automatic_mails_are_told_by_what_they_say():
    found = [text for text in TEXTS["automatic"] if mail("Re: 4711", text).auto_submitted]
    assert len(found) >= 0.9 * len(TEXTS["automatic"])


def test_mails_of_people_about_absences_and_bounces_are_not_automatic():
    records = [mail("Re: 4711", text) for text in TEXTS["written"]]
    assert sum(record.auto_submitted or record.bulk for record in records) <= 2  # of 180: indeed worded like notes


def test_orders_invitations_and_other_notices_are_known_without_headers():
    records = [mail("Re: 4711", text) for text in TEXTS["notices"]]
    assert sum(record.auto_submitted or record.bulk for record in records) >= 0.9 * len(records)


MORE = yaml.safe_load((Path(__file__).parents[1] / "fixtures/mail/kinds_more.yaml").read_text(encoding="utf-8"))


def test_automatic_mails_and_near_misses_in_twelve_languages():
    found = {kind: [mail(**case) for case in cases] for kind, cases in MORE.items()}
    assert not [record.note for records in found.values() for record in records if record.status == "unreadable"]
    automatic = [record for record in found["automatic"] if record.auto_submitted or record.bulk]
    wrong = [record.subject for record in found["written"] if record.auto_submitted or record.bulk]
    assert len(automatic) >= 0.9 * len(found["automatic"])
    assert len(wrong) <= 0.01 * len(found["written"]), wrong


def test_every_word_of_the_lists_can_be_read():
    from stageclf.inbox.kinds_words import WORDS

    words = {word.strip("*") for entries in WORDS.values() for entry in entries.split() for word in entry.split("_")}
    assert mail(text=" ".join(sorted(words))).status == "ok"
    assert [word for word in words if mail(text=f"{word} {word}").note.startswith("mail")] == []


@pytest.mark.parametrize(
    ("question", "automatic"), [("Urgent? Please call 01632 960 111.", True), ("Is Tuesday possible?", False)]
)
def test_a_question_that_is_answered_at_once_asks_nothing(question, automatic):
    text = f"I am out of the office until 3 June and will reply when I return. {question}"
    assert mail("Re: lamp", text).auto_submitted is automatic
