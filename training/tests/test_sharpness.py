from dataclasses import replace
from pathlib import Path

import pytest
import torch

from training.config import Config
from training.model.network import ExpressionNetwork, load_topology
from training.optim.checkpoint import load_checkpoint
from training.optim.sharpness import Norms
from training.train import train

CPU = torch.device("cpu")


def network() -> ExpressionNetwork:
    torch.manual_seed(3)
    return ExpressionNetwork(load_topology("mien-xs", "training")).eval() # without dropout, so that losses are comparable


def loss(model: ExpressionNetwork, x: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.cross_entropy(model(x)["fer2013"], torch.arange(len(x)) % 7)


def test_uphill_moves_only_the_norms_by_the_radius() -> None:
    model, x = network(), torch.randn(14, 1, 48, 48, generator=torch.Generator().manual_seed(1))
    before = {name: value.clone() for name, value in model.state_dict().items()}
    low = loss(model, x)
    with Norms(model).uphill(low, 0.05):
        moved = {name: (p.detach() - before[name]).norm() for name, p in model.named_parameters()}
        assert loss(model, x) > low
    norms = {f"{name}.{kind}" for name, m in model.named_modules() if isinstance(m, torch.nn.BatchNorm2d) for kind in ("weight", "bias")}
    assert {name for name, way in moved.items() if way > 0} == norms
    assert torch.stack(list(moved.values())).norm() == pytest.approx(0.05, rel=1e-3)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())


def test_uphill_freezes_running_statistics() -> None:
    model, x = network().train(), torch.randn(14, 1, 48, 48)
    low = loss(model, x)
    statistics = {name: value.clone() for name, value in model.named_buffers() if "running" in name}
    parameters = {name: value.detach().clone() for name, value in model.named_parameters()}
    with pytest.raises(ZeroDivisionError), Norms(model).uphill(low, 0.05):
        model(x)
        assert all(torch.equal(value, statistics[name]) for name, value in model.named_buffers() if name in statistics)
        raise ZeroDivisionError # a failure inside also restores the norms
    assert all(torch.equal(value, parameters[name]) for name, value in model.named_parameters())
    model(x)
    assert not all(torch.equal(value, statistics[name]) for name, value in model.named_buffers() if name in statistics)


def test_sharpness_changes_training_reproducibly(data: Path, tmp_path: Path) -> None:
    config = Config(plan="mien-xs", epochs=1, batch_size=32, sharpness_radius=0.3)
    for name in "ab":
        train(config, data, tmp_path / name, CPU)
    train(replace(config, sharpness_radius=0.0), data, tmp_path / "plain", CPU)
    a, b, plain = (load_checkpoint(tmp_path / name / "checkpoint.pt", CPU)["model"] for name in ("a", "b", "plain"))
    assert all(torch.equal(value, b[name]) for name, value in a.items())
    assert any(not torch.equal(value, plain[name]) for name, value in a.items())
