"""Scoring 评分: points and grades from facts, with reasons.

A scorecard is data: criteria on named facts give points, a cap holds a group of them down, bands turn the sum into a grade. The
arithmetic is on integers, so the same facts give the same score everywhere. What a grade leads to is not decided here.

>>> from ltc.testing.samples.scoring import scorecard
>>> for reason in score(scorecard(), {"source": "fair", "email": "chen.jing@huadong.example"}).reasons:
...     print(reason.say("en"))
展会: 30 points
邮箱: 10 points
"""

from ltc._scoring.conditions import AtLeast, AtMost, Condition, Is, Known, holds
from ltc._scoring.scorecard import Band, Cap, Criterion, Score, Scorecard, check, score

__all__ = [
    "AtLeast",
    "AtMost",
    "Band",
    "Cap",
    "Condition",
    "Criterion",
    "Is",
    "Known",
    "Score",
    "Scorecard",
    "check",
    "holds",
    "score",
]
