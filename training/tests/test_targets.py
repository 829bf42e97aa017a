from pathlib import Path

import pytest
import torch

from training.data.dataset import Faces, load_faces
from training.eval.metrics import predict
from training.labels import EXPRESSIONS, FERPLUS_COLUMNS
from training.model.network import ExpressionNetwork, load_topology
from training.optim.targets import agreed_votes, cross_fitted, mirrored_logits, refined, targets_of


def confident_logits(labels: torch.Tensor, strength: float = 4.0) -> dict[str, torch.Tensor]:
    logits = strength * torch.nn.functional.one_hot(labels, 7).float()
    return {"fer2013": logits, "ferplus": logits}


def noisy(n: int, wrong: float) -> tuple[torch.Tensor, torch.Tensor]:
    """True labels [n], and those of an annotator who is wrong on a share of them."""
    g = torch.Generator().manual_seed(3)
    true = torch.randint(7, (n,), generator=g)
    written = torch.where(torch.rand(n, generator=g) < wrong, torch.randint(7, (n,), generator=g), true)
    return true, written


def test_cross_fitting_recovers_true_labels_from_noise() -> None:
    true, written = noisy(2100, wrong=0.4)
    p = cross_fitted(confident_logits(true)["fer2013"], written, torch.arange(2100), seed=1)
    assert p.sum(1) == pytest.approx(torch.ones(2100), abs=1e-5)
    assert (p.argmax(1) == true).float().mean() > 0.97
    # 60 % correct on purpose, and a seventh of the rest by chance: the highest justified confidence.
    assert p.gather(1, true[:, None]).mean().item() == pytest.approx(0.6 + 0.4 / 7, abs=0.05)


def test_cross_fitting_does_not_leak_labels() -> None:
    g = torch.Generator().manual_seed(4)
    evidence, labels = torch.randn(1400, 7, generator=g), torch.randint(7, (1400,), generator=g)
    right = (cross_fitted(evidence, labels, torch.arange(1400), seed=1).argmax(1) == labels).float().mean()
    assert right < 0.2, "random labels stay unpredictable"


def test_cross_fitting_keeps_groups_in_one_fold() -> None:
    g = torch.Generator().manual_seed(5)
    # Enough columns for a perceptron to memorise each face.
    evidence, labels = torch.randn(350, 200, generator=g).repeat(4, 1), torch.randint(7, (350,), generator=g).repeat(4)
    apart = (cross_fitted(evidence, labels, torch.arange(1400), seed=1).argmax(1) == labels).float().mean()
    together = (cross_fitted(evidence, labels, torch.arange(350).repeat(4), seed=1).argmax(1) == labels).float().mean()
    assert together < 0.25 and apart > 0.5, "a copy in another fold leaks its label"


def test_refined_targets_are_reproducible_distributions(data: Path) -> None:
    faces = load_faces(data, "train")
    before = torch.get_rng_state()
    hard, soft, weight = refined(faces, confident_logits(faces.fer2013), 0.5, 3.0, seed=2)
    assert torch.equal(before, torch.get_rng_state()), "the global generator is unchanged"
    for target in (hard, soft):
        assert target.shape == (70, 7) and target.sum(1) == pytest.approx(torch.ones(70), abs=1e-5)
    assert torch.equal(weight, targets_of(faces, 0)[2])
    assert (hard.gather(1, faces.fer2013[:, None]) >= 0.5).all()
    again = refined(faces, confident_logits(faces.fer2013), 0.5, 3.0, seed=2)
    assert torch.equal(hard, again[0]) and torch.equal(soft, again[1])


def test_prior_votes_add_to_human_votes() -> None:
    votes = torch.zeros(8, 10)
    votes[:, FERPLUS_COLUMNS.index("happiness")] = 6
    votes[:, FERPLUS_COLUMNS.index("neutral")] = 1 # a single vote is noise
    happy, sad = EXPRESSIONS.index("happy"), EXPRESSIONS.index("sad")
    faces = Faces(torch.zeros(8, 48, 48, dtype=torch.uint8), torch.full((8,), happy), votes)
    assert agreed_votes(faces).tolist() == [6.0] * 8
    soft = refined(faces, confident_logits(torch.full((8,), sad), strength=50), 0.0, 2.0, seed=1)[1]
    assert soft[0, happy].item() == pytest.approx(6 / 8, abs=1e-4)
    assert soft[0, sad].item() == pytest.approx(2 / 8, abs=1e-4)


def test_mirrored_logits_are_invariant_to_mirroring() -> None:
    torch.manual_seed(4)
    network = ExpressionNetwork(load_topology("mien-xs", "training"))
    images = torch.randint(256, (3, 48, 48), dtype=torch.uint8)
    plain, mirrored = mirrored_logits(network, images), mirrored_logits(network, images.flip(2))
    for head in ("fer2013", "ferplus"):
        assert torch.allclose(plain[head], mirrored[head], atol=1e-5)
        assert not torch.allclose(plain[head], predict(network, images)[head], atol=1e-3)
