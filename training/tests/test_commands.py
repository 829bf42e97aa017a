"""Commands as called by a user: output, exit status, and a one-line error message."""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from training import calibrate, card, evaluate, robustness, transfer
from training.data.dataset import load_faces
from training.errors import TrainingError, run_command
from training.eval.metrics import calibrated
from training.experiments import ablation
from training.export import export
from training.export import main as export_command
from training.labels import FERPLUS_COLUMNS
from training.model.mixing import LEVELS, UNCALIBRATED
from training.model.tfjs import load_tfjs_model
from training.optim.checkpoint import averaged_network, load_checkpoint, save_checkpoint
from training.tests.conftest import foreign_arguments, read_rows, write_rows

ROOT = Path(__file__).parents[2]


@pytest.mark.usefixtures("without_figures")
def test_evaluate_agrees_between_checkpoint_and_export(
    trained: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, run = trained
    evaluate.main(["--data", str(data), "--usage", "train", "--checkpoint", str(run / "checkpoint.pt"),
                   "--out", str(tmp_path / "a")])
    text = capsys.readouterr().out
    assert "70 faces of usage 'train'" in text and "FER+ head, FER+ majority" in text and "macro-F1" in text
    export(run / "checkpoint.pt", "tiny", None, tmp_path)
    evaluate.main(["--data", str(data), "--usage", "train", "--model", str(tmp_path / "tiny"),
                   "--out", str(tmp_path / "b")])
    a, b = (json.loads((tmp_path / name / "report.json").read_text()) for name in "ab")
    heads = {"fer2013", "ferplus", "mean_fer2013", "mean_ferplus"}
    assert a["faces"] == 70 and set(a) == {"faces", "usage", "calibration"} | heads == set(a["calibration"]) | {
        "faces", "usage", "calibration"}
    for head in heads:
        assert (tmp_path / "a" / f"confusion-{head}.png").is_file() and (tmp_path / "b" / f"classes-{head}.png").is_file()
        assert abs(a[head]["accuracy"] - b[head]["accuracy"]) <= 2 / 70 # float16 may change one or two faces
        assert f"NLL {a['calibration'][head]['nll']:.3f}" in text


def test_evaluate_defaults_to_valid_or_the_only_usage(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evaluate.main(["--data", str(data)])
    assert "28 faces of usage 'valid'" in capsys.readouterr().out, "the shipped model, on valid"
    rows = read_rows(data)
    write_rows(data, [row | {"usage": "PrivateTest"} for row in rows])
    evaluate.main(["--data", str(data)])
    assert f"{len(rows)} faces of usage 'PrivateTest'" in capsys.readouterr().out, "the only usage"
    write_rows(data, [row | {"usage": f"part {i % 2}"} for i, row in enumerate(rows)])
    with pytest.raises(TrainingError, match="--usage must name one of part 0, part 1"):
        evaluate.main(["--data", str(data)])


@pytest.mark.usefixtures("without_figures")
def test_evaluate_uses_only_labels_without_votes(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(data, [row | {name: 0 for name in FERPLUS_COLUMNS} for row in read_rows(data)])
    evaluate.main(["--data", str(data), "--out", str(tmp_path / "a")])
    text = (tmp_path / "a" / "report.json").read_text()
    assert "NaN" not in text and set(json.loads(text)["calibration"]) == {"fer2013", "mean_fer2013"}
    assert "no labelled faces" in capsys.readouterr().out


def test_evaluate_reports_a_truncated_table(data: Path) -> None:
    table = data / "labels.csv"
    whole = table.read_text()
    table.write_text(whole[:-12])
    with pytest.raises(TrainingError, match="labels.csv line 99 is truncated"):
        evaluate.main(["--data", str(data)])
    table.write_text(whole.split("\n")[0])
    with pytest.raises(TrainingError, match="has no faces"):
        evaluate.main(["--data", str(data)])


def test_export_folds_calibration_into_the_heads(trained: tuple[Path, Path], tmp_path: Path) -> None:
    data, run = trained
    checkpoint = str(run / "checkpoint.pt")
    calibrate.main(["--data", str(data), "--checkpoint", checkpoint, "--out", str(tmp_path)])
    value = json.loads((tmp_path / "calibration.json").read_text())
    assert set(value["heads"]) == {"fer2013", "ferplus"} and set(value["mixing"]["levels"]) == set(LEVELS)
    assert all(len(h["bias"]) == 7 and h["temperature"] > 0 for h in value["heads"].values())
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["fitted_on"] + report["judged_on"] == 28 and (tmp_path / "reliability.png").stat().st_size > 5000

    # Large values expose folding in the wrong order.
    state = load_checkpoint(run / "checkpoint.pt", torch.device("cpu"))
    state["average"]["layers.fer2013.bias"] = torch.linspace(-2, 2, 7)
    save_checkpoint(tmp_path / "checkpoint.pt", state)
    value["heads"]["fer2013"] = {"temperature": 0.5, "bias": [1.0, -1.0, 0.5, 0.0, 0.0, 2.0, 0.0]}
    export(tmp_path / "checkpoint.pt", "tiny", value, tmp_path)
    x = torch.randn(6, 1, 48, 48, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        wanted = calibrated(averaged_network(tmp_path / "checkpoint.pt")(x), value["heads"])
        got = load_tfjs_model(tmp_path / "tiny")(x)
    for head in wanted:
        assert torch.allclose(got[head].softmax(1), wanted[head].softmax(1), atol=0.01)


@pytest.fixture(scope="module")
def measured(trained: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run's folder with calibration and robustness reports, and their export (as "tiny")."""
    data, run = trained
    out = tmp_path_factory.mktemp("measured")
    shutil.copy(run / "checkpoint.pt", out)
    calibrate.main(["--data", str(data), "--checkpoint", str(out / "checkpoint.pt"), "--out", str(out / "calibration")])
    export(out / "checkpoint.pt", "tiny", json.loads((out / "calibration" / "calibration.json").read_text()), out)
    robustness.main(["--data", str(data), "--model", str(out / "tiny"), "--out", str(out / "robustness")])
    sets = foreign_arguments(tmp_path_factory.mktemp("foreign"))
    transfer.main(["--data", str(data), "--model", str(out / "tiny"), *sets, "--out", str(out / "transfer")])
    return out


def test_robustness_writes_table_and_plot(measured: Path) -> None:
    folder = measured / "robustness"
    value = json.loads((folder / "robustness.json").read_text())
    sweeps = value["sweeps"]
    untouched = [next(row for row in sweeps[name] if row["at"] == at) for name, at in (
        ("box scale", 1), ("shift right", 0), ("shift down", 0), ("roll, degrees", 0), ("face size, px", 48))]
    assert all({**row, "at": 0} == {**untouched[0], "at": 0} for row in untouched), "the unchanged crop scores the same in every sweep"
    assert (folder / "robustness.png").stat().st_size > 5000
    assert len(value["grid"]) == 27
    worst = min(row["ferplus"] for row in value["grid"])
    assert value["worst"]["ferplus"]["lost"] == pytest.approx(untouched[0]["ferplus"] - worst)


def test_robustness_measures_steadiness_on_small_faces(measured: Path) -> None:
    rows = json.loads((measured / "robustness" / "robustness.json").read_text())["steadiness"]
    assert [(r["px"], r["harm"], r["at"]) for r in rows] == [
        (px, harm, at) for px in robustness.SMALL for harm, (_, values) in robustness.DEGRADATIONS.items() for at in values]
    assert all(0 < r["moved"] <= r["moved95"] <= 1 and 0 <= r["other"] <= 1 for r in rows)


def test_jitter_directions() -> None:
    image = torch.zeros(1, 48, 48, dtype=torch.uint8)
    image[0, 10:14, 30:34] = 255
    assert torch.equal(robustness.jitter(image), image)

    def centre(x: torch.Tensor) -> tuple[float, float]:
        at = torch.arange(48.0)
        weight = x[0].float() / x.sum()
        return float((weight.sum(1) * at).sum()), float((weight.sum(0) * at).sum())

    # A box 12 px further right shows the square 12 px further left.
    assert centre(robustness.jitter(image, x=0.25)) == pytest.approx((11.5, 19.5), abs=0.1)
    assert centre(robustness.jitter(image, y=-0.25)) == pytest.approx((23.5, 31.5), abs=0.1)
    # A box of twice the side halves all distances from the middle.
    assert centre(robustness.jitter(image, scale=2)) == pytest.approx((17.5, 27.5), abs=0.3)
    # After rotating the box clockwise by 90 degrees, a square right of the centre is above it.
    right = torch.zeros(1, 48, 48, dtype=torch.uint8)
    right[0, 22:26, 38:42] = 255
    assert centre(robustness.jitter(right, roll_deg=90)) == pytest.approx((7.5, 23.5), abs=0.3)


def command(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", f"training.{module}", *arguments],
                          cwd=ROOT, capture_output=True, text=True, timeout=180)


def test_invalid_input_prints_one_line_and_exits_with_1(tmp_path: Path, data: Path, config: Path) -> None:
    (data / "train-0.png").unlink()
    done = command("train", "--config", str(config), "--data", str(data), "--out", str(tmp_path / "run"))
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert done.stderr.startswith("training: ") and "train-0.png is missing" in done.stderr
    assert not (tmp_path / "run").exists()


def test_evaluate_reports_a_truncated_checkpoint(trained: tuple[Path, Path], tmp_path: Path) -> None:
    data, run = trained
    cut = tmp_path / "cut.pt"
    cut.write_bytes((run / "checkpoint.pt").read_bytes()[:9000])
    done = command("evaluate", "--data", str(data), "--checkpoint", str(cut), "--out", str(tmp_path / "a"))
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "cut.pt is damaged" in done.stderr
    assert not (tmp_path / "a").exists()


def test_export_reports_invalid_input_and_writes_nothing(trained: tuple[Path, Path], tmp_path: Path) -> None:
    checkpoint = str(trained[1] / "checkpoint.pt")
    for name, text in (("cut", '{"heads": {'), ("other", '{"fer2013": 1}'), ("strange", '{"heads": {"fer2013": {"temperature": "hot"}}}')):
        (tmp_path / f"{name}.json").write_text(text)
    for arguments, message in (
        (["--checkpoint", str(tmp_path / "cut.json")], "damaged or not a checkpoint"),
        (["--checkpoint", checkpoint, "--calibration", str(tmp_path / "cut.json")], "cut.json is damaged"),
        (["--checkpoint", checkpoint, "--calibration", str(tmp_path / "other.json")], "not a calibration"),
        (["--checkpoint", checkpoint, "--calibration", str(tmp_path / "strange.json")], "not a calibration"),
        (["--checkpoint", checkpoint, "--calibration", str(tmp_path / "none.json")], "none.json is missing"),
    ):
        with pytest.raises(TrainingError, match=message) as caught:
            export_command(["--id", "tiny", "--out", str(tmp_path / "models"), *arguments])
        assert "\n" not in str(caught.value)
    assert not (tmp_path / "models").exists()


def test_full_disk_keeps_the_previous_export(
    trained: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(trained[1] / "checkpoint.pt", "tiny", None, tmp_path)
    before = {path.name: path.read_bytes() for path in (tmp_path / "tiny").iterdir()}
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if "golden" in path.name:
            raise OSError(28, "No space left on device", str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    heads = {head: {"temperature": 2.0, "bias": [0.0] * 7} for head in ("fer2013", "ferplus")}
    calibration = {"heads": heads, "mixing": UNCALIBRATED.to_json()}
    with pytest.raises(OSError, match="No space"):
        export(trained[1] / "checkpoint.pt", "tiny", calibration, tmp_path)
    assert {path.name: path.read_bytes() for path in (tmp_path / "tiny").iterdir()} == before


def test_card_requires_reports_on_the_exported_weights(trained: tuple[Path, Path], measured: Path, tmp_path: Path) -> None:
    data, run = trained
    shutil.copytree(measured, tmp_path, dirs_exist_ok=True)
    fitted = json.loads((tmp_path / "calibration" / "calibration.json").read_text())
    write_card = ["--id", "tiny", "--version", "0.1.0", "--run", str(tmp_path), "--data", str(data), "--models", str(tmp_path)]
    card.main(write_card)
    written = json.loads((tmp_path / "tiny" / "card.json").read_text())
    weights = (tmp_path / "tiny" / "weights.bin").read_bytes()
    assert written["sha256"] == hashlib.sha256(weights).hexdigest() and written["mixing"] == fitted["mixing"]
    assert written["metrics"][0]["count"] == 28 and "(51 faces, 19 near-duplicates" in written["data"]["trainedOn"]
    assert all(isinstance(line, str) and line.endswith(".") for line in written["knownFailures"])

    of_tiny = argparse.Namespace(checkpoint=None, calibration=None, model=tmp_path / "tiny")
    assert evaluate.subject_of(of_tiny).mixing.to_json() == written["mixing"]
    assert written["transfer"]["score"] == written["sensitivity"][1]["transferScore"]

    export(run / "checkpoint.pt", "tiny", None, tmp_path)  # other weights: not calibrated
    assert evaluate.subject_of(of_tiny).mixing == UNCALIBRATED, "the export's own"
    with pytest.raises(TrainingError, match="robustness belongs to other weights"):
        card.main(write_card)
    path, digest = tmp_path / "robustness" / "robustness.json", hashlib.sha256((tmp_path / "tiny" / "weights.bin").read_bytes())
    path.write_text(json.dumps(json.loads(path.read_text()) | {"weights_sha256": digest.hexdigest()}))
    with pytest.raises(TrainingError, match="calibration belongs to another model"):
        card.main(write_card)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"usage": "train"}))
    with pytest.raises(TrainingError, match="robustness was measured on other faces"):
        card.main(write_card)
    path.unlink()
    with pytest.raises(TrainingError, match="robustness.json is missing"):
        card.main(write_card)


def test_card_describes_the_training_data(trained: tuple[Path, Path]) -> None:
    faces = load_faces(trained[0], "valid")
    rules = lambda config, **more: card.data_of(
        faces, 0, faces, {"config": {"plan": "mien-xs"} | config} | more
    )["labelRules"]
    assert "70 % of what is learnt" in rules({"teachers": ["a"], "distil_weight": 0.7})
    assert "mean of those of a, b and c; these are the rules of the last" in rules({}, mean_of=["a", "b", "c"])
    assert "mean" not in rules({})
    assert "other networks" not in rules({}), "a checkpoint older than the teachers option"


@pytest.mark.parametrize(("error", "line"), [
    (TrainingError("cannot train"), "training: cannot train"),
    (torch.cuda.OutOfMemoryError("CUDA out of memory.\nTried to allocate"), "training: the GPU is out of memory"),
    (MemoryError(), "training: out of memory"),
    (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory:\nyou tried"), "training: out of memory"),
    (RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling"), "training: out of memory"),
    (PermissionError(13, "Permission denied", "/x/log.csv"), "training: /x/log.csv: Permission denied"),
    (KeyboardInterrupt(), "training: stopped"),
])
def test_errors_become_one_line(error: BaseException, line: str) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(SystemExit) as caught:
        run_command(fail)
    text = str(caught.value)
    assert text.startswith(line) and "\n" not in text


def test_ablation_variants_differ_only_in_their_changes(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "tiny.toml"
    config.write_text('plan = "mien-xs"\nepochs = 1\nbatch_size = 32\n')
    arguments = ["--config", str(config), "--data", str(data), "--out", str(tmp_path / "out"), "--seeds", "2"]
    ablation.main(arguments)
    figures = json.loads((tmp_path / "out" / "ablation.json").read_text())
    assert figures["seeds"] == 2 and list(figures["accuracy"]) == list(ablation.VARIANTS)
    assert all(len(values) == 2 for heads in figures["accuracy"].values() for values in heads.values())
    runs = {name: load_checkpoint(tmp_path / "out" / f"{name}-1" / "checkpoint.pt", torch.device("cpu"))
            for name in ("baseline", "without-rotation")}
    assert runs["without-rotation"]["config"]["augmentation"].pop("roll_deg") == 0
    assert runs["baseline"]["config"]["augmentation"].pop("roll_deg") > 0
    assert runs["baseline"]["config"]["augmentation"] == runs["without-rotation"]["config"]["augmentation"]
    assert "with closing" in capsys.readouterr().out
