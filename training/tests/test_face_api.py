"""The teacher from npm with drawn weights: its layout, and the errors for a missing package."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from training.errors import TrainingError
from training.labels import EXPRESSIONS
from training.model.face_api import OUTPUT_ORDER, FaceApi

CHANNELS = (3, 32, 64, 128, 256)


def write_weights(folder: Path, bias: list[float]) -> None:
    """A network of its shape whose convolutions give zero, so that the last layer's bias is the output."""
    entries: list[tuple[str, list[int]]] = []
    for i, (before, after) in enumerate(zip(CHANNELS, CHANNELS[1:], strict=False)):
        for k in range(4):
            name, c = f"dense{i}/conv{k}", before if k == 0 else after
            if i == k == 0:
                entries += [(f"{name}/filters", [3, 3, c, after])]
            else:
                entries += [(f"{name}/depthwise_filter", [3, 3, c, 1]), (f"{name}/pointwise_filter", [1, 1, c, after])]
            entries += [(f"{name}/bias", [after])]
    entries += [("fc/weights", [256, 7]), ("fc/bias", [7])]
    # As in the package: 8-bit kernels, float32 biases.
    kernel = {"dtype": "uint8", "scale": 1.0, "min": 0.0}
    stored = [{"name": n, "shape": s, "dtype": "float32"} | ({} if n.endswith("bias") else {"quantization": kernel}) for n, s in entries]
    data = b"".join(
        np.array(bias if n == "fc/bias" else np.zeros(s), np.float32 if n.endswith("bias") else np.uint8).tobytes() for n, s in entries
    )
    (folder / "face_expression_model-weights_manifest.json").write_text(json.dumps([{"paths": ["x"], "weights": stored}]))
    (folder / "face_expression_model.bin").write_bytes(data)


def test_face_api_reorders_its_outputs(tmp_path: Path) -> None:
    bias = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    write_weights(tmp_path, bias)
    logits = FaceApi(tmp_path).logits(torch.zeros(3, 48, 48, dtype=torch.uint8), batch_size=2)
    assert logits.shape == (3, 7)
    for i, name in enumerate(EXPRESSIONS):
        assert logits[0, i].item() == pytest.approx(bias[OUTPUT_ORDER.index(name)], abs=1e-3)


def test_face_api_reports_a_missing_or_different_package(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="npm ci"):
        FaceApi(tmp_path)
    write_weights(tmp_path, [0.0] * 7)
    (tmp_path / "face_expression_model.bin").write_bytes(b"short")
    with pytest.raises(TrainingError, match="does not contain face-api"):
        FaceApi(tmp_path)
