"""The mixing rule, on logits with known results."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from training.errors import TrainingError
from training.model.mixing import LEVELS, UNCALIBRATED, Level, Mixing, mixing_from

PRIOR = [0.1, 0.02, 0.01, 0.1, 0.1, 0.07, 0.6]
EVEN = [1 / 7] * 7
RULE = Mixing("probabilities", {"a": 1.0}, {"a": PRIOR},
              {"cautious": Level(0.0, 1.0), "balanced": Level(1.0, 1.0), "eager": Level(1.25, 1.0)})


def test_full_power_removes_the_prior() -> None:
    logits = {"a": torch.tensor([PRIOR]).log()}
    assert torch.allclose(RULE.apply(logits), torch.full((1, 7), 1 / 7))
    assert torch.allclose(RULE.apply(logits, "cautious"), torch.tensor([PRIOR]), atol=1e-6)
    assert RULE.apply(logits, "eager")[0, 2] > RULE.apply(logits, "eager")[0, 6]


def test_mixes_probabilities_by_mean_and_logarithms_by_product() -> None:
    a, b = torch.randn(5, 7), torch.randn(5, 7)
    rule = replace(RULE, shares={"a": 0.25, "b": 0.75}, priors={"a": EVEN, "b": EVEN})
    assert torch.allclose(rule.apply({"a": a, "b": b}), 0.25 * a.softmax(1) + 0.75 * b.softmax(1), atol=1e-6)
    product = replace(rule, on="logarithms").apply({"a": a, "b": b})
    assert torch.allclose(product, (0.25 * a + 0.75 * b).softmax(1), atol=1e-6)


def test_temperature_sharpens_without_changing_the_order() -> None:
    logits = {"a": torch.randn(20, 7)}
    sharp = replace(RULE, levels={**RULE.levels, "balanced": Level(1.0, 0.5)})
    assert (sharp.apply(logits).max(1).values > RULE.apply(logits).max(1).values).all()
    assert (sharp.apply(logits).argmax(1) == RULE.apply(logits).argmax(1)).all()


def test_rule_survives_a_json_round_trip() -> None:
    assert mixing_from(json.loads(json.dumps(UNCALIBRATED.to_json()))) == UNCALIBRATED


@pytest.mark.parametrize("change", [
    {"on": "votes"}, {"shares": {"fer2013": 0.5}}, {"levels": {"balanced": {"power": 1, "temperature": 1}}},
    {"priors": {"fer2013": PRIOR}}, {"priors": {"fer2013": PRIOR, "ferplus": [0.0] + PRIOR[1:]}}, {"shares": None},
])
def test_rejects_invalid_rules(change: dict[str, object]) -> None:
    with pytest.raises(TrainingError, match="invalid mixing rule"):
        mixing_from(UNCALIBRATED.to_json() | change)


def test_shipped_rule_reproduces_golden_values() -> None:
    folder = Path(__file__).parents[2] / "public" / "models" / "mien-s"
    golden = json.loads((folder / "golden.json").read_text())
    rule = mixing_from(json.loads((folder / "card.json").read_text())["mixing"])
    logits = {head: torch.tensor(value).double() for head, value in golden["logits"].items()}
    for level in LEVELS:
        shown = torch.tensor(golden["shown"][level]).double()
        assert math.isclose(float((rule.apply(logits, level) - shown).abs().max()), 0, abs_tol=1e-4)
