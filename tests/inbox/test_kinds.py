import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageclf.inbox import kinds_model
from stageclf.inbox.kinds_text import without_quotes
from stageclf.inbox.mail import read_mail
from stageclf.text.clean import clean

# Written by other hands than those that the model learnt from.
UNSEEN = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data/mails/test.jsonl").read_text(encoding="utf-8").splitlines()
]


def mail(subject="Hallo", text="Ich nehme zwei.", **headers):
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\n".join([f"Subject: {subject}", "Content-Type: text/plain; charset=utf-8", *lines])
    return read_mail(f"{head}\n\n{text}".encode(), "x", 1)


def flagged(kinds):
    records = [mail(row["subject"], row["text"]) for row in UNSEEN if row["kind"] in kinds]
    return sum(record.auto_submitted or record.bulk for record in records) / len(records)


def test_unseen_automatic_mails_are_told_from_peoples_without_headers():
    assert flagged({"auto", "bulk"}) >= 0.7
    assert flagged({"person"}) <= 0.03  # half of them were written to look like automatic ones


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
    quoted = "> Vielen Dank für Ihre Nachricht. Ich bin bis 3. Juni nicht im Büro.\n> Ihre E-Mail wird nicht weitergeleitet."
    assert not mail(text=f"Dann bis Juni.\n\n{quoted}").auto_submitted
    assert mail("Re: Termin", quoted.replace("> ", "")).auto_submitted


@pytest.mark.parametrize(
    ("subject", "text", "automatic"),
    [
        ("Automatic reply: Offer 2210", "I am out of the office until 14 May.", True),
        ("Αυτόματη απάντηση: Προσφορά", "", True),
        ("Undelivered Mail Returned to Sender", "<bob@example.net>: host mx said: 550 5.1.1 User unknown", True),
        ("Re: Angebot", "Wir nehmen das Angebot an, 500 Stück, bitte mit Rechnung.", False),
        ("Re: your mail", "I'm away next week, could you ring me on Monday instead?", False),
    ],
)
def test_subjects_and_reports(subject, text, automatic):
    assert mail(subject, text).auto_submitted is automatic


RECEIPTS = [
    ("Your message", "To: Sales\nSubject: Offer\nSent: 3 March 2025 10:12", "was read on 3 March 2025 11:40."),
    ("Ihre Nachricht", "An: Verkauf\nBetreff: Offer\nGesendet: 3. März 2025 10:12", "wurde am 3. März gelesen."),
    ("Το μήνυμά σας", "Προς: Πωλήσεις\nΘέμα: Offer\nΕστάλη: 3/3/2025 10:12 πμ", "διαβάστηκε στις 3/3/2025."),
]


@pytest.mark.parametrize(("title", "headers", "read"), RECEIPTS)
def test_a_receipt_is_seen_whole(title, headers, read):
    receipt = f"{title}\n\n{headers}\n\n{read}"
    assert without_quotes(clean(receipt)) == receipt
    assert mail("Offer", f"{headers}\n\n{read}").auto_submitted


def test_a_servers_answer_is_seen():
    answer = (
        "<bob@example.net>: host mx.example.net[192.0.2.1] said: 550 5.1.1\n    User unknown (in reply to RCPT TO)"
    )
    assert without_quotes(clean(f"Your mail came back.\n\n{answer}")).endswith(answer)
    session = ">>> RCPT To:<bob@example.net>\n<<< 550 User unknown"
    assert without_quotes(clean(f"Transcript of session follows\n{session}")).endswith(session)


@pytest.mark.parametrize(
    "text",
    [
        "Danke!\n\nAn: Anna <a@x.de>\nBetreff: Offer\nGesendet: Montag\n\nIhr Ticket 17 ist eingegangen.",
        "Your message\n\nFrom: Bob\nTo: Sales\nSubject: Offer\nSent: 3 March 2025 10:12\n\nWe are closed.",
        "Your message\n\nTo: Sales\nSubject: Offer\nSent: 3 March 2025 10:12\n\n" + "We are closed. " * 30,
        "See below.\n\n> To: Sales\n> Subject: Offer\n> was read",
        "Wir nehmen zwei.\n\nAm 3. März 2025 schrieb Bob <bob@example.net>:\n> Wir haben Urlaub.",
    ],
)
def test_a_quote_is_not_seen(text):
    said = without_quotes(clean(text))
    assert said.strip() == text.split("\n")[0]


def test_the_same_mail_always_gets_the_same_probabilities():
    kinds_model.kind_of.cache_clear()
    first = kinds_model.kind_of("Info", "Ihre Bestellung ist unterwegs.")
    kinds_model.kind_of.cache_clear()
    assert kinds_model.kind_of("Info", "Ihre Bestellung ist unterwegs.") == first
    assert 0 <= first.auto + first.bulk <= 1


def test_an_empty_mail_is_not_said_to_be_automatic():
    assert kinds_model.kind_of("", "").auto < 0.5


@given(st.text(), st.text())
def test_any_text_can_be_asked_about(subject, text):
    assert 0 <= sum(kinds_model.kind_of(subject, text)) <= 1.0001
