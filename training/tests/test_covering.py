"""Covers hide the intended parts, harmless objects nothing, and the command writes a network that the app can read."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from training import covering
from training.data import cover_kinds as kinds
from training.data.beards import beard
from training.data.covers import anatomy
from training.model.network import ExpressionNetwork, load_topology
from training.model.tfjs import load_tfjs_model

from .conftest import write_data, write_portraits

# Positions of the MediaPipe landmarks in use, on a face that fills 96 pixels.
PLACES = {33: (24, 38), 133: (39, 39), 362: (58, 39), 263: (72, 38), 61: (34, 75), 291: (64, 75), 0: (49, 71), 17: (49, 83), 1: (48, 60),
          152: (49, 99)}


def landmarks() -> np.ndarray:
    points = np.full((478, 2), 48.0)
    for i, place in PLACES.items():
        points[i] = place
    return points


def hidden_by(kind: object, seed: int) -> list[int]:
    face = np.full((96, 96), 150, np.uint8)
    rng = np.random.default_rng(seed)
    others = rng.integers(0, 255, (3, 96, 96)).astype(np.uint8)
    return kinds.cover(face, anatomy(landmarks()), others, rng, {kind: 1.0}, harmless=False).hidden  # type: ignore[dict-item]


@pytest.mark.parametrize(("kind", "part"), [(kinds.mask, 0), (kinds.dark_glasses, 1), (kinds.hand_on_side, 2), (kinds.telephone, 2)])
def test_covers_hide_their_part(kind: object, part: int) -> None:
    marks = [hidden_by(kind, seed)[part] for seed in range(12)]
    assert marks.count(1) >= 6


@pytest.mark.parametrize("kind", [kinds.spectacles, kinds.hand_beside, beard, kinds.hair, kinds.microphone])
def test_harmless_objects_hide_nothing(kind: object) -> None:
    marks = [mark for seed in range(12) for mark in hidden_by(kind, seed)]
    assert 1 not in marks and marks.count(0) >= 33


def test_thresholds_allow_the_share_of_false_alarms() -> None:
    logits = torch.randn(9000, 3, generator=torch.Generator().manual_seed(1))
    shares = (logits > covering.thresholds(logits)).float().mean(0).tolist()
    assert shares == pytest.approx(list(covering.FALSE_ALARMS.values()), abs=0.0005)


def test_training_resumes_from_the_exported_network(tmp_path: Path) -> None:
    shipped = load_tfjs_model(covering.MODELS / "covering").eval()
    network = ExpressionNetwork(load_topology("covering", "training"))
    x = torch.randn(64, 1, 48, 48, generator=torch.Generator().manual_seed(1))
    covering.unfold(shipped, network, x)
    initial = {k: v.clone() for k, v in network.state_dict().items()}
    assert torch.allclose(covering.logits_of(network.eval(), x), covering.logits_of(shipped, x), atol=1e-3)
    # Batch norms cancel their input statistics, so training starts from the exported network's outputs.
    assert torch.allclose(network.train()(x)["hidden"], shipped(x)["hidden"], atol=1e-2)
    covering.mean_of(network, initial, 0.5, x)
    assert torch.allclose(covering.logits_of(network.eval(), x), covering.logits_of(shipped, x), atol=0.05)


def test_drawn_people_are_cropped_like_detections(tmp_path: Path) -> None:
    np.random.default_rng(1).integers(0, 255, (3, 64, 64)).astype(np.uint8).tofile(tmp_path / "drawn.bin")
    people = covering.drawn_people(tmp_path / "drawn.bin")
    assert people.shape == (3, 96, 96)
    where = anatomy(covering.drawn_anatomy())
    assert 0 < where.right_eye[0] < where.nose[0] < where.left_eye[0] < 96 and where.nose[1] < where.mouth[1] < where.chin[1]


def test_command_exports_the_network_for_the_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_portraits(tmp_path / "press", 20)
    np.savez(tmp_path / "press" / "landmarks.npz", points=(np.tile(landmarks(), (20, 1, 1)) * 64).astype(np.int16))
    monkeypatch.setattr(covering, "MODELS", tmp_path / "models")
    covering.main(["--data", str(write_data(tmp_path / "data")), "--press", str(tmp_path / "press"), "--out", str(tmp_path / "out"),
                   "--faces", "20", "20", "--judged", "20", "--steps", "3", "--export"])
    folder = tmp_path / "models" / "covering"
    card, golden, model = (json.loads((folder / name).read_text()) for name in ("card.json", "golden.json", "model.json"))
    assert card["outputs"] == ["mouth", "eyes", "side"] and set(card["found"]) == {"press", "FER2013"}
    assert len(golden["hidden"]) == 4 and len(golden["hidden"][0]) == 3
    assert sum(int(np.prod(w["shape"])) for w in model["weightsManifest"][0]["weights"]) == 47_079
    assert 47_079 <= (folder / "weights.bin").stat().st_size < 50_000
