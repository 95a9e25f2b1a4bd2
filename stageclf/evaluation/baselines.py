"""What one would try first instead of a transformer."""

from __future__ import annotations

from collections.abc import Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union


def tfidf_baseline(texts: Sequence[str], labels: Sequence[str]) -> Pipeline:
    """TF-IDF of words and of characters within words, with logistic regression, fitted on the texts."""
    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=3, sublinear_tf=True, max_features=60_000),
    )
    return make_pipeline(features, LogisticRegression(C=4.0, max_iter=300)).fit(list(texts), list(labels))
