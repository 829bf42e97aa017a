import json
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from training.errors import TrainingError
from training.experiments.face_trunk import learn
from training.model.face_res import FaceRes, _blocks


def test_blocks_match_the_graph() -> None:
    g = torch.Generator().manual_seed(1)
    weights = {
        "a": torch.randn(3, 3, 3, 4, generator=g), "a-bias": torch.randn(4, generator=g),
        "b": torch.randn(3, 3, 4, 1, generator=g), "b-gain": torch.rand(4, generator=g), "b-bias": torch.randn(4, generator=g),
        "c": torch.randn(1, 1, 4, 6, generator=g), "c-bias": torch.randn(6, generator=g),
    }
    nodes = [("Conv2D", "a", 2), ("Add", "a-bias", 1), ("DepthwiseConv2dNative", "b", 1), ("Mul", "b-gain", 1), ("Add", "b-bias", 1),
             ("Conv2D", "c", 1), ("Add", "c-bias", 1)]
    x = torch.randn(2, 3, 9, 9, generator=g)
    first, second = _blocks(nodes, weights)
    with torch.no_grad():
        there = F.relu6(F.conv2d(x, weights["a"].permute(3, 2, 0, 1), weights["a-bias"], 2, 1))
        assert torch.allclose(first(x), there, atol=1e-5)
        plain = F.conv2d(there, weights["b"].permute(2, 3, 0, 1), padding=1, groups=4)
        there = F.relu6(plain * weights["b-gain"][:, None, None] + weights["b-bias"][:, None, None])
        there = F.relu6(F.conv2d(there, weights["c"].permute(3, 2, 0, 1), weights["c-bias"]))
        assert torch.allclose(second(first(x)), there, atol=1e-4)


def test_face_res_reports_a_wrong_folder(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="human-models"):
        FaceRes(tmp_path)
    (tmp_path / "faceres-deep.json").write_text(json.dumps({"weightsManifest": [{"weights": [{"name": "a", "shape": [9], "dtype": "float32"}]}]}))
    (tmp_path / "faceres-deep.bin").write_bytes(np.zeros(3, np.float32).tobytes())
    with pytest.raises(TrainingError, match="does not contain FaceRes"):
        FaceRes(tmp_path)


def test_perceptron_learns_separable_features() -> None:
    labels = torch.arange(700) % 7
    features = (F.one_hot(labels, 7).float().repeat(1, 4) + 0.3 * torch.randn(700, 28, generator=torch.Generator().manual_seed(2))).half()
    hard = F.one_hot(labels, 7).float()
    net = learn(features, [hard, hard, torch.ones(700)], 30, 0)
    with torch.no_grad():
        logits = net(features)
    assert all((logits[head].argmax(1) == labels).float().mean() > 0.9 for head in ("fer2013", "ferplus"))
