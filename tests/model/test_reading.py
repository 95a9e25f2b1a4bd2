"""What the model reads of a text."""

import pytest

from stageclf.model.reading import as_read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Kalispera, poso kanei?", "Καλησπέρα, πόσο κάνει?"),
        ("καλησπερα, που ειναι το δεμα", "καλησπέρα, που είναι το δέμα"),
        (
            "Hallo zusammen,\n\nwelche taugt was?\n\nGruß aus Kassel\nIngo Brandner\nTel. 0561 555014",
            "welche taugt was?",
        ),
        ("I'll take it.\n\nOn 3 March 2025 at 10:12 Shop <shop@example.com> wrote:\n> It costs 30.", "I'll take it."),
    ],
)
def test_only_what_its_writer_says_is_read_and_as_the_model_knows_it(text, read):
    assert as_read(text).strip() == read


@pytest.mark.parametrize(
    "text", ["", "Where is my parcel?", "> Where is my parcel?", "Dear Sir or Madam,\nKind regards"]
)
def test_a_text_that_holds_nothing_else_is_not_cut(text):
    assert as_read(text) == text
