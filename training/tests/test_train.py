import csv
import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from training.config import Config, load_config, same_config
from training.data.dataset import load_faces
from training.errors import TrainingError, run_command
from training.optim.checkpoint import load_checkpoint
from training.optim.schedule import one_cycle
from training.optim.targets import targets_of
from training.train import Run, log_epoch, loss_of, main, train

ROOT = Path(__file__).parents[2]
CPU = torch.device("cpu")


def rows_of(run: Path) -> list[dict[str, str]]:
    with (run / "log.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_training_lowers_the_loss_and_writes_everything(trained: tuple[Path, Path]) -> None:
    _, run = trained
    rows = rows_of(run)
    assert [row["epoch"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert float(rows[-1]["loss"]) < float(rows[0]["loss"])
    names = {path.name for path in run.iterdir()}
    heads = ("fer2013", "ferplus", "mean_fer2013", "mean_ferplus")
    assert names >= {"checkpoint.pt", "log.csv", "events", "curves.png", "curves.json", "report.json"}
    assert names >= {f"{kind}-{head}.png" for kind in ("confusion", "classes") for head in heads}
    assert not [name for name in names if "partial" in name]
    report = json.loads((run / "report.json").read_text())
    assert report["fer2013"]["count"] == 28 and sum(map(sum, report["ferplus"]["confusion"])) == 28


def test_resuming_a_killed_run_gives_identical_weights(trained: tuple[Path, Path], tmp_path: Path) -> None:
    data, whole = trained
    run = tmp_path / "run"
    command = [sys.executable, "-m", "training.train", "--config", str(whole.parent / "tiny.toml"),
               "--data", str(data), "--out", str(run), "--threads", "1"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 180
    while not (run / "checkpoint.pt").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "the process was killed before it ended"
    assert 1 <= load_checkpoint(run / "checkpoint.pt", CPU)["epoch"] < 5
    # Calls train directly, since the command also draws nine figures.
    train(load_config(str(whole.parent / "tiny.toml")), data, run, CPU)
    resumed, straight = (load_checkpoint(r / "checkpoint.pt", CPU) for r in (run, whole))
    for part in ("model", "average"):
        for name, value in straight[part].items():
            assert torch.equal(value, resumed[part][name]), name
    for a, b in zip(rows_of(run), rows_of(whole), strict=True):
        assert a | {"train_seconds": ""} == b | {"train_seconds": ""}


def test_log_epoch_replaces_rows_of_repeated_epochs(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    for epoch, loss in ((1, 3.0), (2, 2.0), (3, 9.0), (3, 1.0)):
        log_epoch(path, {"epoch": epoch, "loss": loss})
    log_epoch(path, {"epoch": 4, "loss": 0.5, "valid_loss": 0.7})
    assert [(r["epoch"], r["loss"], r["valid_loss"]) for r in rows_of(tmp_path)] == [
        ("1", "3.0", ""), ("2", "2.0", ""), ("3", "1.0", ""), ("4", "0.5", "0.7")]


def test_resume_rejects_another_config_and_damaged_checkpoints(trained: tuple[Path, Path], tmp_path: Path) -> None:
    config = load_config(str(trained[1].parent / "tiny.toml"))
    whole = (trained[1] / "checkpoint.pt").read_bytes()
    (tmp_path / "checkpoint.pt").write_bytes(whole)
    with pytest.raises(TrainingError, match="another config"):
        Run(dataclasses.replace(config, seed=2), tmp_path, CPU).resume()
    for content in (whole[: len(whole) // 2], b"", b"hello"):
        (tmp_path / "checkpoint.pt").write_bytes(content)
        with pytest.raises(TrainingError, match="damaged") as caught:
            Run(config, tmp_path, CPU).resume()
        assert "\n" not in str(caught.value)
    torch.save({"weights": 1}, tmp_path / "checkpoint.pt")
    with pytest.raises(TrainingError, match="not a checkpoint"):
        Run(config, tmp_path, CPU).resume()


def test_keys_missing_from_a_checkpoint_take_their_default() -> None:
    config = Config(plan="mien-s", epochs=7)
    saved = dataclasses.asdict(config)
    del saved["early_stop"], saved["augmentation"]["blur_p"]
    assert same_config(saved, config)
    assert not same_config(saved, dataclasses.replace(config, early_stop=3))
    assert not same_config(saved | {"epochs": 8}, config)


def test_plateau_halves_the_rate_and_early_stopping_ends_the_run(tmp_path: Path) -> None:
    config = Config(plan="mien-xs", schedule="plateau", learning_rate=0.1, patience=2, early_stop=5, epochs=99)
    run = Run(config, tmp_path, CPU)
    rates = []
    bias = run.average.layers["ferplus"].bias
    for score in (0.5, 0.6, 0.6, 0.55, 0.6, 0.4):
        run.epoch += 1
        torch.nn.init.constant_(bias, run.epoch)
        run.record_score(score)
        rates.append(run.rate)
        assert not run.finished
    assert rates == pytest.approx([0.1, 0.1, 0.1, 0.05, 0.05, 0.025])
    run.epoch += 1
    run.record_score(0.6)
    assert run.finished and (run.best, run.best_epoch) == (0.6, 2)
    run.restore_best()
    assert (bias == 2).all(), "keeps the averaged weights of the best epoch"
    kept = load_checkpoint(tmp_path / "checkpoint.pt", CPU)
    assert (kept["average"]["layers.ferplus.bias"] == 2).all()


def test_early_stopped_runs_do_not_resume(data: Path, tmp_path: Path) -> None:
    config = Config(plan="mien-xs", epochs=5, batch_size=64, learning_rate=1e-9, early_stop=1, ema_decay=0.999999)
    train(config, data, tmp_path / "run", CPU)
    epochs = len(rows_of(tmp_path / "run"))
    assert epochs < 5
    train(config, data, tmp_path / "run", CPU)
    assert len(rows_of(tmp_path / "run")) == epochs


@pytest.mark.parametrize("error", [torch.cuda.OutOfMemoryError("CUDA out of memory"), TrainingError("the loss is not finite")])
def test_immediate_failure_leaves_no_folder(
    data: Path, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> float:
        raise error

    monkeypatch.setattr(Run, "train_epoch", fail)
    with pytest.raises(SystemExit, match="^training: ") as caught:
        run_command(lambda: main(["--config", str(config), "--data", str(data), "--out", str(tmp_path / "run"), "--threads", "1"]))
    assert "\n" not in str(caught.value) and not (tmp_path / "run").exists()


def test_two_threads_are_reproducible(data: Path, tmp_path: Path) -> None:
    config = Config(plan="mien-xs", epochs=1, batch_size=32)
    torch.set_num_threads(2)
    try:
        for name in "ab":
            train(config, data, tmp_path / name, CPU)
    finally:
        torch.set_num_threads(1)
    a, b = (load_checkpoint(tmp_path / name / "checkpoint.pt", CPU)["model"] for name in "ab")
    assert all(torch.equal(value, b[name]) for name, value in a.items())


def test_one_cycle_rises_then_falls_to_zero() -> None:
    rates = [one_cycle(step, 100, 0.1) for step in range(101)]
    assert max(rates) == rates[20] == pytest.approx(0.1) and rates[0] == pytest.approx(0.004)
    assert all(a < b for a, b in zip(rates[:20], rates[1:21])) and rates[100] == pytest.approx(0)
    assert all(a > b for a, b in zip(rates[20:], rates[21:]))


def test_faces_without_agreement_have_no_ferplus_gradient(data: Path) -> None:
    faces = load_faces(data, "train")
    faces.votes[:] = 0
    logits = {head: torch.randn(70, 7, requires_grad=True) for head in ("fer2013", "ferplus")}
    loss_of(logits, targets_of(faces, 0.1), 1.0).backward()
    ferplus, fer2013 = logits["ferplus"].grad, logits["fer2013"].grad
    assert ferplus is not None and fer2013 is not None
    assert ferplus.abs().max() == 0 and fer2013.abs().max() > 0


@pytest.mark.parametrize(("text", "message"), [
    ('plan = "mien-s"\nepoch = 3', "unknown key epoch"),
    ("epochs = 3", "missing key plan"),
    ('plan = "mien-s"\nepochs = "3"', "epochs must be of type int"),
    ('plan = "mien-s"\nepochs = 0', "at least 1"),
    ('plan = "mien-s"\nschedule = "linear"', "schedule must be"),
    ('plan = "mien-s"\naugmentation = 3', "must be a table"),
    ('plan = "mien-s"\nteachers = "a"', "teachers must be a list of strings"),
    ('plan = "mien-s"\nteachers = [1]', "teachers must be a list of strings"),
    ('plan = "mien-s"\nprior_votes = 2.0', "need start_from"),
    ('plan = "mien-s"\n[augmentation]\nblur_p = 1.5', "blur_p is a probability"),
    ("plan = ", "tiny.toml"),
])
def test_load_config_reports_invalid_configs(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "tiny.toml"
    path.write_text(text)
    with pytest.raises(TrainingError, match=message):
        load_config(str(path))


def test_every_committed_config_loads() -> None:
    names = [path.stem for path in (ROOT / "training" / "configs").glob("*.toml")]
    assert "mien-s-1.0.0" in names
    for name in names:
        load_config(name)
    with pytest.raises(TrainingError, match="no config 'none'; known: .*mien-s"):
        load_config("none")


def test_finale_augmentation_applies_to_the_last_epochs() -> None:
    config = load_config("mien-s-1.0.0")
    assert config.augmentation_of(config.epochs - config.finale_epochs - 1) == config.augmentation
    assert config.augmentation_of(config.epochs - config.finale_epochs) == config.finale != config.augmentation
