import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageclf.inbox.html import html_to_text
from stageclf.text.clean import clean

ON = "Am 3. März 2025 um 10:12 schrieb Laden &lt;info@laden.de&gt;:"
QUOTES = {
    "gmail": f'<div>Ja bitte</div><div class="gmail_quote gmail_quote_container"><div class="gmail_attr">{ON}</div><blockquote>alt</blockquote></div>',
    "outlook": 'Ja bitte<hr><div id="x_divRplyFwdMsg"><b>Von:</b> Laden<br><b>Gesendet:</b> Montag<br></div><div>alt</div>',
    "outlook mobile": 'Ja bitte<div id="appendonsend"></div><hr><div><b>Von:</b> Laden</div><div>alt</div>',
    "word": '<p class="MsoNormal">Ja bitte</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>Από:</b> Laden<br><b>Στάλθηκε:</b> Δευτέρα<br><b>Θέμα:</b> x</p></div><p>alt</p>',
    "apple": f'Ja bitte<br><blockquote type="cite"><div>{ON}</div><div>alt</div></blockquote>',
    "yahoo": f'<div>Ja bitte</div><div class="ydp12yahoo_quoted" id="yahoo_quoted_77"><div>{ON}</div>alt</div>',
    "thunderbird": f'Ja bitte<div class="moz-cite-prefix">{ON}</div><blockquote type="cite">alt</blockquote>',
    "proton": f'<div>Ja bitte</div><div class="protonmail_quote">{ON}<blockquote>alt</blockquote></div>',
    "gmx": '<div>Ja bitte<div name="quote" style="border-left:2px solid"><div><b>Von:</b> Laden</div>alt</div></div>',
    "zimbra": '<div>Ja bitte</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>De: </b>x</div><div>alt</div>',
    "no verb": "<p>Ja bitte</p>26.06.2024, 14:41, Laden &lt;info@laden.de&gt;:<blockquote>alt</blockquote>",
}  # fmt: skip


@pytest.mark.parametrize("program", QUOTES)
def test_quotes_of_mail_programs_are_cut(program):
    assert clean(html_to_text(QUOTES[program])).kept == "Ja bitte"


def test_answers_within_gmails_container_are_no_quotes():
    quote = '<blockquote class="gmail_quote">{}</blockquote>'
    attribution = '<div class="gmail_attr">On Mon, May 8, 2023, Tom &lt;t@example.com&gt; wrote:</div>'
    html = f'<div class="gmail_quote">{attribution}{quote.format("Colour?")}<p>Blue.</p>{quote.format("Size?")}Large</div>'
    assert clean(html=html).kept.split() == ["Blue.", "Large"]


def test_a_forward_without_own_words_keeps_its_lines_unmarked():
    html = '<div class="gmail_quote">---------- Forwarded message ---------<br>From: Anna<br>Subject: x<br><br>Ich nehme es</div>'
    assert html_to_text(html).split("\n") == [
        "---------- Forwarded message ---------", "From: Anna", "Subject: x", "", "Ich nehme es",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none;max-height:0">nein</div>', "<p hidden>nein</p>", "<style>nein {}</style>",
        "<script>document.write('<p>nein</p>')</script>", '<span style="font-size:1px;color:#fff">nein</span>',
        "<!--[if mso]><p>nein</p><![endif]-->", '<img src="https://t.example/o.gif" width="1" alt="nein">',
        "<title>nein</title>", '<div class="preheader">nein</div>', "<head><meta charset=utf-8>nein",
    ],
)  # fmt: skip
def test_what_nobody_sees_is_left_out(hidden):
    assert html_to_text(f"{hidden}<body><p>Guten Tag</p></body>") == "Guten Tag"


def test_the_other_branch_of_conditional_comments_is_seen():
    assert html_to_text("<!--[if !mso]><!--><p>Hallo</p><!--<![endif]-->") == "Hallo"


def test_lists_tables_links_and_entities_are_readable():
    html = (
        "<p>Wir brauchen&nbsp;&amp; suchen:</p><ol><li>Tisch<li>Stuhl<ul><li>rot</ul></ol>"
        "<table><tr><th>St&uuml;ck<th>Preis<tr><td>2<td>90 &euro;</table><a href='https://x.example'>Angebot</a> 1 < 2 &#x1F600;"
    )
    assert html_to_text(html).split("\n") == [
        "Wir brauchen & suchen:", "", "1. Tisch", "2. Stuhl", "", "  - rot", "", "Stück Preis", "2 90 €", "",
        "Angebot 1 < 2 😀",
    ]  # fmt: skip


def test_end_tags_of_nothing_take_no_longer_below_many_open_tags():
    times = []
    for nested in ("<b>", "<b>" * 300):
        start = time.process_time()
        html_to_text(nested + "</i>" * 50_000)
        times.append(time.process_time() - start)
    assert times[1] < 5 * times[0]


def test_an_end_tag_looks_two_hundred_tags_up():
    assert html_to_text(f"<pre>a  b{'<b>' * 199}</pre>c  d") == "a  b\n\nc d"
    assert html_to_text(f"<pre>a  b{'<b>' * 200}</pre>c  d") == "a  b\nc  d"


def test_lines_of_gmail_and_word_are_not_spaced_out():
    assert html_to_text("<div>eins</div><div>zwei</div><div><br></div><div>drei</div>") == "eins\nzwei\n\ndrei"
    word = "<p class=MsoNormal>eins<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>zwei</p>"
    assert html_to_text(word) == "eins\n\nzwei"


def test_a_signature_below_the_text_is_marked():
    assert html_to_text('Ja<div class="gmail_signature">Anna<br>Athen</div>') == "Ja\n-- \nAnna\nAthen"
    assert html_to_text('<div class="gmail_signature">Anna</div>Ja') == "Anna\nJa"


def test_a_mail_that_hides_all_is_shown():
    assert html_to_text('<div style="display:none">Ich nehme zwei</div>') == "Ich nehme zwei"


@pytest.mark.parametrize(
    "piece", ["<div>", "<ul><li>", "<!--", "<style>", '<a x="', "<", "&", "<blockquote>a</blockquote>b", "<![if x"]
)
def test_hostile_html_takes_bounded_time(piece):
    start = time.process_time()
    html_to_text(piece * (200_000 // len(piece)) + "ende")
    assert time.process_time() - start < 10


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div id=x_divRplyFwdMsg>",
                "<hr>",
                "<blockquote>",
                "</blockquote>",
                "<!--",
                "-->",
                "From: a",
                "<li>",
                "</ul>",
                "x:",
                "<style",
                "\xa0",
                "<a href='",
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_any_mixture_of_tags_is_read(html):
    html_to_text(html)
