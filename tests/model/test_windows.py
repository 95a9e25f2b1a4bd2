import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageclf.model.windows import combine, cut_into_windows, readable_part


@given(st.integers(0, 400))
def test_windows_cover_every_token(count):
    ids = list(range(1000, 1000 + count))
    windows, left_out = cut_into_windows(ids, [0, 5], [2], 32, 8, most=1000)
    assert left_out == 0
    assert {token for window in windows for token in window.ids[2:-1]} == set(ids)
    assert all(window.ids[:2] == (0, 5) and window.ids[-1] == 2 and len(window.ids) <= 32 for window in windows)


@given(st.integers(0, 3000), st.integers(1, 6))
def test_what_is_left_out_of_a_huge_text_is_counted(count, most):
    ids = list(range(count))
    windows, left_out = cut_into_windows(ids, [], [], 32, 8, most)
    assert len(windows) <= most
    assert len({token for window in windows for token in window.ids}) == count - left_out
    if most > 1 and count:
        assert windows[-1].ids[-1] == count - 1


def test_windows_must_be_wider_than_their_overlap():
    with pytest.raises(ValueError, match="windows of 16 tokens leave no room for an overlap of 14"):
        cut_into_windows([1], [0], [2], 16, 14, 4)


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
