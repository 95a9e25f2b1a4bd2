"""What machines put into mails, in many languages, each with its reason; and own sentences near it."""

import pytest

from stageclf.text import clean

OWN = "Ja, wir nehmen zwei Stühle."

CASES = [
    ("mobile", line)
    for line in (
        "Sent from my iPhone", "Sent from my Wiko RIDGE FAB 4G", "Sent from Yahoo Mail on Android", "Sent via BlackBerry by AT&T",
        "Get Outlook for iOS<https://aka.ms/o0ukef>", "Sent with Proton Mail secure email.", "Sent from Outlook for Android",
        "Sent from Mail for Windows", "Sent from my Galaxy", "Von meinem iPhone gesendet", "Gesendet von Outlook für Android<https://aka.ms/x>",
        "Diese Nachricht wurde von meinem Android Mobiltelefon mit GMX Mail gesendet.", "Gesendet mit der GMX Mail App",
        "Στάλθηκε από το iPhone μου", "Στάλθηκε από το Samsung Galaxy smartphone μου.", "Εστάλη από το κινητό μου",
        "Λήψη του Outlook για Android", "Envoyé de mon iPhone", "Envoyé depuis mon mobile Orange", "Télécharger Outlook pour iOS",
        "Enviado desde mi iPhone", "Enviado desde Outlook para Android", "Inviato da iPhone", "Inviato dal mio Galaxy",
        "Enviado do meu iPhone", "Verstuurd vanaf mijn iPhone", "Verzonden vanuit Outlook voor iOS", "Wysłane z iPhone'a",
        "Wysłano z telefonu Samsung", "Trimis de pe iPhone", "Изпратено от моя iPhone", "Отправлено с iPhone", "Надіслано з iPhone",
        "iPhone'umdan gönderildi", "Skickat från min iPhone", "Sendt fra min iPhone", "Lähetetty iPhonesta", "Odesláno z iPhonu",
        "Odoslané z iPhonu", "Poslano z mojega iPhona", "Poslano s iPhonea", "Послато са iPhone-а", "Az iPhone-omról küldve",
        "Išsiųsta iš iPhone", "Nosūtīts no iPhone", "Saadetud minu iPhone'ist", "Dërguar nga iPhone im", "发自我的 iPhone", "iPhoneから送信",
        "나의 iPhone에서 보냄",
    )
] + [
    ("disclaimer", "This e-mail and any attachments are confidential and intended solely for the addressee. If you have received it in error, please delete it."),
    ("disclaimer", "CONFIDENTIALITY NOTICE: The contents of this email message are intended solely for the addressee(s)\nand may contain confidential and/or privileged information."),
    ("disclaimer", "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, informieren Sie bitte sofort den Absender und vernichten Sie diese E-Mail."),
    ("disclaimer", "Το παρόν μήνυμα είναι εμπιστευτικό και προορίζεται αποκλειστικά για τον παραλήπτη. Αν το λάβατε κατά λάθος, διαγράψτε το."),
    ("disclaimer", "Ce message est confidentiel. Si vous n'êtes pas le destinataire, merci de le détruire."),
    ("disclaimer", "Este mensaje es confidencial y va dirigido a su destinatario. Si lo ha recibido por error, elimínelo."),
    ("disclaimer", "Questo messaggio è riservato al destinatario. Se ricevuto per errore, siete pregati di cancellarlo."),
    ("disclaimer", "Esta mensagem é confidencial e dirigida ao destinatário. Se a recebeu por engano, elimine-a."),
    ("disclaimer", "Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde."),
    ("disclaimer", "Niniejsza wiadomość jest poufna i przeznaczona wyłącznie dla adresata."),
    ("disclaimer", "Acest mesaj este confidențial și destinat exclusiv destinatarului."),
    ("disclaimer", "Това съобщение е поверително и е предназначено само за получателя."),
    ("disclaimer", "Это сообщение конфиденциально и предназначено только адресату."),
    ("disclaimer", "Це повідомлення є конфіденційним і призначене лише для адресата."),
    ("disclaimer", "Bu e-posta gizli olup yalnızca alıcısına aittir. Yanlışlıkla aldıysanız lütfen siliniz."),
    ("disclaimer", "Detta meddelande är konfidentiellt och avsett endast för mottagaren."),
    ("disclaimer", "Denne e-mail er fortrolig og kun tiltænkt modtageren."),
    ("disclaimer", "Tato zpráva je důvěrná a je určena pouze adresátovi."),
    ("disclaimer", "Ova poruka je povjerljiva i namijenjena samo primatelju."),
    ("disclaimer", "Ez az üzenet bizalmas, kizárólag a címzett részére szól."),
    ("footer", "Please consider the environment before printing this e-mail."),
    ("footer", "Bitte denken Sie an die Umwelt, bevor Sie diese E-Mail ausdrucken."),
    ("footer", "Σκεφτείτε το περιβάλλον πριν εκτυπώσετε αυτό το μήνυμα."),
    ("footer", "Pensez à l'environnement avant d'imprimer ce message."),
    ("footer", "Virus-free. www.avast.com"),
    ("footer", "Diese E-Mail wurde von Avast auf Viren geprüft.\nwww.avast.com"),
    ("footer", "Χωρίς ιούς. www.avast.com"),
    ("footer", "_______________________________________________\nhelp mailing list\nhelp@lists.example.org\nhttps://lists.example.org/mailman/listinfo/help"),
    ("footer", "Reply to this email directly or view it on GitHub."),
    ("unsubscribe", "You received this message because you are subscribed to the Google Groups \"chairs\" group.\nTo unsubscribe from this group, send an email to chairs+unsubscribe@googlegroups.com."),
    ("unsubscribe", "To unsubscribe from this newsletter, click here: https://example.com/u"),
    ("unsubscribe", "Newsletter abbestellen: https://example.com/u"),
    ("unsubscribe", "Για διαγραφή από τη λίστα πατήστε https://example.gr/u"),
    ("signature", "-- \nAnna Muster\nMusterweg 1\nTel. +49 30 123456"),
    ("signature", "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCAAdFiEE\n-----END PGP SIGNATURE-----"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "line"), CASES)
def test_machine_lines_go_with_their_reason(reason, line):
    cleaned = clean(f"{OWN}\n\n{line}\n")
    assert cleaned.kept == OWN
    assert {span.reason for span in cleaned.removed} == {reason}


@pytest.mark.parametrize(
    "banner",
    [
        "[EXTERNAL]", "[EXTERNAL EMAIL]", "*EXTERNAL*",
        "CAUTION: This email originated from outside of the organization. Do not click links or open attachments unless you recognize the sender.",
        "Achtung: Diese E-Mail kommt von extern. Bitte klicken Sie nicht auf Links oder Anhänge.",
        "ΠΡΟΣΟΧΗ: Αυτό το μήνυμα προέρχεται από εξωτερικό αποστολέα. Μην ανοίγετε συνδέσμους.",
        "You don't often get email from anna@example.com. Learn why this is important",
        "Attention : ce message provient d'un expéditeur externe.",
        "WARNING: external sender\nDo not click links or open attachments unless you know the content is safe.",
    ],
)  # fmt: skip
def test_a_gateway_warning_at_the_top_goes(banner):
    cleaned = clean(f"{banner}\n\n{OWN}\n")
    assert cleaned.kept == OWN
    assert {span.reason for span in cleaned.removed} == {"banner"}


def test_text_below_a_phone_line_is_the_quote_that_the_phone_left_unmarked():
    assert clean(f"{OWN}\n\nSent from my iPhone\n\nWhich chairs do you take?\nAnna\n").kept == OWN
    assert clean(f"Sent from my iPhone\n\n{OWN}").kept == OWN


def test_below_a_reply_mark_everything_is_the_help_desks():
    assert (
        clean(f"{OWN}\n\n##- Please type your reply above this line -##\n\nYour request (17) was received.\n").kept
        == OWN
    )
    assert clean(f"{OWN}\n\n--- Απαντήστε πάνω από αυτή τη γραμμή ---\n\nΤο αίτημά σας ελήφθη.\n").kept == OWN


def test_a_disclaimer_within_a_line_is_cut_from_where_it_begins():
    notice = (
        "Diese E-Mail ist vertraulich. Wenn Sie nicht der richtige Adressat sind, vernichten Sie bitte diese E-Mail."
    )
    cleaned = clean(f"{OWN} {notice}")
    assert cleaned.kept == OWN


@pytest.mark.parametrize(
    "text",
    [
        "Sent from Germany on Monday, the parcel is still not here.",
        "How do I unsubscribe from this newsletter?",
        "Bitte behandeln Sie das vertraulich.",
        "Das Handy wurde gesendet, aber nicht gesehen.",
        "Θέλω ένα iPhone από το κατάστημα.",
        "Does the Outlook add-in work on iOS?",
        "I work for an external company, outside of the organization chart.",
        "Please delete it from my order and notify the sender of the parcel.",
        "Print fewer flyers: think of our budget.",
        "Η παραλαβή είναι εμπιστευτική υπόθεση, σας παρακαλώ.",
    ],
)
def test_own_sentences_near_it_stay(text):
    assert clean(text).kept == text
    assert clean(f"Guten Tag,\n\n{text}\n\nAnna").kept == f"Guten Tag,\n\n{text}\n\nAnna"
