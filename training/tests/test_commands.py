"""The commands as a person calls them: output, exit status, and one line for what is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from training import ablation, calibrate, evaluate, robustness
from training.checkpoint import averaged_network, load_checkpoint, save_checkpoint
from training.errors import TrainingError, run_command
from training.export import export
from training.metrics import calibrated
from training.tfjs_model import load_tfjs_model

ROOT = Path(__file__).parents[2]


def test_evaluate_from_checkpoint_and_from_export_agree(
    trained: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, run = trained
    evaluate.main(["--data", str(data), "--usage", "train", "--checkpoint", str(run / "checkpoint.pt"),
                   "--json", str(tmp_path / "a.json")])
    text = capsys.readouterr().out
    assert "70 faces of usage 'train'" in text and "FER+ head, FER+ majority" in text and "macro-F1" in text
    export(run / "checkpoint.pt", "tiny", None, tmp_path)
    evaluate.main(["--data", str(data), "--usage", "train", "--model", str(tmp_path / "tiny"),
                   "--json", str(tmp_path / "b.json")])
    a, b = (json.loads((tmp_path / f"{name}.json").read_text()) for name in "ab")
    assert a["faces"] == 70 and set(a) == {"faces", "usage", "fer2013", "ferplus", "mean_fer2013", "mean_ferplus"}
    for head in ("fer2013", "ferplus"):  # float16 may turn a face or two
        assert abs(a[head]["accuracy"] - b[head]["accuracy"]) <= 2 / 70


def test_calibration_folds_into_the_export(trained: tuple[Path, Path], tmp_path: Path) -> None:
    data, run = trained
    checkpoint = str(run / "checkpoint.pt")
    calibrate.main(["--data", str(data), "--checkpoint", checkpoint, "--out", str(tmp_path)])
    value = json.loads((tmp_path / "calibration.json").read_text())
    assert set(value["heads"]) == {"fer2013", "ferplus"} and value["mean"]["temperature"] > 0
    assert all(len(h["bias"]) == 7 and h["temperature"] > 0 for h in value["heads"].values())
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["fitted_on"] + report["judged_on"] == 28 and (tmp_path / "reliability.png").stat().st_size > 5000

    # Strong values, so that a fold in the wrong order would show.
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


def test_robustness_writes_table_and_plot(trained: tuple[Path, Path], tmp_path: Path) -> None:
    data, run = trained
    robustness.main(["--data", str(data), "--checkpoint", str(run / "checkpoint.pt"), "--out", str(tmp_path)])
    value = json.loads((tmp_path / "robustness.json").read_text())
    sweeps = value["sweeps"]
    untouched = [next(row for row in sweeps[name] if row["at"] == at) for name, at in (
        ("box scale", 1), ("shift right", 0), ("shift down", 0), ("roll, degrees", 0), ("face size, px", 48))]
    assert all({**row, "at": 0} == {**untouched[0], "at": 0} for row in untouched), "no change must change nothing"
    assert (tmp_path / "robustness.png").stat().st_size > 5000


def test_jitter_moves_the_picture_the_way_it_says() -> None:
    image = torch.zeros(1, 48, 48, dtype=torch.uint8)
    image[0, 10:14, 30:34] = 255
    assert torch.equal(robustness.jitter(image), image)

    def centre(x: torch.Tensor) -> tuple[float, float]:
        at = torch.arange(48.0)
        weight = x[0].float() / x.sum()
        return float((weight.sum(1) * at).sum()), float((weight.sum(0) * at).sum())

    # A box 12 px further right sees the square 12 px further left.
    assert centre(robustness.jitter(image, x=0.25)) == pytest.approx((11.5, 19.5), abs=0.1)
    assert centre(robustness.jitter(image, y=-0.25)) == pytest.approx((23.5, 31.5), abs=0.1)
    # A box of twice the side halves all distances from the middle.
    assert centre(robustness.jitter(image, scale=2)) == pytest.approx((17.5, 27.5), abs=0.3)
    # A box turned clockwise by 90 degrees: what was right of the middle is now above it.
    right = torch.zeros(1, 48, 48, dtype=torch.uint8)
    right[0, 22:26, 38:42] = 255
    assert centre(robustness.jitter(right, roll_deg=90)) == pytest.approx((7.5, 23.5), abs=0.3)


def command(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", f"training.{module}", *arguments],
                          cwd=ROOT, capture_output=True, text=True, timeout=180)


def test_bad_input_ends_with_one_line_and_status_1(tmp_path: Path, data: Path, config: Path) -> None:
    (data / "train-0.png").unlink()
    done = command("train", "--config", str(config), "--data", str(data), "--out", str(tmp_path / "run"))
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert done.stderr.startswith("training: ") and "train-0.png is missing" in done.stderr
    assert not (tmp_path / "run").exists()


def test_evaluate_names_a_truncated_checkpoint(trained: tuple[Path, Path], tmp_path: Path) -> None:
    data, run = trained
    cut = tmp_path / "cut.pt"
    cut.write_bytes((run / "checkpoint.pt").read_bytes()[:9000])
    done = command("evaluate", "--data", str(data), "--checkpoint", str(cut), "--json", str(tmp_path / "a.json"))
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "cut.pt is damaged" in done.stderr
    assert not (tmp_path / "a.json").exists()


@pytest.mark.parametrize(("error", "line"), [
    (TrainingError("what is wrong"), "training: what is wrong"),
    (torch.cuda.OutOfMemoryError("CUDA out of memory.\nTried to allocate"), "training: the GPU is out of memory"),
    (MemoryError(), "training: out of memory"),
    (PermissionError(13, "Permission denied", "/x/log.csv"), "training: /x/log.csv: Permission denied"),
    (KeyboardInterrupt(), "training: stopped"),
])
def test_what_the_person_reads(error: BaseException, line: str) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(SystemExit) as caught:
        run_command(fail)
    text = str(caught.value)
    assert text.startswith(line) and "\n" not in text


def test_the_ablation_trains_every_variant_alike(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
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
