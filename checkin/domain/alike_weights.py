"""How many bits each kind of evidence says for (or, below zero, against) two people being one.

Fitted by logistic regression on the pairs of two lists of names (benchmarks/pair_names, pair_names_development), the weights
of each list tried with the other, and rounded. A third list, to which nothing is fitted, tells what they are worth
(benchmarks/look_alikes.py).
"""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {
    # names: what agrees
    "rare name": 0.48,  # of each bit: the words of a name are not independent of each other
    "initial in address": 4.5,  # P. Saetang with the address prasoet.saetang
    # names: what differs
    "no name": -16.0,
    "contradicted": -11.2,  # each side has a word that the other has not: another given name in the family
    "all middle names left out": -5.2,
    "some middle names left out": -6.5,
    "first or last name left out": -5.2,
    "word of Burmese name left out": -4.0,  # such a name is one: without a word it is another
    "other sex": -14.0,  # Mario and Maria
    "one script says no": -2.5,
    "sound": -0.5,
    "near": -5.0,
    "one error": 1.8,
    "two errors": -4.0,
    "beginning": -1.0,
    "close": -0.3,
    "both are names, same sound": -2.5,  # Soe, Su
    "both are names, nearly": -4.2,  # a word that is somebody's name is seldom another spelling of one,
    "both are names, nearly, long": -1.0,  # unless it is long: Katharine, Katherine;
    "both are names, error": -10.8,  # and still more seldom a mistake for one
    "other letters": -5.5,  # Hùng and Hương, where both are written with the letters of their language
    "other accents": -5.0,  # Vinh and Vịnh
    "shuffled": -2.5,
    # other things
    "same organisation": 6.2,
    "rare organisation": 0.3,  # for each bit
    "other organisation": -4.8,
    "no organisation": 2.5,
    "same domain": 0.2,  # for each bit
    "other country": -1.7,
    "e-mail": 14.0,
    "e-mail mistyped": 4.0,
    "other e-mail": -1.2,
    "telephone": 8.0,
    "office telephone": 3.5,
    "other telephone": -1.2,
}
AGREEING: Final = frozenset(["rare name", "initial in address"])
ENOUGH: Final = 0.5
"""Bits from which a person is shown."""
COMMONEST, RAREST = -4.0, 7.5
"""Bits of a name that count at most, either way."""
OFFICE: Final = 2
"""More people with one telephone number than this: it is their office's."""


class Evidence(dict[str, float]):
    """How much there is of each kind of evidence."""

    @property
    def bits(self) -> float:
        """What all of it says together."""
        return sum(WEIGHTS[kind] * amount for kind, amount in self.items())

    @property
    def unlike(self) -> float:
        """Bits that the differences alone take away, however rare the names are."""
        return -sum(WEIGHTS[kind] * amount for kind, amount in self.items() if kind not in AGREEING)
