"""Complaints in words near a phone's line, a legal notice, a footer: nothing of them goes. What machines write goes."""

import pytest

from stageclf.model.reading import as_read
from stageclf.text import clean
from stageclf.text.cleaning.phone_line import is_phone_line
from stageclf.text.cleaning.rows import fold

OWN = "Ja, wir nehmen zwei Stühle."


@pytest.mark.parametrize(
    ("greeting", "own"),
    [
        ("Hallo,", "ich habe am Montag bestellt.\nDas Handy wurde noch nicht geschickt.\nBitte stornieren Sie die Bestellung."),
        ("Goedemorgen,", "ik wacht al twee weken.\nMijn telefoon is nog niet verzonden.\nIk wil mijn geld terug."),
        ("", "Ich habe eine Frage.\nKann man die App auf dem Mac herunterladen\nDanke, und was kostet das Jahresabo?"),
        ("", "Telefonumu iade etmek istiyorum.\nYanlış telefon gönderildi\nParamı geri istiyorum"),
        ("Tere", "Tellisin esmaspäeval.\nSaadetud telefon ei tööta.\nPalun raha tagasi."),
        ("", "Your shop is great.\nSent by Bell courier, it arrived late\nI want a refund"),
        ("Hej,", "Jag beställde i maj.\nFel telefon blev skickat\nJag vill ha pengarna tillbaka."),
        ("Hej", "Jeg bestilte i maj.\nMin telefon er ikke sendt\nJeg vil have pengene tilbage."),
        ("Hei", "Tilasin toukokuussa.\nLähetetty iPhone ei toimi\nHaluan rahat takaisin."),
        ("Szia", "Májusban rendeltem.\nA telefon nem lett elküldve\nKérem vissza a pénzem."),
        ("Hello,\n", "I ordered two weeks ago. It took you six days to respond.\nI want my money back.\n\nAnna"),
        ("Dobrý den,\n", "omylem jsem objednala zboží určené pro jiného příjemce. Prosím o informace, jak objednávku zrušit.\n\nJana"),
        ("Dzień dobry,\n", "jeśli nie oddacie pieniędzy, proszę trwale usunąć konto. Adresat paczki jest błędny."),
        ("Goedemiddag,\n", "ik wil me uitschrijven, maar www.shop.nl/account werkt niet.\nGraag mijn abonnement stopzetten."),
        ("", "Cerco un computer nuovo.\n\nVorrei un portatile senza virus e veloce.\nQuanto costa il modello da 15 pollici"),
    ],
)  # fmt: skip
def test_a_complaint_is_read_whole(greeting, own):
    assert own in as_read(f"{greeting}\n{own}")


@pytest.mark.parametrize(
    "own",
    [
        "Если вы не вернете деньги, удалите аккаунт. Заказ ошибочно отправлен другому получателю.",
        "I ordered two weeks ago. Please reply to this email as soon as possible.",
        "I want to unsubscribe from this list, but www.shop.com/u is broken.",
        "Busco un portátil sin virus.",
        "Ищу ноутбук без вирусов и недорого",
        "Le colis a été livré par erreur à un autre destinataire, merci de le supprimer. Si vous n'êtes pas d'accord, dites-le.",
        "Eğer alıcı adresi yanlışlıkla girildiyse siparişi siliniz lütfen. Ürünü istiyorum.",
        "Ako niste poslali paket, obrišite moj račun. Primatelj je greškom krivi.",
        "Jos et ole lähettänyt pakettia, poista tilaus. Vastaanottaja on väärä, vahingossa.",
        "Amennyiben a címzett téves, törölje a rendelést.",
        "Bitte löschen Sie diese Bestellung, sie wurde irrtümlich aufgegeben. Falls Sie das nicht machen, informieren Sie bitte den Chef.",
        "If you are not able to deliver, delete it and contact the sender, the parcel has no liability.",
    ],
)  # fmt: skip
def test_no_complaint_is_a_notice_or_a_footer(own):
    assert own in clean(f"Hallo,\n\n{own}\n\nDanke für alles, wir warten.").kept


@pytest.mark.parametrize(
    "line",
    [
        "Von meinem Samsung Galaxy Smartphone gesendet.", "Von meinem iPhone gesendet, bitte entschuldigen Sie Tippfehler",
        "Vom iPad verfasst", "Mit der WEB.DE iPhone App gesendet", "Outlook für iOS beziehen", "Outlook für Android herunterladen",
        "Vanaf mijn iPhone verzonden", "Outlook voor Android downloaden", "Windows 10 için Posta ile gönderildi",
        "Samsung Galaxy akıllı telefonumdan gönderildi.", "iOS için Outlook'u edinin", "Az Outlook beszerzése iOS rendszerre",
        "Elküldve az iPhone-omról", "Samsung Galaxy okostelefonról küldve.", "Lähetetty Samsung Galaxy -älypuhelimesta",
        "Lähetetty puhelimestani", "Lähetetty Windowsin Sähköpostista", "Saadetud telefonist", "Från min iPhone skickat",
        "Iš mano iPhone išsiųsta", "Sent via the Samsung Galaxy S5, an AT&T 4G LTE smartphone", "Sent by my iPhone, please excuse typos",
    ],
)  # fmt: skip
def test_the_lines_of_phones_are_told(line):
    assert is_phone_line(fold(line))


@pytest.mark.parametrize(
    "line",
    [
        "Mit dem Handy wurde kein Ladekabel geschickt", "Von meinem Konto wurde das Handy abgebucht",
        "Aus Versehen habt ihr ein Samsung geschickt", "Kann man Outlook auf dem Mac herunterladen",
        "Verkeerde telefoon verzonden", "Met mijn telefoon heb ik een foto verstuurd", "Telefonu nereden indirin",
        "Iphone helyett Samsung küldve", "Puhelin iPhone lähetetty", "Vale telefon saadetud", "Forkert mobil sendt",
        "Sent by Bell courier, and it arrived too late", "Sent by mistake a Samsung phone instead of Nokia",
    ],
)  # fmt: skip
def test_a_sentence_about_a_phone_is_no_phones_line(line):
    assert not is_phone_line(fold(line))


@pytest.mark.parametrize(
    "line",
    [
        "Garanti sans virus.\nwww.avast.com", "Senza virus.www.avast.com", "Без вирусов. www.avast.com",
        "This email has been scanned for all viruses by the MessageLabs SkyScan service.",
        "To respond, reply to this email or visit https://meta.example.org/t/x",
        "Reply to this email directly, view it on GitHub, or unsubscribe.",
        "Klik hier om u te laten uitschrijven: https://x.example/u", "Чтобы отписаться, нажмите https://x.example",
        "Tato zpráva je určena pouze adresátovi. Pokud nejste příjemce, prosím informujte odesílatele a zprávu vymažte.",
        "Это письмо предназначено адресату. Если вы получили его по ошибке, удалите его и уведомите отправителя.",
        "Si vous n'êtes pas le destinataire de ce message, merci d'avertir l'expéditeur et de le supprimer.",
        "Tämä viesti on luottamuksellinen ja tarkoitettu vain vastaanottajalle.",
        "Šī ziņa ir konfidenciāla un paredzēta tikai adresātam.",
    ],
)  # fmt: skip
def test_what_machines_append_still_goes(line):
    assert clean(f"{OWN}\n\n{line}\n").kept == OWN
