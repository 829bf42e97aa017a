import math

import pytest
import torch

from training.calibrate import fit_bias, fit_head, fit_temperature
from training.data.dataset import Faces
from training.eval.metrics import calibrated, calibration, kl_to_votes, report, wilson
from training.labels import FERPLUS_COLUMNS


def one_hot(labels: list[int]) -> torch.Tensor:
    return torch.eye(7)[labels]


def faces_with(votes: list[dict[str, float]]) -> Faces:
    rows = torch.tensor([[v.get(name, 0.0) for name in FERPLUS_COLUMNS] for v in votes])
    n = len(votes)
    return Faces(torch.zeros(n, 48, 48, dtype=torch.uint8), torch.zeros(n, dtype=torch.int64), rows)


def test_report_matches_manual_computation() -> None:
    true = torch.tensor([0, 0, 0, 3, 3, 6, -1, -1])
    r = report(one_hot([0, 0, 3, 3, 3, 0, 5, 5]), true)
    assert r.count == 6 and r.accuracy == pytest.approx(4 / 6)
    assert r.confusion[0] == [2, 0, 0, 1, 0, 0, 0] and r.confusion[6] == [1, 0, 0, 0, 0, 0, 0]
    assert r.per_class["angry"] == pytest.approx({"precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3, "count": 3})
    assert r.per_class["happy"] == pytest.approx({"precision": 2 / 3, "recall": 1, "f1": 0.8, "count": 2})
    # Only angry, happy and neutral have faces.
    assert r.macro_f1 == pytest.approx((2 / 3 + 0.8 + 0) / 3)


def test_report_without_labels() -> None:
    r = report(one_hot([1, 2]), torch.tensor([-1, -1]))
    assert (r.count, r.accuracy, r.interval, r.macro_f1) == (0, 0.0, (0.0, 1.0), 0.0)


def test_wilson_matches_published_values() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    for correct, count, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)):
        assert wilson(correct, count) == pytest.approx((low, high), abs=1e-4)


def test_calibration_matches_manual_computation() -> None:
    p = torch.full((4, 7), 0.1 / 6)
    p[:, 3] = 0.9
    faces = faces_with([{"happiness": 10}, {"happiness": 10}, {"fear": 10}, {"unknown": 10}])
    c = calibration(p, torch.tensor([3, 3, 2, -1]), faces)
    assert c.count == 3
    assert c.ece == pytest.approx(0.9 - 2 / 3)
    assert c.nll == pytest.approx(-(2 * math.log(0.9) + math.log(0.1 / 6)) / 3)
    small = (0.1 / 6) ** 2
    assert c.brier == pytest.approx((2 * (0.01 + 6 * small) + 0.81 + (1 - 0.1 / 6) ** 2 + 5 * small) / 3)
    assert c.kl == pytest.approx(c.nll), "equal for unanimous votes"
    assert sum(n for n, _, _ in c.bins) == 3 and c.bins[13] == pytest.approx((3, 0.9, 2 / 3))


def test_kl_is_zero_for_the_votes() -> None:
    faces = faces_with([{"happiness": 6, "neutral": 4}])
    target, _ = faces.ferplus_targets()
    assert kl_to_votes(target, faces) == pytest.approx(0, abs=1e-6)
    assert kl_to_votes(torch.full((1, 7), 1 / 7), faces) == pytest.approx(
        0.6 * math.log(0.6 * 7) + 0.4 * math.log(0.4 * 7), abs=1e-6)


def drawn_logits(n: int, seed: int = 1) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits that are calibrated by construction: labels are sampled from their softmax."""
    g = torch.Generator().manual_seed(seed)
    logits = 2 * torch.randn(n, 7, generator=g)
    return logits, torch.multinomial(logits.softmax(1), 1, generator=g)[:, 0]


@pytest.mark.parametrize("true_temperature", [0.5, 1.0, 2.5])
def test_fit_temperature_recovers_the_temperature(true_temperature: float) -> None:
    logits, labels = drawn_logits(20_000)
    assert fit_temperature(logits * true_temperature, labels) == pytest.approx(true_temperature, rel=0.03)


def test_fit_head_lowers_the_calibration_error() -> None:
    logits, labels = drawn_logits(20_000)
    faces = faces_with([{"happiness": 10}] * len(labels))
    head = fit_head(logits * 3, labels, with_bias=False)
    before = calibration((logits * 3).softmax(1), labels, faces)
    after = calibration(calibrated({"x": logits * 3}, {"x": head})["x"].softmax(1), labels, faces)
    assert before.ece > 0.15 and after.ece < 0.015 and after.nll < before.nll


def test_fit_bias_raises_rare_classes_without_losing_accuracy() -> None:
    g = torch.Generator().manual_seed(2)
    labels = torch.cat([torch.full((950,), 6), torch.full((50,), 1)])
    logits = torch.randn(1000, 7, generator=g) * 0.3 - 3
    logits[:, 6] += 4
    # The rare class has evidence, but its prior outweighs it slightly.
    logits[labels == 1, 1] += 3.8
    plain = report(logits, labels)
    better = report(logits + fit_bias(logits, labels), labels)
    assert plain.per_class["disgust"]["recall"] < 0.5 < better.per_class["disgust"]["recall"]
    assert better.accuracy >= plain.accuracy
    honest, drawn = drawn_logits(2000)
    assert report(honest + fit_bias(honest, drawn), drawn).accuracy >= report(honest, drawn).accuracy
