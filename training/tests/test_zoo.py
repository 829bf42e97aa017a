import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from training.data.preprocess import to_unit
from training.errors import TrainingError
from training.model.keras_weights import keras_weights, load_keras_weights
from training.model.network import ExpressionNetwork, load_seed_topology
from training.model.tfjs import load_tfjs_model
from training.tests.conftest import foreign_arguments
from training.zoo import export, formula, recipe, train
from training.zoo.augment import keras_augment
from training.zoo.recipe import KerasAugmentation, Recipe, load_recipe

PARAMETERS = {"seed-bilstm": 1_203_655, "seed-cnn4": 2_345_607, "seed-separable": 2_286_631, "seed-vgg": 3_509_191}


@pytest.mark.parametrize("model_id", formula.seeds())
def test_seed_network_matches_parameters_and_committed_outputs(model_id: str) -> None:
    weights = keras_weights(ExpressionNetwork(load_seed_topology(model_id)))
    assert sum(value.numel() for value in weights.values()) == PARAMETERS[model_id]
    assert torch.allclose(torch.tensor(formula.answers(model_id)), torch.tensor(json.loads(formula.ANSWERS.read_text())[model_id]), atol=1e-4)


@pytest.mark.parametrize("path", sorted(recipe.RECIPES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_recipe_loads_and_has_a_network(path: Path) -> None:
    assert load_recipe(path.stem).epochs >= 1
    assert load_seed_topology(path.stem)


def test_reports_unknown_networks_keys_and_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TrainingError, match="no seed network 'seed-x'.*seed-cnn4"):
        load_seed_topology("seed-x")
    monkeypatch.setattr(recipe, "RECIPES", tmp_path)
    (tmp_path / "seed-x.toml").write_text('said = ""\nclaimed = ""\nepoch = 3\n')
    with pytest.raises(TrainingError, match="unknown key epoch"):
        load_recipe("seed-x")
    topology = load_seed_topology("seed-bilstm")
    recurrent = next(layer for layer in topology["config"]["layers"] if layer["name"] == "lstm1")
    recurrent["config"]["layer"]["config"]["recurrent_activation"] = "hard_sigmoid"
    with pytest.raises(TrainingError, match="recurrent_activation 'hard_sigmoid'"):
        ExpressionNetwork(topology)


def test_load_keras_weights_rejects_another_network() -> None:
    network = ExpressionNetwork(load_seed_topology("seed-cnn4"))
    weights = keras_weights(network)
    with pytest.raises(TrainingError, match="no weights for dense/kernel"):
        load_keras_weights(network, {name: value for name, value in weights.items() if name != "dense/kernel"}, "it")
    with pytest.raises(TrainingError, match="conv1/bias is"):
        load_keras_weights(network, weights | {"conv1/bias": torch.zeros(3)}, "it")


def test_keras_augment_defaults_to_identity_and_mirrors_on_request() -> None:
    g = torch.Generator().manual_seed(1)
    faces = torch.rand(64, 1, 48, 48)
    assert torch.equal(keras_augment(faces, KerasAugmentation(), g), faces)
    mirrored = keras_augment(faces, KerasAugmentation(mirror=True), g)
    unchanged = (mirrored - faces).abs().amax((1, 2, 3)) < 1e-5
    flipped = (mirrored - faces.flip(3)).abs().amax((1, 2, 3)) < 1e-5
    assert (unchanged ^ flipped).all() and 16 < int(flipped.sum()) < 48
    moved = keras_augment(faces, KerasAugmentation(rotation_deg=30, shear_deg=20, zoom=0.3, shift=0.3), g)
    assert moved.shape == faces.shape and moved.min() >= 0 and moved.max() <= 1


def test_resuming_a_killed_run_gives_identical_results(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = Recipe(said="", claimed="", epochs=2, batch_size=32, learning_rate=1e-3, plateau=1, early_stop=5)
    train.train("seed-bilstm", short, data, tmp_path / "whole")

    def killed(self: train.SeedRun, images: torch.Tensor, labels: torch.Tensor) -> tuple[float, float]:
        if self.epoch == 1:
            raise KeyboardInterrupt
        return train_epoch(self, images, labels)

    train_epoch = train.SeedRun.train_epoch
    monkeypatch.setattr(train.SeedRun, "train_epoch", killed)
    with pytest.raises(KeyboardInterrupt):
        train.train("seed-bilstm", short, data, tmp_path / "killed")
    monkeypatch.setattr(train.SeedRun, "train_epoch", train_epoch)
    train.train("seed-bilstm", short, data, tmp_path / "killed")
    whole, resumed = (train.read_state(tmp_path / name / "checkpoint.pt") for name in ("whole", "killed"))
    assert all(torch.equal(value, resumed["model"][name]) for name, value in whole["model"].items())
    assert whole["best"] == resumed["best"]
    with pytest.raises(TrainingError, match="belongs to another recipe"):
        train.train("seed-bilstm", Recipe(said="", claimed="", seed=2), data, tmp_path / "whole")


def ship(epochs: int, data: Path, folder: Path) -> Path:
    """Trains and exports a network for a few epochs into local folders; returns the model's folder."""
    train.train("seed-bilstm", Recipe(said="", claimed="", epochs=epochs, batch_size=16), data, folder / "run")
    sets = foreign_arguments(folder)[:4]
    for name in ("models", "results"):
        (folder / name).mkdir()
    (folder / "models" / "index.json").write_text('{"serving": "own", "models": [{"id": "own", "folder": "own/"}]}')
    (folder / "results" / "results.csv").write_text(train.RESULTS.joinpath("results.csv").read_text().splitlines()[0] + "\n")
    places = [f"--{name}={folder / name}" for name in ("run", "models", "results")]
    export.main(["--id", "seed-bilstm", "--data", str(data), *sets, *places])
    return folder / "models" / "seed-bilstm"


def test_lost_checkpoint_resumes_from_the_shipped_model(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = Recipe(said="", claimed="", epochs=5, batch_size=16)
    monkeypatch.setattr(export, "load_recipe", lambda _: planned)
    shipped = ship(2, data, tmp_path)
    kept = json.loads((shipped / "card.json").read_text())["training"]["keptEpoch"]
    weights = keras_weights(load_tfjs_model(shipped))

    def inspect_start(self: train.SeedRun, images: torch.Tensor, labels: torch.Tensor) -> tuple[float, float]:
        assert self.epoch == kept and all(torch.equal(value, weights[name]) for name, value in keras_weights(self.model).items())
        raise KeyboardInterrupt

    monkeypatch.setattr(train, "RESULTS", tmp_path / "results")
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(train.SeedRun, "train_epoch", inspect_start)
        train.train("seed-bilstm", planned, data, tmp_path / "again", shipped)
    train.train("seed-bilstm", replace(planned, epochs=kept + 1), data, tmp_path / "again", shipped)
    log = tmp_path / "again" / "log.csv"
    assert log.read_text().splitlines()[: kept + 1] == (tmp_path / "results" / "seed-bilstm" / "log.csv").read_text().splitlines()[: kept + 1]
    state = train.read_state(tmp_path / "again" / "checkpoint.pt")
    assert state["epoch"] == kept + 1 and state["anew"] == [kept]
    assert f"began anew after epoch {kept}" in export.training_of(planned, state, log)["words"]


def test_plateau_lowers_the_rate_then_stops_early(tmp_path: Path) -> None:
    recipe = Recipe(said="", claimed="", learning_rate=1.0, plateau=2, plateau_factor=0.1, least_rate=0.02, early_stop=5)
    run = train.SeedRun("seed-cnn4", recipe, tmp_path)
    rates, losses = [], [1.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.9]
    for epoch, loss in enumerate(losses, 1):
        assert not run.finished
        run.epoch = epoch
        run.record_loss(loss)
        rates.append(run.rate)
    assert rates == pytest.approx([1, 1, 1, 0.1, 0.1, 0.02, 0.02])
    assert run.finished and run.best_epoch == 2


def test_export_reproduces_golden_outputs_and_describes_progress(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "load_recipe", lambda _: Recipe(said="as here", claimed="nothing", epochs=4, batch_size=16))
    folder = ship(1, data, tmp_path)
    card, golden = (json.loads((folder / name).read_text()) for name in ("card.json", "golden.json"))
    network = load_tfjs_model(folder)
    crops = torch.frombuffer(bytearray(base64.b64decode(golden["crops"])), dtype=torch.uint8).reshape(-1, 48, 48)
    with torch.no_grad():
        answers = network(to_unit(crops))["label"].softmax(1)
    assert torch.allclose(answers, torch.tensor(golden["answers"]), atol=1e-4)
    assert card["parameters"] == PARAMETERS["seed-bilstm"] and card["bytes"] == (folder / "weights.bin").stat().st_size
    assert not card["training"]["finished"] and "had not come to its end" in card["training"]["words"]
    assert [model["id"] for model in json.loads((tmp_path / "models" / "index.json").read_text())["models"]] == ["own", "seed-bilstm"]
    assert (tmp_path / "results" / "results.csv").read_text().splitlines()[1].startswith("seed-bilstm 1.0.0,seeds/seed-bilstm,1,,")
    assert [row["count"] for row in card["metrics"]] == [28, 28] and len(card["transfer"]["sets"]) == 3


def test_eight_bits_round_to_half_a_step() -> None:
    weight = torch.randn(40, 50, generator=torch.Generator().manual_seed(3))
    small, half = export.stored("a/kernel", weight, True), export.stored("a/kernel", weight, False)
    scale = small.entry["quantization"]["scale"]
    assert (small.value - weight).abs().max() <= scale * 0.501 and len(small.content) == 2000
    assert (half.value - weight).abs().max() < 2e-3 and len(half.content) == 4000
    with pytest.raises(TrainingError, match="not finite in float16"):
        export.stored("a/bias", torch.tensor([1e6]), False)
