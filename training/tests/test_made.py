"""Faces synthesised from neutral ones: their sources, the results, and the resulting targets."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from training.config import Config
from training.data.dataset import Faces
from training.data.portraits import Portraits
from training.errors import TrainingError
from training.labels import EXPRESSIONS, FERPLUS_COLUMNS
from training.made import Made, load_made, make, sources_of
from training.optim.targets import targets_of
from training.optim.training_set import NEUTRAL, intended_targets, training_set_of
from training.tests.test_warp import face

HAPPY = EXPRESSIONS.index("happy")


def made(count: int = 70, seed: int = 1) -> Made:
    images, landmarks = face(5)
    return make((images * 255).byte(), landmarks, count, seed)


def test_make_covers_every_expression_and_repeats_per_seed() -> None:
    faces = made()
    assert faces.images.shape == (len(faces.labels), 48, 48)
    assert set(faces.labels.tolist()) == set(range(len(EXPRESSIONS)))
    assert torch.equal(faces.images, made().images)
    assert not torch.equal(faces.images, made(seed=2).images)


def test_sources_are_neutral_frontal_and_closed_lipped() -> None:
    _, landmarks = face(6)
    landmarks[:, 1] = torch.tensor([48.0, 56.0])
    landmarks[1, 1, 0] = 60  # turned away
    landmarks[2, 14, 1] += 6  # talking
    landmarks[3] = -512 # no face found
    labels = torch.full((6,), NEUTRAL)
    labels[4] = HAPPY
    press = Portraits(torch.zeros(6, 96, 96, dtype=torch.uint8), labels, [])
    predictions = torch.tensor([0.9, 0.9, 0.9, 0.9, 0.9, 0.3])
    assert sources_of(press, landmarks, predictions).tolist() == [0]
    with pytest.raises(TrainingError, match="no press face"):
        sources_of(press, landmarks, predictions * 0)


def test_made_faces_survive_a_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "made.npz"
    faces = made()
    faces.save(path)
    again = load_made(path)
    assert all(torch.equal(a, b) for a, b in zip(vars(faces).values(), vars(again).values(), strict=True))
    path.write_bytes(b"no archive")
    with pytest.raises(TrainingError, match="made faces"):
        load_made(path)


def test_intended_targets_grow_with_strength() -> None:
    labels = torch.tensor([HAPPY, HAPPY, HAPPY, NEUTRAL])
    targets = intended_targets(Made(torch.zeros(4, 48, 48), labels, torch.tensor([0.25, 0.6, 1.2, 1.0])))
    assert torch.allclose(targets.sum(1), torch.ones(4))
    assert 0.25 < targets[0, HAPPY] < targets[1, HAPPY] < targets[2, HAPPY]
    assert targets[0].argmax() == NEUTRAL and targets[2].argmax() == HAPPY and targets[3, NEUTRAL] > 0.9


def test_training_set_includes_made_faces_with_their_weight(tmp_path: Path) -> None:
    path = tmp_path / "made.npz"
    faces = made()
    faces.save(path)
    votes = torch.zeros(3, len(FERPLUS_COLUMNS))
    votes[:, 0] = 10
    own = Faces(torch.zeros(3, 48, 48, dtype=torch.uint8), torch.tensor([0, 1, 2]), votes)
    config = Config(plan="mien-xs", made=(str(path),), made_fer2013_weight=0.3, made_ferplus_weight=0.5)
    training_set = training_set_of(own, targets_of(own, 0.1), config, tmp_path, None)
    count = len(faces.labels)
    assert len(training_set.images) == 3 + count
    hard, _, weight = training_set.targets
    assert torch.allclose(hard.sum(1), torch.cat([torch.ones(3), torch.full((count,), 0.3)]))
    assert torch.allclose(weight, torch.cat([torch.ones(3), torch.full((count,), 0.5)]))
    with pytest.raises(TrainingError, match="start_from"):
        training_set_of(own, targets_of(own, 0.1), Config(plan="mien-xs", press_weight=0.5), tmp_path, None)
