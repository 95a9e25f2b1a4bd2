"""The line above a quote, as mail programs write it in many languages: with and without marked lines below it."""

import pytest

from stageclf.text import clean

OWN = "Ναι, das passt. Please go ahead."

ATTRIBUTIONS = {
    "gmail en": "On Mon, 3 Mar 2025 at 10:12, Anna Smith <anna@example.com> wrote:",
    "gmail en us": "On Mon, Mar 3, 2025 at 10:12 AM Anna Smith <anna@example.com> wrote:",
    "gmail de": "Am Mo., 3. März 2025 um 10:12 Uhr schrieb Anna Muster <anna@example.de>:",
    "gmail de name first": "Anna Muster <anna@example.de> schrieb am Mo., 3. März 2025 um 10:12 Uhr:",
    "gmail el": "Στις Δευ 3 Μαρ 2025 στις 10:12 π.μ., ο χρήστης Άννα <anna@example.gr> έγραψε:",
    "gmail el iso": "2025-03-03 10:12 GMT+02:00 Άννα Παππά <anna@example.gr>:",
    "gmail fr": "Le lun. 3 mars 2025 à 10:12, Anna Dupont <anna@example.fr> a écrit :",
    "gmail es": "El lun, 3 mar 2025 a las 10:12, Ana (<ana@example.es>) escribió:",
    "gmail it": "Il giorno lun 3 mar 2025 alle ore 10:12 Anna Rossi <anna@example.it> ha scritto:",
    "gmail pt": "Anna Silva <anna@example.pt> escreveu (segunda, 3/03/2025 à(s) 10:12):",
    "gmail pt br": "Em seg., 3 de mar. de 2025 às 10:12, Anna <anna@example.br> escreveu:",
    "gmail nl": "Op ma 3 mrt 2025 om 10:12 schreef Anna de Vries <anna@example.nl>:",
    "gmail pl": "pon., 3 mar 2025 o 10:12 Anna Nowak <anna@example.pl> napisał(a):",
    "gmail ro": "În lun., 3 mar. 2025 la 10:12, Ana Pop <ana@example.ro> a scris:",
    "gmail bg": "На пн, 3.03.2025 г. в 10:12 Анна <anna@example.bg> написа:",
    "gmail ru": "пн, 3 мар. 2025 г. в 10:12, Анна <anna@example.ru>:",
    "gmail uk": "пн, 3 бер. 2025 р. о 10:12 Анна <anna@example.ua> пише:",
    "gmail tr": "Anna <anna@example.tr>, 3 Mar 2025 Pzt, 10:12 tarihinde şunu yazdı:",
    "gmail sv": "Den mån 3 mars 2025 kl 10:12 skrev Anna <anna@example.se>:",
    "gmail da": "Den man. 3. mar. 2025 kl. 10.12 skrev Anna <anna@example.dk>:",
    "gmail nb": "man. 3. mars 2025 kl. 10:12 skrev Anna <anna@example.no>:",
    "gmail fi": "ma 3. maalisk. 2025 klo 10.12 Anna (anna@example.fi) kirjoitti:",
    "gmail cs": "po 3. 3. 2025 v 10:12 odesílatel Anna <anna@example.cz> napsal:",
    "gmail sk": "po 3. 3. 2025 o 10:12 Anna <anna@example.sk> napísal(a):",
    "gmail sl": "V pon., 3. mar. 2025 ob 10:12 je oseba Ana <ana@example.si> napisala:",
    "gmail hr": "pon, 3. ožu 2025. u 10:12 Ana <ana@example.hr> napisao je:",
    "gmail sr": "пон, 3. мар 2025. у 10:12 Ана <ana@example.rs> је написао/ла:",
    "gmail hu": "Anna <anna@example.hu> ezt írta (időpont: 2025. márc. 3., H, 10:12):",
    "gmail lt": "2025-03-03, pr, 10:12 Ona <ona@example.lt> rašė:",
    "gmail lv": "pirmd., 2025. g. 3. marts, plkst. 10:12 — lietotājs Anna (<anna@example.lv>) rakstīja:",
    "gmail et": "Kasutaja Anna (<anna@example.ee>) kirjutas kuupäeval E, 3. märts 2025 kell 10:12:",
    "sq": "Më 3 mars 2025, 10:12, Ana <ana@example.al> shkroi:",
    "gmail ca": "Missatge de Anna <anna@example.cat> del dia dl., 3 de març 2025 a les 10:12:",
    "gmail vi": "Vào 10:12, Th 2, 3 thg 3, 2025 Anna <anna@example.vn> đã viết:",
    "gmail zh": "Anna <anna@example.cn> 于2025年3月3日周一 10:12写道：",
    "gmail zh tw": "Anna <anna@example.tw> 於 2025年3月3日 週一 上午10:12寫道：",
    "gmail ja": "2025年3月3日(月) 10:12 Anna <anna@example.jp>:",
    "gmail ko": "2025년 3월 3일 (월) 오전 10:12, Anna <anna@example.kr>님이 작성:",
    "apple en": "On 3 Mar 2025, at 10:12, Anna Smith <anna@example.com> wrote:",
    "apple without address": "On 3 Mar 2025, at 10:12, Anna Smith wrote:",
    "apple de": "Am 03.03.2025 um 10:12 schrieb Anna Muster <anna@example.de>:",
    "apple el": "Στις 3 Μαρ 2025, στις 10:12 π.μ., ο/η Άννα Παππά <anna@example.gr> έγραψε:",
    "apple fr": "Le 3 mars 2025 à 10:12, Anna Dupont <anna@example.fr> a écrit :",
    "apple nl": "Op 3 mrt. 2025 om 10:12 heeft Anna <anna@example.nl> het volgende geschreven:",
    "apple es": "El 3 mar 2025, a las 10:12, Ana <ana@example.es> escribió:",
    "apple it": "Il giorno 3 mar 2025, alle ore 10:12, Anna <anna@example.it> ha scritto:",
    "apple pl": "Wiadomość napisana przez Anna <anna@example.pl> w dniu 3 mar 2025, o godz. 10:12:",
    "apple sv": "3 mars 2025 kl. 10:12 skrev Anna <anna@example.se>:",
    "apple ru": "3 марта 2025 г., в 10:12, Анна <anna@example.ru> написал(а):",
    "apple tr": "Anna <anna@example.tr> şunları yazdı (3 Mar 2025 10:12):",
    "apple pt": "No dia 3 de mar. de 2025, às 10:12, Ana <ana@example.pt> escreveu:",
    "apple cs": "3. 3. 2025 v 10:12, Anna <anna@example.cz>:",
    "yahoo en": "On Monday, March 3, 2025 at 10:12:13 AM GMT+2, Anna Smith <anna@example.com> wrote:",
    "yahoo el": "Στις Δευτέρα 3 Μαρτίου 2025 στις 10:12:13 π.μ. EET, ο χρήστης Άννα <anna@example.gr> έγραψε:",
    "yahoo de": "Am Montag, 3. März 2025 um 10:12:13 MEZ hat Anna Muster <anna@example.de> Folgendes geschrieben:",
    "yahoo fr": "Le lundi 3 mars 2025 à 10:12:13 UTC+1, Anna <anna@example.fr> a écrit :",
    "yahoo ro": "luni, 3 martie 2025 la 10:12:13 EET, Ana Pop <ana@example.ro> a scris:",
    "thunderbird en": "On 3/3/25 10:12, Anna Smith wrote:",
    "thunderbird de": "Am 03.03.25 um 10:12 schrieb Anna Muster:",
    "thunderbird el": "Στις 3/3/2025 10:12 π.μ., ο/η Άννα Παππά έγραψε:",
    "thunderbird fr": "Le 03/03/2025 à 10:12, Anna Dupont a écrit :",
    "thunderbird pl": "W dniu 03.03.2025 o 10:12, Anna Nowak pisze:",
    "thunderbird it": "Il 03/03/25 10:12, Anna Rossi ha scritto:",
    "thunderbird ru": "03.03.2025 10:12, Анна пишет:",
    "thunderbird nl": "Op 03-03-2025 om 10:12 schreef Anna:",
    "thunderbird cs": "Dne 03. 03. 25 v 10:12 Anna napsal(a):",
    "thunderbird hu": "2025. 03. 03. 10:12 keltezéssel, Anna írta:",
    "thunderbird sv": "Den 2025-03-03 kl. 10:12, skrev Anna:",
    "thunderbird bg": "На 3.03.25 в 10:12, Анна написа:",
    "iphone el": "Στις 3 Μαρ 2025, στις 10:12, ο χρήστης Άννα έγραψε:",
    "proton": "On Monday, March 3rd, 2025 at 10:12 AM, Anna Smith <anna@example.com> wrote:",
    "outlook mac": "On 03/03/2025, 10:12, \"Anna Smith\" <anna@example.com> wrote:",
    "zoho": "---- On Mon, 03 Mar 2025 10:12:13 +0200 Anna Smith <anna@example.com> wrote ---",
    "roundcube de": "Am 2025-03-03 10:12, schrieb Anna Muster:",
    "roundcube el": "Στις 2025-03-03 10:12, Άννα Παππά έγραψε:",
    "yandex": "03.03.2025, 10:12, \"Анна\" <anna@example.ru>:",
    "mail.ru": "Понедельник, 3 марта 2025, 10:12 +03:00 от Анна <anna@example.ru>:",
    "ukr.net": "3 березня 2025, 10:12:13, від \"Анна\" <anna@example.ua>:",
    "spark": "On 3 Mar 2025, 10:12 +0200, Anna Smith <anna@example.com>, wrote:",
    "address first": "anna@example.com wrote on 3/3/25:",
    "name first de": "Anna schrieb am 03.03.2025 um 10:12:",
    "notes": "Anna Smith/ACME wrote on 03/03/2025 10:12:13 AM:",
    "aol": "In a message dated 3/3/2025 10:12:13 AM Eastern Standard Time, anna@example.com writes:",
    "horde": "Zitat von Anna Muster <anna@example.de>:",
    "the bat": "At 10:12 AM 3/3/2025, you wrote:",
    "libero": "Il 3 marzo 2025 10:12 CET Anna Rossi <anna@example.it> ha scritto:",
    "wp.pl": "Dnia 3 marca 2025 10:12 Anna Nowak <anna@example.pl> napisał(a):",
    "samsung": "-------- Anna Smith wrote --------",
}  # fmt: skip


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_an_attribution_takes_the_text_below_it(name):
    cleaned = clean(f"{OWN}\n\n{ATTRIBUTIONS[name]}\n\nWhat about Monday?\n\nAnna\n")
    assert cleaned.kept == OWN
    assert {span.reason for span in cleaned.removed} == {"quote"}


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_an_attribution_with_marked_lines_leaves_what_stands_below(name):
    assert clean(f"{ATTRIBUTIONS[name]}\n> What about Monday?\n> Anna\n\n{OWN}\n").kept == OWN


@pytest.mark.parametrize("name", [name for name in ATTRIBUTIONS if len(ATTRIBUTIONS[name].split()) > 5])
def test_an_attribution_may_break_before_any_of_its_last_words(name):
    words = ATTRIBUTIONS[name].split(" ")
    for cut in range(len(words) - 3, len(words)):
        wrapped = " ".join(words[:cut]) + "\n" + " ".join(words[cut:])
        assert clean(f"{OWN}\n\n{wrapped}\n\n> What about Monday?\n").kept == OWN, wrapped


def test_an_attribution_over_four_lines():
    text = f"{OWN}\n\nOn Mon, 3 Mar 2025\nat 10:12, Anna Smith\n<anna@example.com>\nwrote:\n\nWhat about Monday?\n"
    assert clean(text).kept == OWN


def test_an_attribution_directly_below_the_own_words():
    assert clean(f"{OWN}\nAm 03.03.25 um 10:12 schrieb Anna:\n> Passt Montag?\n").kept == OWN


def test_an_attribution_within_a_line():
    flat = f"{OWN} Am Mo., 3. März 2025 um 10:12 Uhr schrieb Anna <anna@example.de>: Passt Montag? Anna"
    assert clean(flat).kept == OWN
    assert clean(f"{OWN} On Wed, Apr 4, 2012 at 3:59 PM, bob@example.com wrote:\n> Hi\n").kept == OWN


@pytest.mark.parametrize(
    "text",
    [
        "Am 3. März schrieb ich Ihnen:\nIch möchte zwei Stühle kaufen.\nBisher keine Antwort.",
        "On 3 March 2025 I wrote:\nPlease send the price.\nStill nothing.",
        "From now on we order on Mondays. On 3 March 2025 at 10:12 the parcel came: broken.",
        "Bitte bis 3.3.2025 an anna@example.com antworten:\nGröße, Farbe, Preis.",
        "Στις 3 Μαρτίου περιμένω τα εξής:\nδύο καρέκλες\nένα τραπέζι",
        "Le 3 mars, je voudrais :\n- deux chaises\n- une table",
        "My wife wrote:\nwe take the blue one.",
        "Das schrieb mir Ihre Kollegin: wir liefern am 3.3.2025.",
        "Treffen am 03.03.2025 um 10:12 Uhr:\n- Preise\n- Termine",
        "Delivery times:\nOn Mon, 3 March 2025: chairs\nOn Tue, 4 March 2025: tables",
    ],
)  # fmt: skip
def test_own_sentences_that_look_alike_stay(text):
    assert clean(text).kept == text
