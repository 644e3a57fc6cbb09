"""Measures of a ranked answer against graded judgements. Pure functions, from 0 (bad) to 1.

``ranked`` are the names found, best first, each once; ``grades`` maps the names that answer to
their grade (2 exactly it, 1 also helps). What is not in ``grades`` has grade 0.
"""

from collections.abc import Mapping, Sequence
from math import log2

Grades = Mapping[str, int]


def success_at(k: int, ranked: Sequence[str], grades: Grades) -> float:
    """Success@k: 1 when at least one of the first ``k`` answers the query, else 0.

    Averaged over queries it is the share of people who see an answer without reading on
    (Craswell, "Success at n", Encyclopedia of Database Systems, 2009).
    """
    return float(any(grades.get(name, 0) > 0 for name in ranked[:k]))


def reciprocal_rank(ranked: Sequence[str], grades: Grades, k: int = 10) -> float:
    """RR@k = 1 / rank of the first answer; 0 when none is among the first ``k``.

    Its mean over queries is MRR@k (Voorhees, "The TREC-8 Question Answering Track Report", 1999).
    """
    for rank, name in enumerate(ranked[:k], start=1):
        if grades.get(name, 0) > 0:
            return 1 / rank
    return 0.0


def ndcg(ranked: Sequence[str], grades: Grades, k: int = 10) -> float:
    """nDCG@k = DCG@k / IDCG@k, with DCG@k = sum over ranks i of (2^grade - 1) / log2(i + 1).

    IDCG is the DCG of the best order of all that was judged; without any answer it is 0. Järvelin
    and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002, with the exponential
    gain of Burges et al., "Learning to rank using gradient descent", 2005.
    """
    ideal = _dcg(sorted(grades.values(), reverse=True)[:k])
    if not ideal:
        return 0.0
    return _dcg([grades.get(name, 0) for name in ranked[:k]]) / ideal


def _dcg(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))
