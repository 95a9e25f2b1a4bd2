import pytest

from stageclf.text import detect_language

SENTENCES = {
    "el": "Πότε θα έρθει το δέμα που παρήγγειλα;",
    "de": "Wann kommt das Paket, das ich bestellt habe?",
    "en": "When will the parcel that I ordered arrive?",
    "fr": "Quand est-ce que le colis que j'ai commandé va arriver ?",
    "es": "¿Cuándo llegará el paquete que pedí la semana pasada?",
    "it": "Quando arriva il pacco che ho ordinato la settimana scorsa?",
    "nl": "Wanneer komt het pakje dat ik vorige week besteld heb?",
    "pl": "Kiedy przyjdzie paczka, którą zamówiłem w zeszłym tygodniu?",
    "pt": "Quando é que chega a encomenda que fiz na semana passada?",
    "tr": "Geçen hafta sipariş ettiğim paket ne zaman gelecek?",
    "ro": "Când ajunge coletul pe care l-am comandat săptămâna trecută?",
    "ru": "Когда придёт посылка, которую я заказал на прошлой неделе?",
    "bg": "Кога ще пристигне пратката, която поръчах миналата седмица?",
    "cs": "Kdy dorazí balík, který jsem minulý týden objednal?",
    "sv": "När kommer paketet som jag beställde förra veckan?",
    "uk": "Коли прийде посилка, яку я замовив минулого тижня?",
    "hu": "Mikor érkezik meg a csomag, amit múlt héten rendeltem?",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_sentences_in_their_language(language, sentence):
    assert detect_language(sentence) == language


@pytest.mark.parametrize(
    "text",
    [
        "kalispera, thelw na rwthsw poso kanei to kinhto",
        "geia sas pote tha erthei to paketo mou",
        "den mporw na mpw sto site sas, ti na kanw?",
    ],
)
def test_greek_in_latin_letters_is_greek(text):
    assert detect_language(text) == "el"


@pytest.mark.parametrize("text", ["I want to go to Kai", "me gusta to tin", "kein Problem, ich nehme es"])
def test_other_languages_are_not_taken_for_greeklish(text):
    assert detect_language(text) != "el"


@pytest.mark.parametrize("text", ["", "   ", "12345", "!!! ???", "👍👍", "a", "https://example.org/x", "\x00\ufffd"])
def test_what_has_no_language_is_undetermined(text):
    assert detect_language(text) == "und"


def test_the_same_text_always_gets_the_same_answer():
    texts = ["ok super", "Info bitte", "no problem amigo", "hotel taxi", "la la la"]
    first = [detect_language(text) for text in texts]
    assert all([detect_language(text) for text in texts] == first for _ in range(20))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wo bleibt mein Paket?", "de"),
        ("geht das auch in blau", "de"),
        ("dove è il mio pacco", "it"),
        ("gdzie jest moja paczka", "pl"),
        ("onde está a minha encomenda", "pt"),
        ("unde e coletul meu", "ro"),
        ("kde je můj balík", "cs"),
        ("var är mitt paket", "sv"),
        ("hol van a csomagom", "hu"),
        ("missä pakettini on", "fi"),
        ("где мой заказ", "ru"),
        ("коли приїде моє замовлення", "uk"),
        ("къде ми е пратката", "bg"),
        ("pou einai to dema mou", "el"),
    ],
)
def test_a_few_words_are_enough(text, language):
    assert detect_language(text) == language


def test_languages_that_are_not_served_are_told_from_longer_texts():
    assert detect_language("Kus on minu pakk? Ootan juba kolm nädalat ja keegi ei vasta mulle.") == "et"
    assert detect_language("Gói hàng của tôi ở đâu, tôi đã đợi ba tuần rồi mà chưa thấy") == "vi"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ar", "متى يصل الطرد الذي طلبته الأسبوع الماضي؟"),
        ("fa", "بسته‌ای که هفته گذشته سفارش دادم کی می‌رسد؟"),
        ("hi", "पिछले हफ्ते मैंने जो पार्सल मंगाया था वह कब आएगा?"),
        ("vi", "Bao giờ gói hàng tôi đặt tuần trước sẽ đến?"),
        ("sr", "Када стиже пакет који сам наручио прошле недеље?"),
        ("et", "Millal saabub pakk, mille ma eelmisel nädalal tellisin?"),
        ("is", "Hvenær kemur pakkinn sem ég pantaði í síðustu viku?"),
    ],
)
def test_languages_of_other_scripts_and_the_neighbours(language, sentence):
    assert detect_language(sentence) == language
