from hypothesis import given
from hypothesis import strategies as st

from stageclf.model.batching import by_token_budget


@given(st.lists(st.integers(1, 300), max_size=80), st.integers(1, 600), st.one_of(st.none(), st.integers(1, 9)))
def test_every_row_comes_once_within_the_budget(lengths, budget, most):
    batches = list(by_token_budget(lengths, budget, most))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or max(lengths[row] for row in batch) * len(batch) <= budget
        assert most is None or len(batch) <= most
