"""Signature blocks as mail programs put them below a text, for augmentation: invented people, firms and numbers."""

from __future__ import annotations

import random

CLOSINGS = {
    "el": ["Με εκτίμηση", "Ευχαριστώ", "Φιλικά", "Στάλθηκε από το iPhone μου", "Ευχαριστώ πολύ", "Χαιρετισμούς"],
    "de": ["Mit freundlichen Grüßen", "Danke und Gruß", "LG", "Von meinem iPhone gesendet", "Viele Grüße", "MfG"],
    "en": ["Kind regards", "Thanks", "Cheers", "Sent from my iPhone", "Best", "Many thanks", "Yours sincerely"],
    "fr": ["Cordialement", "Merci d'avance", "Bonne journée"], "es": ["Un saludo", "Gracias", "Saludos cordiales"],
    "it": ["Cordiali saluti", "Grazie", "Un saluto"], "nl": ["Met vriendelijke groet", "Groetjes", "Alvast bedankt"],
    "pl": ["Pozdrawiam", "Z poważaniem", "Dziękuję"], "pt": ["Cumprimentos", "Obrigado", "Abraço"],
    "ro": ["Cu stimă", "Mulțumesc", "O zi bună"], "tr": ["Teşekkürler", "Saygılarımla", "Kolay gelsin"],
    "ru": ["С уважением", "Спасибо"], "bg": ["Поздрави", "С уважение"], "cs": ["S pozdravem", "Děkuji"],
    "sv": ["Med vänliga hälsningar", "Tack på förhand", "Mvh"], "da": ["Med venlig hilsen", "Mvh"],
    "fi": ["Ystävällisin terveisin", "Kiitos"], "nb": ["Med vennlig hilsen", "Hilsen"],
    "hu": ["Üdvözlettel", "Köszönöm"],
    "sk": ["S pozdravom", "Ďakujem"], "sl": ["Lep pozdrav", "Hvala"], "hr": ["Srdačan pozdrav", "Hvala"],
    "uk": ["З повагою", "Дякую"], "lt": ["Pagarbiai", "Ačiū"], "sq": ["Me respekt", "Faleminderit"],
}  # fmt: skip
_LATIN = (
    "Anna Peter Maria Jan Sofia Thomas Laura Marek Julia Paul Elena Lukas Nina David Clara Ivan Eva Marco Ines Karl",
    "Weber Novak Rossi Martin Silva Jensen Popescu Kovacs Bakker Schmid Moreau Costa Berg Nowak Demir Lind Horvat",
)
_GREEK = (
    "Γιώργος Μαρία Κώστας Ελένη Δημήτρης Σοφία Γιάννης Κατερίνα Βασίλης Άννα Πέτρος Ιωάννα",
    "Παπαδόπουλος Νικολάου Γεωργίου Βλάχος Δήμου Καραγιάννης Μακρής Ζέρβας Λάμπρου Οικονόμου",
)
_CYRILLIC = (
    "Иван Мария Алексей Елена Петър Ольга Георги Анна Дмитрий Юлия",
    "Петров Иванова Николов Кузнецов Димитрова Шевченко Смирнова Тодоров",
)
_SCRIPTS = {"el": _GREEK, "ru": _CYRILLIC, "bg": _CYRILLIC, "uk": _CYRILLIC}
_FIRMS = (
    "Nordwind",
    "Alpha Service",
    "Delta Bau",
    "Linea",
    "Arkada",
    "Helios",
    "Meridian",
    "Orbis",
    "Kastell",
    "Vega",
)
_FORMS = ("GmbH", "Ltd", "SA", "AE", "s.r.o.", "SRL", "AB", "& Co.", "Group", "")
_STREETS = (
    "Hauptstr.",
    "Main St",
    "rue du Port",
    "Via Roma",
    "Λεωφ. Αθηνών",
    "Calle Mayor",
    "ul. Długa",
    "Kungsgatan",
)
_TOWNS = ("Graz", "Leeds", "Lyon", "Bari", "Πάτρα", "Sevilla", "Łódź", "Malmö", "Gent", "Brno", "Varna", "İzmir")
_PHONE_WORDS = ("Tel.", "Tel:", "T", "Mobil", "M:", "Τηλ.", "Κιν.", "тел.", "Phone", "Fax", "☎", "")
_LINES = ("firm", "street", "phone", "phone", "mail", "web")


def signature(language: str, rng: random.Random) -> str:
    """A block of one to seven lines: a closing, a name and what people put below it."""
    first, last = (rng.choice(names.split()) for names in _SCRIPTS.get(language, _LATIN))
    name = rng.choice((f"{first} {last}", f"{first} {last}", f"{first[0]}. {last}", first, last))
    lines = [name] if rng.random() < 0.95 else []
    if rng.random() < 0.8:
        lines.insert(0, rng.choice(CLOSINGS.get(language, CLOSINGS["en"])))
    lines += [_line(kind, rng) for kind in rng.sample(_LINES, rng.choice((0, 0, 1, 1, 2, 3, 4)))]
    if rng.random() < 0.2:
        lines.insert(rng.choice((0, len(lines) and 1)), rng.choice(("--", "-- ", "—", "___________")))
    return "\n".join(lines)


def _line(kind: str, rng: random.Random) -> str:
    firm = rng.choice(_FIRMS)
    if kind == "firm":
        return f"{firm} {rng.choice(_FORMS)}".strip()
    if kind == "street":
        return f"{rng.choice(_STREETS)} {rng.randint(1, 140)}, {rng.randint(1000, 99999)} {rng.choice(_TOWNS)}"
    if kind == "phone":
        digits = "".join(str(rng.randrange(10)) for _ in range(rng.choice((8, 9, 10))))
        cut = rng.randint(3, 5)
        number = f"{digits[:cut]}{rng.choice((' ', '-', '/', ' '))}{digits[cut:]}"
        return (
            f"{rng.choice(_PHONE_WORDS)} {rng.choice(('', '', '+'))}{rng.choice(('0', '30 ', '49 '))}{number}".strip()
        )
    host = firm.lower().replace(" ", "-")
    ending = rng.choice(("com", "de", "gr", "eu", "net"))
    return f"info@{host}.{ending}" if kind == "mail" else f"www.{host}.{ending}"
