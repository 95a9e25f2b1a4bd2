"""Outlook's blocks of headers, lines between dashes, and forwarded mails, in many languages."""

import pytest

from stageclf.text import clean

OWN = "Passt, bitte liefern."

BLOCKS = {
    "en": ("From", "Sent", "To", "Subject"),
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "el": ("Από", "Στάλθηκε", "Προς", "Θέμα"),
    "el2": ("Από", "Εστάλη", "Προς", "Θέμα"),
    "fr": ("De", "Envoyé", "À", "Objet"),
    "es": ("De", "Enviado el", "Para", "Asunto"),
    "it": ("Da", "Inviato", "A", "Oggetto"),
    "pt": ("De", "Enviado", "Para", "Assunto"),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp"),
    "pl": ("Od", "Wysłano", "Do", "Temat"),
    "ro": ("De la", "Trimis", "Către", "Subiect"),
    "bg": ("От", "Изпратено", "До", "Относно"),
    "ru": ("От", "Отправлено", "Кому", "Тема"),
    "uk": ("Від", "Надіслано", "Кому", "Тема"),
    "tr": ("Kimden", "Gönderildi", "Kime", "Konu"),
    "sv": ("Från", "Skickat", "Till", "Ämne"),
    "da": ("Fra", "Sendt", "Til", "Emne"),
    "fi": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    "cs": ("Od", "Odesláno", "Komu", "Předmět"),
    "sk": ("Od", "Odoslané", "Komu", "Predmet"),
    "sl": ("Od", "Poslano", "Za", "Zadeva"),
    "hr": ("Od", "Poslano", "Za", "Predmet"),
    "sr": ("Од", "Послато", "За", "Наслов"),
    "hu": ("Feladó", "Elküldve", "Címzett", "Tárgy"),
    "lt": ("Nuo", "Išsiųsta", "Kam", "Tema"),
    "lv": ("No", "Nosūtīts", "Kam", "Temats"),
    "et": ("Saatja", "Saadetud", "Saaja", "Teema"),
    "sq": ("Nga", "Dërguar", "Për", "Subjekti"),
    "zh": ("发件人", "发送时间", "收件人", "主题"),
    "ja": ("差出人", "送信日時", "宛先", "件名"),
    "ko": ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
}
VALUES = ("Anna Muster <anna@example.com>", "3/3/2025 10:12", "info@example.com", "Angebot")


def block(labels, form="{}: {}"):
    return "\n".join(form.format(label, value) for label, value in zip(labels, VALUES, strict=True))


@pytest.mark.parametrize("language", BLOCKS)
@pytest.mark.parametrize("form", ["{}: {}", "*{}:* {}", "**{}:** {}", "{} : {}", "> {}: {}", "{}:\t{}"])
def test_a_block_of_headers_takes_the_rest(language, form):
    body = "> Passt Montag?" if form.startswith(">") else "Passt Montag?"
    assert clean(f"{OWN}\n\n{block(BLOCKS[language], form)}\n\n{body}\n").kept == OWN


@pytest.mark.parametrize("language", BLOCKS)
def test_a_block_without_addresses_and_with_a_rule_above(language):
    labels = BLOCKS[language]
    text = f"{OWN}\n________________________________\n{labels[0]}: Anna\n{labels[1]}: 3.3.2025\n{labels[2]}: Max\n{labels[3]}: RE: x\n\nPasst?"
    assert clean(text).kept == OWN


@pytest.mark.parametrize("order", [(1, 0, 2, 3), (3, 1, 0, 2), (0, 3, 1, 2), (0, 2, 3, 1)])
def test_headers_in_any_order(order):
    labels = ("From", "Date", "To", "Subject")
    head = "\n".join(f"{labels[n]}: {VALUES[n]}" for n in order)
    assert clean(f"{OWN}\n\n{head}\n\nDoes Monday fit?\n").kept == OWN


def test_headers_that_wrap_stand_apart_or_share_a_line():
    wrapped = "From: Anna Muster\n<anna@example.com>\nSent: Monday, 3 March 2025 10:12\nTo: a@example.com;\n b@example.com\nSubject: An offer\nfor chairs"
    assert clean(f"{OWN}\n\n{wrapped}\n\nDoes it fit?").kept == OWN
    assert clean(f"{OWN}\n\n" + block(BLOCKS["de"]).replace("\n", "\n\n") + "\n\nPasst?").kept == OWN
    assert clean(f"{OWN} " + block(BLOCKS["de"]).replace("\n", " ") + " Passt Montag?").kept == OWN


@pytest.mark.parametrize(
    "marker",
    [
        "-----Original Message-----", "----- Ursprüngliche Nachricht -----", "-------- Αρχικό μήνυμα --------",
        "-------- Message d'origine --------", "-----Mensaje original-----", "-----Messaggio originale-----",
        "-----Mensagem original-----", "-----Oorspronkelijk bericht-----", "-----Wiadomość oryginalna-----",
        "-----Mesaj original-----", "-----Исходное сообщение-----", "-------- Оригинално съобщение --------",
        "-----Özgün İleti-----", "-----Ursprungligt meddelande-----", "-----Oprindelig meddelelse-----",
        "-----Opprinnelig melding-----", "-----Alkuperäinen viesti-----", "---------- Původní e-mail ----------",
        "-----Pôvodná správa-----", "-----Izvirno sporočilo-----", "-----Izvorna poruka-----",
        "-----Eredeti üzenet-----", "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐", "*-------- Original Message --------*",
        "------ Originalnachricht ------", "-----Algsõnum-----",
    ],
)  # fmt: skip
def test_a_line_between_dashes_takes_the_rest(marker):
    assert clean(f"{OWN}\n\n{marker}\nAnna\nPasst Montag?\n").kept == OWN


FORWARDS = [
    "---------- Forwarded message ---------", "---------- Weitergeleitete Nachricht ----------",
    "---------- Προωθημένο μήνυμα ---------", "---------- Message transféré ---------",
    "---------- Mensaje reenviado ---------", "---------- Messaggio inoltrato ---------",
    "---------- Mensagem encaminhada ---------", "---------- Doorgestuurd bericht ---------",
    "---------- Przekazana wiadomość ---------", "---------- Mesaj redirecționat ---------",
    "---------- Пересылаемое сообщение ---------", "---------- Препратено съобщение ---------",
    "---------- Yönlendirilmiş Mesaj ---------", "---------- Vidarebefordrat meddelande ---------",
    "---------- Videresendt besked ---------", "---------- Přeposlaná zpráva ---------", "Begin forwarded message:",
    "Anfang der weitergeleiteten Nachricht:", "Αρχή προωθημένου μηνύματος:", "Début du message réexpédié :",
    "----- Forwarded by Anna Smith/ACME on 03/03/2025 10:12 AM -----",
]  # fmt: skip


@pytest.mark.parametrize("marker", FORWARDS)
def test_a_forward_goes_below_own_words_and_stays_without_them(marker):
    mail = f"{marker}\n{block(('From', 'Date', 'To', 'Subject'))}\n\nWir nehmen das Sofa.\n"
    below = clean(f"Zur Info.\n\n{mail}")
    assert below.kept == "Zur Info."
    assert {span.reason for span in below.removed} == {"forward"}
    alone = clean(mail)
    assert alone.kept == "Wir nehmen das Sofa."
    assert alone.note == "only a forwarded message"


def test_a_forward_below_a_phone_line_or_a_signature_has_no_own_words():
    mail = f"{FORWARDS[0]}\n{block(BLOCKS['el'])}\n\nΠαίρνουμε τον καναπέ.\n"
    assert clean(f"Στάλθηκε από το iPhone μου\n\n{mail}").kept == "Παίρνουμε τον καναπέ."
    assert "Παίρνουμε τον καναπέ." in clean(f"Με εκτίμηση\nΆννα\n\n{mail}").kept


def test_a_forward_whose_text_is_marked_keeps_it():
    assert (
        "We take it."
        in clean("Begin forwarded message:\n\n> From: A <a@b.com>\n> Subject: B\n>\n> We take it.\n").kept
    )


def test_a_chain_of_forwards_keeps_the_innermost_text():
    head = f"{FORWARDS[0]}\n{block(('From', 'Date', 'To', 'Subject'))}\n\n"
    assert clean(head + head + "We take it.").kept == "We take it."


def test_a_quote_alone_at_the_top_is_kept_and_named():
    cleaned = clean('On 8 May 2017 17:34, "A B" <a.b@example.com> wrote:\n\nIt should be four.\n')
    assert cleaned.kept == "It should be four."
    assert cleaned.note == "only quoted text"


@pytest.mark.parametrize(
    "text",
    [
        "Invitation:\n\nDate: Wednesday 3, October 2011\nTime: 7:00am\nAddress: 130 Fox St\n\nPlease bring your ID.",
        "Umzug anfragen:\nVon: Wien\nAn: Graz\nDatum: 3. Mai 2025\nWas kostet das?",
        "Name: Anna\nBetreff: Anfrage\nNachricht: Ich suche ein Sofa.",
        "Von: hier aus\nkein Kopf",
        "Μετακόμιση\nΑπό: Αθήνα\nΠρος: Πάτρα\nΠότε μπορείτε;",
        "---- Enter Feedback Below ----\n\nThe chairs are good.",
        "The original message was lost, please send it again.",
        "Forwarded message from my husband: he wants the blue one.",
    ],
)  # fmt: skip
def test_lists_of_ones_own_stay(text):
    assert clean(text).kept == text
