import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageclf.model.windows import Frame, combine, cut_into_windows, line_starts, readable_part


def frame(head=(), tail=(), max_tokens=32, overlap=8):
    return Frame(head, tail, max_tokens, overlap)


@given(st.integers(0, 400), st.lists(st.integers(0, 399)))
def test_windows_cover_every_token(count, lines):
    ids = list(range(1000, 1000 + count))
    inside = [line for line in lines if line < count]
    windows, left_out = cut_into_windows(ids, frame([0, 5], [2]), most=1000, lines=inside)
    assert left_out == 0
    assert {token for window in windows for token in window.ids[2:-1]} == set(ids)
    assert all(window.ids[:2] == (0, 5) and window.ids[-1] == 2 and len(window.ids) <= 32 for window in windows)


@given(st.integers(0, 3000), st.integers(1, 6), st.lists(st.integers(0, 2999)))
def test_what_is_left_out_of_a_huge_text_is_counted(count, most, lines):
    ids = list(range(count))
    windows, left_out = cut_into_windows(ids, frame(), most, [line for line in lines if line < count])
    assert len(windows) <= most
    assert len({token for window in windows for token in window.ids}) == count - left_out
    if most > 1 and count:
        assert windows[-1].ids[-1] == count - 1


def test_windows_hold_whole_lines_where_these_fit():
    windows, _ = cut_into_windows(list(range(60)), frame(), 9, [20, 25, 45])
    assert [(window.ids[0], window.ids[-1]) for window in windows] == [(0, 24), (25, 44), (45, 59)]


def test_a_line_longer_than_a_window_is_cut_with_an_overlap():
    windows, _ = cut_into_windows(list(range(60)), frame(), 9, [10])
    assert [(window.ids[0], window.ids[-1]) for window in windows] == [(0, 9), (10, 37), (30, 57), (50, 59)]


def test_a_text_that_fits_is_one_window():
    windows, _ = cut_into_windows(list(range(32)), frame(), 9, [10, 20])
    assert len(windows) == 1


def test_lines_begin_with_the_first_token_behind_a_line_feed():
    offsets = [(0, 2), (3, 5), (7, 9), (10, 11)]  # "ab cd\n\nef\ng\n"
    assert line_starts("ab cd\n\nef\ng\n", offsets) == [2, 3]


def test_windows_must_be_wider_than_their_overlap():
    with pytest.raises(ValueError, match="windows of 16 tokens leave no room for an overlap of 14"):
        frame([0], [2], 16, 14)


def test_a_huge_text_is_read_from_both_ends():
    text = "a" * 10_000 + "b" * 10_000
    part, left_out = readable_part(text, max_tokens=10, most=4)
    assert (part[0], part[-1]) == ("a", "b")
    assert left_out == len(text) - (len(part) - 1)
    assert readable_part("short", 10, 4) == ("short", 0)


def test_a_clear_window_is_not_drowned_by_small_talk():
    small_talk = [0.0, 0.0, 0.0, 0.0, 0.0, 6.0]
    decision = [0.0, 0.0, 0.0, 6.0, 0.0, 0.0]
    combined = combine(np.array([small_talk] * 6 + [decision]), none_position=5)
    assert combined.argmax() == 3


def test_a_window_that_is_sure_outweighs_several_that_lean_to_another_stage():
    leaning = np.log([0.02, 0.35, 0.02, 0.01, 0.1, 0.5])
    sure = np.log([0.01, 0.01, 0.01, 0.95, 0.01, 0.01])
    assert combine(np.array([leaning] * 6 + [sure]), none_position=5).argmax() == 3
