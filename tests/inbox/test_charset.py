import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageclf.inbox.charset import decode, python_codec
from stageclf.inbox.charset_labels import BY_EVIDENCE, STANDARD
from stageclf.inbox.mojibake import repair

GREEK = "Άννα, πότε θα παραλάβω την παραγγελία μου; Έχω ήδη πληρώσει."
VALIDATION = Path(__file__).parents[2] / "data/validation"
PAIRS = [("el", "iso8859-7"), ("el", "cp1253"), ("el", "cp737"), ("de", "cp1252"), ("fr", "cp1252"), ("pl", "iso8859-2"),
         ("pl", "cp1250"), ("cs", "cp1250"), ("hu", "iso8859-2"), ("tr", "cp1254"), ("lt", "cp1257"), ("ru", "koi8-r"),
         ("ru", "cp1251"), ("bg", "cp1251"), ("sv", "cp1252")]  # fmt: skip


def test_all_labels_of_the_standard_are_known():
    labels = [label for group in STANDARD.values() for label in group.split()]
    assert len(set(labels)) + len(BY_EVIDENCE) == 228
    assert None not in [python_codec(label) for label in labels]
    for label in [*labels, *BY_EVIDENCE]:
        assert decode("Grüße".encode("latin-1"), label.upper()).note.startswith("unknown") is False


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO-8859-7-E", "iso8859-7"), ("ELOT_928", "iso8859-7"), ("iso88597", "iso8859-7"), ("8859-7", "iso8859-7"),
        ("iso-8859-7:2003", "iso8859-7"), ("el_GR.ISO8859-7", "iso8859-7"), ("MSWIN1253", "cp1253"),
        ("win-1253", "cp1253"), ("cp-1253", "cp1253"), ("windows-1253-greek", "cp1253"), ("x-cp1252", "cp1252"),
        ("utf_8", "utf-8"), ("uft-8", "utf-8"), ('"utf-8";', "utf-8"), ("utf8mb4", "utf-8"), ("ansi_x3.4-1986", "cp1252"),
        ("cp737", "cp737"), ("IBM869", "cp869"), ("x-mac-greek", "mac-greek"), ("zlib", None), ("iso-8859-77", None),
    ],
)  # fmt: skip
def test_odd_labels(label, codec):
    assert python_codec(label) == codec


@pytest.mark.parametrize("actual", ["iso8859-7", "cp1253", "cp737"])
@pytest.mark.parametrize("declared", [None, "8bit", "us-ascii", "iso-8859-1", "utf-8", "nonsense"])
def test_greek_under_a_false_declaration(actual, declared):
    assert decode(GREEK.encode(actual), declared).text == GREEK


def test_capital_alpha_with_tonos_tells_the_two_greek_charsets_apart():
    for declared, actual in [("iso-8859-7", "cp1253"), ("windows-1253", "iso8859-7")]:
        assert decode(GREEK.encode(actual), declared).text == GREEK


def test_a_short_table_in_cp1252_is_not_one_of_a_mac():
    table = "id;von;text\n7;Ö. Çelik;Wo bleibt meine Lieferung?\n".encode("cp1252")
    assert decode(table).text.splitlines()[1] == "7;Ö. Çelik;Wo bleibt meine Lieferung?"


def test_bytes_without_a_meaning_do_not_overturn_the_declaration():
    data = GREEK.encode("cp1253") + b"\x81 \xd2"
    assert decode(data, "windows-1253").text.startswith(GREEK)


def test_undeclared_texts_of_120_bytes():
    right = total = 0
    for language, charset in PAIRS:
        text = " ".join(
            json.loads(line)["text"] for line in (VALIDATION / f"{language}.jsonl").open(encoding="utf-8")
        )
        for at in range(0, 12_000, 600):
            data = text[at : at + 200].encode(charset, "ignore")[:120]
            if not data.isascii():
                total += 1
                right += decode(data).text == data.decode(charset)
    assert total > 200 and right >= 0.96 * total


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("お世話になっております。注文の商品はいつ届きますか。よろしくお願いします。", "iso2022_jp"),
        ("お世話になっております。注文の商品はいつ届きますか。よろしくお願いします。", "cp932"),
        ("お世話になっております。注文の商品はいつ届きますか。よろしくお願いします。", "euc_jp"),
        ("请问我的订单什么时候可以发货，谢谢。另外可以换一个大一点的尺码吗", "gb18030"),
        ("請問我的訂單什麼時候可以出貨，謝謝。另外可以換一個大一點的尺寸嗎", "big5"),
        ("주문한 상품은 언제 배송되나요? 환불도 가능한지 알고 싶습니다.", "euc_kr"),
        (GREEK, "utf-16"), (GREEK, "utf-32"), ("Guten Tag, ich nehme zwei Stück.", "utf-16-le"),
    ],
)  # fmt: skip
def test_wide_charsets_without_a_declaration(text, charset):
    assert decode(text.encode(charset)).text.lstrip("\ufeff") == text


def test_utf8_that_was_cut_in_a_letter_is_still_utf8():
    assert decode(GREEK.encode()[:-50] + b"\xce", "utf-8").text.startswith("Άννα")


@pytest.mark.parametrize("codec", ["cp1253", "cp1251", "latin-1"])
@pytest.mark.parametrize("text", ["Πότε θα την παραλάβω;", "Können Sie Grüße schön ausmalen?", "Когда доставка?"])
def test_utf8_read_as_something_else_is_repaired(text, codec):
    misread = text.encode().decode(codec, "ignore")
    if misread.encode(codec).decode("utf-8", "ignore") == text:
        assert repair(misread)[0] == text


def test_what_was_misread_twice_or_as_latin_is_repaired():
    text = "Grüße aus Zürich, schöne Straße"
    twice = text.encode().decode("latin-1").encode().decode("latin-1")
    assert repair(twice) == (text, "UTF-8 that had been read as cp1252, repaired")
    assert repair(GREEK.encode("iso8859-7").decode("latin-1"))[0] == GREEK


@pytest.mark.parametrize(
    "text",
    ["AMANHû", "Statt ä steht da Ã¤.", "«Â» ist ein Buchstabe", "ÆØÅ æøå", "ΑΒΓ", "Ñ Ñ", "Ãœ und ü", "É»", GREEK],
)
def test_right_texts_are_not_repaired(text):
    assert repair(text) == (text, "")


def test_no_text_of_the_data_is_repaired():
    for path in VALIDATION.glob("*.jsonl"):
        for line in path.open(encoding="utf-8"):
            assert repair(json.loads(line)["text"])[1] == ""


@given(st.text(max_size=200))
def test_any_text_is_looked_at_for_repair(text):
    repair(text)


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_under_any_label(data, label):
    assert isinstance(decode(data, label).text, str)


def test_a_stray_byte_does_not_make_declared_utf8_something_else():
    assert decode("café und ".encode() + b"\xff", "utf-8").text == "café und \ufffd"
    assert decode("Grüße".encode("cp1252"), "utf-8").text == "Grüße"
