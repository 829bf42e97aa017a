"""Choosing a rule: the correction acts as documented, and climbing finds the optimum of a set."""

from __future__ import annotations

import torch

from training.labels import EXPRESSIONS
from training.model.mixing import LEVELS, mixing_from
from training.rule import Logits, Objective, choose, mixing_of

SURPRISE = EXPRESSIONS.index("surprise")


def drawn(n: int, bias: float) -> tuple[Logits, torch.Tensor]:
    """Logits of a network that is correct except for a bias against surprise."""
    g = torch.Generator().manual_seed(1)
    labels = torch.arange(n) % len(EXPRESSIONS)
    logits = torch.randn(n, len(EXPRESSIONS), generator=g)
    logits[torch.arange(n), labels] += 3
    logits[:, SURPRISE] -= bias
    return {"fer2013": logits, "ferplus": logits.clone()}, labels


def objective(bias: float) -> Objective:
    logits, labels = drawn(700, bias)
    return Objective([([logits], labels, True), ([logits], labels, False)])


def test_correction_shifts_its_class_at_the_balanced_level() -> None:
    logits, _ = drawn(20, 0)
    correction = torch.zeros(len(EXPRESSIONS))
    correction[SURPRISE] = 0.6
    plain, corrected = (mixing_of(1.0, 0.75, c).apply(logits).log() for c in (correction * 0, correction))
    lean = (corrected - plain)[:, SURPRISE] - (corrected - plain)[:, 0]
    assert torch.allclose(lean, torch.full((20,), 0.6), atol=1e-4)


def test_climb_raises_an_underpredicted_class() -> None:
    _, here = objective(2.5).climb(0.3, 1.0)
    assert int(here.argmax()) == SURPRISE
    assert here[SURPRISE] > 0.3


def test_chosen_rule_is_valid_for_a_card() -> None:
    rule, line = choose(objective(2.5), correct=True)
    assert mixing_from(rule.to_json()) == rule
    assert set(rule.levels) == set(LEVELS)
    assert "transfer" in line


def test_objective_penalises_rules_below_the_floor() -> None:
    value, score, accuracy, _ = objective(2.5).value(mixing_of(0.3, 1.0, torch.zeros(len(EXPRESSIONS))))
    assert accuracy < 0.888
    assert value < score
