import pytest

from stageclf.text import detect_language

SENTENCES = [
    ("el", "Πότε θα έρθει το δέμα που παρήγγειλα;"),
    ("de", "Wann kommt das Paket, das ich bestellt habe?"),
    ("en", "When will the parcel that I ordered arrive?"),
    ("fr", "Quand est-ce que le colis que j'ai commandé va arriver ?"),
    ("es", "¿Cuándo llegará el paquete que pedí la semana pasada?"),
    ("it", "Quando arriva il pacco che ho ordinato la settimana scorsa?"),
    ("nl", "Wanneer komt het pakje dat ik vorige week besteld heb?"),
    ("pl", "Kiedy przyjdzie paczka, którą zamówiłem w zeszłym tygodniu?"),
    ("pt", "Quando é que chega a encomenda que fiz na semana passada?"),
    ("tr", "Geçen hafta sipariş ettiğim paket ne zaman gelecek?"),
    ("ro", "Când ajunge coletul pe care l-am comandat săptămâna trecută?"),
    ("ru", "Когда придёт посылка, которую я заказал на прошлой неделе?"),
    ("bg", "Кога ще пристигне пратката, която поръчах миналата седмица?"),
    ("cs", "Kdy dorazí balík, který jsem minulý týden objednal?"),
    ("sv", "När kommer paketet som jag beställde förra veckan?"),
    ("uk", "Коли прийде посилка, яку я замовив минулого тижня?"),
    ("hu", "Mikor érkezik meg a csomag, amit múlt héten rendeltem?"),
    # other scripts, neighbours, and languages that are not served
    ("ar", "متى يصل الطرد الذي طلبته الأسبوع الماضي؟"),
    ("fa", "بسته‌ای که هفته گذشته سفارش دادم کی می‌رسد؟"),
    ("hi", "पिछले हफ्ते मैंने जो पार्सल मंगाया था वह कब आएगा?"),
    ("vi", "Bao giờ gói hàng tôi đặt tuần trước sẽ đến?"),
    ("sr", "Када стиже пакет који сам наручио прошле недеље?"),
    ("et", "Millal saabub pakk, mille ma eelmisel nädalal tellisin?"),
    ("is", "Hvenær kemur pakkinn sem ég pantaði í síðustu viku?"),
    ("et", "Kus on minu pakk? Ootan juba kolm nädalat ja keegi ei vasta mulle."),
    ("vi", "Gói hàng của tôi ở đâu, tôi đã đợi ba tuần rồi mà chưa thấy"),
]
GREEK_IN_LATIN_LETTERS = [
    ("el", "kalispera, thelw na rwthsw poso kanei to kinhto"),
    ("el", "geia sas pote tha erthei to paketo mou"),
    ("el", "den mporw na mpw sto site sas, ti na kanw?"),
]
FEW_WORDS = [
    ("de", "Wo bleibt mein Paket?"),
    ("de", "geht das auch in blau"),
    ("it", "dove è il mio pacco"),
    ("pl", "gdzie jest moja paczka"),
    ("pt", "onde está a minha encomenda"),
    ("ro", "unde e coletul meu"),
    ("cs", "kde je můj balík"),
    ("sv", "var är mitt paket"),
    ("hu", "hol van a csomagom"),
    ("fi", "missä pakettini on"),
    ("ru", "где мой заказ"),
    ("uk", "коли приїде моє замовлення"),
    ("bg", "къде ми е пратката"),
    ("el", "pou einai to dema mou"),
]


@pytest.mark.parametrize(("language", "sentence"), SENTENCES + GREEK_IN_LATIN_LETTERS + FEW_WORDS)
def test_sentences_in_their_language(language, sentence):
    assert detect_language(sentence) == language


@pytest.mark.parametrize("text", ["I want to go to Kai", "me gusta to tin", "kein Problem, ich nehme es"])
def test_other_languages_are_not_taken_for_greeklish(text):
    assert detect_language(text) != "el"


@pytest.mark.parametrize("text", ["", "   ", "12345", "!!! ???", "👍👍", "a", "https://example.org/x", "\x00\ufffd"])
def test_what_has_no_language_is_undetermined(text):
    assert detect_language(text) == "und"


@pytest.mark.parametrize("text", ["ok", "Super", "Merci", "Danke Jonas"])
def test_words_of_many_languages_are_undetermined(text):
    assert detect_language(text) == "und"


def test_one_word_will_do_where_no_other_language_has_it():
    words = {"Thanks": "en", "Gracias": "es", "Bedankt": "nl", "Alles gut": "de", "Köszi": "hu", "Works great": "en"}
    assert {word: detect_language(word) for word in words} == words


def test_the_same_text_always_gets_the_same_answer():
    texts = ["ok super", "Info bitte", "no problem amigo", "hotel taxi", "la la la"]
    first = [detect_language(text) for text in texts]
    assert all([detect_language(text) for text in texts] == first for _ in range(20))
