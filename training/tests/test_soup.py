"""The mean of exported networks: its output and its errors."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch

from training.data.dataset import load_faces
from training.errors import TrainingError
from training.eval.metrics import predict
from training.experiments.soup import main, mean_network
from training.export import export
from training.model.tfjs import load_tfjs_model
from training.optim.checkpoint import averaged_network
from training.train import main as train


def test_soup_averages_models_into_a_finished_run(trained: tuple[Path, Path], tmp_path: Path) -> None:
    folder, run = trained
    config = str(run.parent / "tiny.toml")
    export(run / "checkpoint.pt", "one", None, tmp_path)
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    model = json.loads((tmp_path / "other" / "model.json").read_text())
    for entry in model["weightsManifest"][0]["weights"]:
        if entry["name"].endswith("/kernel"):
            entry["quantization"]["scale"] *= 1.2
            entry["quantization"]["min"] *= 1.2
    (tmp_path / "other" / "model.json").write_text(json.dumps(model))
    both = [tmp_path / "one", tmp_path / "other"]

    mean, one, other = mean_network(both), *(load_tfjs_model(path) for path in both)
    for name, value in mean.state_dict().items():
        assert torch.allclose(value, (one.state_dict()[name] + other.state_dict()[name]) / 2), name
    main([*map(str, both), "--config", config, "--data", str(folder), "--out", str(tmp_path / "soup")])
    faces = load_faces(folder, "valid").images
    said, expected = predict(averaged_network(tmp_path / "soup" / "checkpoint.pt"), faces), predict(mean, faces)
    assert torch.allclose(said["ferplus"], expected["ferplus"], atol=2e-3 * expected["ferplus"].abs().max().item())
    assert not torch.allclose(said["ferplus"], predict(one, faces)["ferplus"], atol=1e-2)

    with pytest.raises(TrainingError, match="no curve to draw"): # no epochs are left to train
        train(["--config", config, "--data", str(folder), "--out", str(tmp_path / "soup"), "--threads", "1"])


def test_soup_rejects_models_of_different_plans(trained: tuple[Path, Path], tmp_path: Path) -> None:
    export(trained[1] / "checkpoint.pt", "tiny", None, tmp_path)
    shipped = Path(__file__).parents[2] / "public" / "models" / "mien-s"
    with pytest.raises(TrainingError, match="different plans"):
        mean_network([tmp_path / "tiny", shipped])
