import dataclasses
from pathlib import Path

import pytest
import torch

from training.config import Config
from training.data.augment import Augmentation
from training.data.dataset import load_faces
from training.data.preprocess import standardise, to_unit
from training.errors import TrainingError
from training.eval.metrics import predict
from training.export import export
from training.model.network import ExpressionNetwork, load_topology
from training.model.tfjs import load_tfjs_model
from training.model.warm_start import warm_start
from training.optim.checkpoint import averaged_network, load_checkpoint
from training.optim.distil import Teachers, distillation_loss
from training.optim.precision import bfloat16_is_faster
from training.optim.schedule import trapezoid
from training.tests.conftest import read_rows, write_data, write_rows
from training.train import Run, train

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def exported(trained: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models")
    export(trained[1] / "checkpoint.pt", "tiny", None, out)
    return out / "tiny"


def test_warm_start_reproduces_the_exported_model(trained: tuple[Path, Path], exported: Path) -> None:
    faces = load_faces(trained[0], "train")
    network = ExpressionNetwork(load_topology("mien-xs", "training"))
    model = load_tfjs_model(exported)
    sample = standardise(to_unit(faces.images))
    warm_start(network, model, sample)
    mine, its = predict(network, faces.images), predict(model, faces.images)
    for head in its:
        assert torch.allclose(mine[head], its[head], atol=2e-3 * its[head].abs().max().item())
    # In training mode the norms use the batch's statistics, which are those of the sample, so the output is unchanged.
    network.train()
    network.layers["dropout"].eval()
    with torch.no_grad():
        batch = network(sample)["ferplus"]
    assert torch.allclose(batch, its["ferplus"], atol=0.05 * its["ferplus"].abs().max().item())


def test_warm_start_rejects_another_plan(exported: Path) -> None:
    topology = load_topology("mien-xs", "training")
    stem = next(layer for layer in topology["config"]["layers"] if layer["name"] == "stem")
    stem["config"]["filters"] += 8
    with pytest.raises(TrainingError, match="another plan: its layer 'stem'"):
        warm_start(ExpressionNetwork(topology), load_tfjs_model(exported), torch.zeros(4, 1, 48, 48))


def twice_as_wide() -> ExpressionNetwork:
    topology = load_topology("mien-xs", "training")
    for layer in topology["config"]["layers"]:
        if layer["class_name"] == "Conv2D":
            layer["config"]["filters"] *= 2
    return ExpressionNetwork(topology)


@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_wider_network_starts_with_the_narrow_outputs(
    noise: float, trained: tuple[Path, Path], exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.model.warm_start.COPY_NOISE", noise)
    torch.manual_seed(0)
    faces = load_faces(trained[0], "train")
    wide, model = twice_as_wide(), load_tfjs_model(exported)
    warm_start(wide, model, standardise(to_unit(faces.images)))
    stem = wide.layers["stem"].get_parameter("weight")
    assert torch.equal(stem[:16], stem[16:]) == (noise == 0)
    mine, its = predict(wide, faces.images), predict(model, faces.images)
    for head in its:
        if noise == 0:
            assert torch.allclose(mine[head], its[head], atol=2e-3 * its[head].abs().max().item())
        # An untrained network reaches 0.75 at most.
        assert torch.corrcoef(torch.stack([mine[head].flatten(), its[head].flatten()]))[0, 1] > 0.9


def model_of(run: Path) -> dict[str, torch.Tensor]:
    weights: dict[str, torch.Tensor] = load_checkpoint(run / "checkpoint.pt", CPU)["model"]
    return weights


def equal(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(value, b[name]) for name, value in a.items())


def test_refined_run_resumes_and_accepts_more_epochs(
    trained: tuple[Path, Path], exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Everything that the flagship's config uses: warm start, refined labels, a trapezoid, a finale.
    config = Config(
        plan="mien-xs", epochs=2, batch_size=32, learning_rate=0.01, ema_decay=0.5, schedule="trapezoid", fall_epochs=1,
        start_from=str(exported), refined_share=0.5, prior_votes=2.0, augmentation=Augmentation(mixup_p=0.0), finale_epochs=1,
    )
    train(config, trained[0], tmp_path / "straight", CPU)
    save = Run.save
    with monkeypatch.context() as patch:
        def killed(run: Run) -> None:
            save(run)
            raise KeyboardInterrupt

        patch.setattr(Run, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            train(config, trained[0], tmp_path / "run", CPU)
    train(config, trained[0], tmp_path / "run", CPU)
    assert equal(model_of(tmp_path / "straight"), model_of(tmp_path / "run")), "resuming gives identical weights"

    train(dataclasses.replace(config, refined_share=0.0, prior_votes=0.0), trained[0], tmp_path / "unrefined", CPU)
    assert not equal(model_of(tmp_path / "straight"), model_of(tmp_path / "unrefined")), "refined labels change the result"

    train(dataclasses.replace(config, epochs=3), trained[0], tmp_path / "run", CPU)
    assert load_checkpoint(tmp_path / "run" / "checkpoint.pt", CPU)["epoch"] == 3
    with pytest.raises(TrainingError, match="another config"):
        train(dataclasses.replace(config, prior_votes=1.0), trained[0], tmp_path / "run", CPU)


def test_student_learns_teacher_outputs(trained: tuple[Path, Path], exported: Path, tmp_path: Path) -> None:
    folder, run = trained
    faces = load_faces(folder, "train")
    x = standardise(to_unit(faces.images))
    teachers = Teachers((str(exported), str(run / "checkpoint.pt")), CPU)
    torch.manual_seed(1)
    answers = [teachers.answer(x, 3.0) for _ in range(40)]
    answer = answers[0]
    singles = [load_tfjs_model(exported), averaged_network(run / "checkpoint.pt")]
    views = [faces.images, faces.images.flip(2)]
    said = [[(predict(n, view)["ferplus"] / 3).softmax(1) for view in views] for n in singles]
    means = [(a + b) / 2 for a in said[0] for b in said[1]]
    seen = [[torch.allclose(a["ferplus"], mean, atol=1e-4) for mean in means] for a in answers]
    assert all(map(any, seen)), "each teacher sees the crops or their mirror images"
    assert all(any(column) for column in zip(*seen)), "teachers choose independently"

    logits = {head: (3 * p.log()).requires_grad_() for head, p in answer.items()}
    assert distillation_loss(logits, answer, 3.0).item() == pytest.approx(0, abs=1e-4)
    other = {head: p.roll(1, 1).log() for head, p in answer.items()}
    assert distillation_loss(other, answer, 3.0).item() > 0.02

    # Wrong labels make no difference if their weight is 0.
    wrong = write_data(tmp_path / "wrong")
    rows = read_rows(wrong)
    write_rows(wrong, [row | {"fer2013": rows[(i + 1) % len(rows)]["fer2013"]} for i, row in enumerate(rows)])
    models = {}
    for weight in (1.0, 0.5):
        config = Config(plan="mien-xs", epochs=1, batch_size=32, teachers=(str(exported),), distil_weight=weight)
        for name, data in (("right", folder), ("wrong", wrong)):
            train(config, data, tmp_path / f"{name}-{weight}", CPU)
            models[name, weight] = model_of(tmp_path / f"{name}-{weight}")
    assert equal(models["right", 1.0], models["wrong", 1.0])
    assert not equal(models["right", 0.5], models["wrong", 0.5])


def test_trapezoid_is_flat_between_its_slopes() -> None:
    rates = [trapezoid(step, 100, 0.1, rise=10, fall=20) for step in range(101)]
    assert rates[0] == pytest.approx(0.01) and rates[9] == rates[50] == rates[80] == pytest.approx(0.1)
    assert rates[90] == pytest.approx(0.05) and rates[100] == 0
    longer = [trapezoid(step, 200, 0.1, rise=10, fall=20) for step in range(81)]
    assert longer == rates[:81]


def test_bfloat16_needs_native_multiplication(monkeypatch: pytest.MonkeyPatch) -> None:
    for able in ({"avx2": True}, {"avx512_bf16": True}, {"amx_bf16": True}):
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda able=able: able)
        assert bfloat16_is_faster(CPU) == ("avx2" not in able)
    assert bfloat16_is_faster(torch.device("cuda"))
