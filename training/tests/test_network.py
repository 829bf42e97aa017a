import json
from pathlib import Path

import pytest
import torch
from torch import nn

from training.data.preprocess import standardise, to_unit
from training.errors import TrainingError
from training.export import drawn_crops, export, export_again, fold
from training.model.network import TOPOLOGIES, ExpressionNetwork, SameConv2d, load_topology
from training.model.tfjs import load_tfjs_model


@pytest.mark.parametrize("size", [6, 7, 9, 48])
@pytest.mark.parametrize("stride", [1, 2])
def test_same_padding_matches_tensorflow(size: int, stride: int) -> None:
    # TensorFlow: out = ceil(size / stride); output pixel o looks at input o * stride - pad_before + k,
    # pad_before = floor(max((out - 1) * stride + 3 - size, 0) / 2).
    conv = SameConv2d(1, 1, 3, stride, bias=False)
    nn.init.zeros_(conv.weight)
    conv.weight.data[0, 0, 0, 2] = 1 # copies the pixel one above and one to the right of the centre
    x = torch.arange(float(size * size)).reshape(1, 1, size, size)
    out = -(-size // stride)
    before = max((out - 1) * stride + 3 - size, 0) // 2
    expected = torch.zeros(out, out)
    for i in range(out):
        for j in range(out):
            r, c = i * stride - before, j * stride - before + 2
            expected[i, j] = x[0, 0, r, c] if 0 <= r < size and 0 <= c < size else 0
    assert torch.equal(conv(x)[0, 0], expected)


@pytest.mark.parametrize("path", sorted(TOPOLOGIES.glob("*.json")), ids=lambda path: path.stem)
def test_builds_every_topology(path: Path) -> None:
    plan, form = path.stem.split(".")
    network = ExpressionNetwork(load_topology(plan, form)).eval()
    with torch.no_grad():
        logits = network(torch.randn(3, 1, 48, 48))
    heads = {"hidden": 3} if plan == "covering" else {"fer2013": 7, "ferplus": 7}
    assert {name: values.shape for name, values in logits.items()} == {name: (3, classes) for name, classes in heads.items()}
    assert all(torch.isfinite(values).all() for values in logits.values())


def test_shipped_network_stays_within_its_budget() -> None:
    network = ExpressionNetwork(load_topology("mien-s", "shipped"))
    operations = 0

    def count(module: nn.Module, _: object, out: torch.Tensor) -> None:
        nonlocal operations
        assert isinstance(module, (nn.Conv2d, nn.Linear))
        operations += module.weight.numel() * (out.shape[2] * out.shape[3] if out.ndim == 4 else 1)

    for module in network.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            module.register_forward_hook(count)
    network(torch.zeros(1, 1, 48, 48))
    assert sum(p.numel() for p in network.parameters()) <= 2_000_000 and operations <= 100_000_000


def test_reports_an_unknown_plan_or_layer() -> None:
    with pytest.raises(TrainingError, match="no topology for 'huge'.*mien-s"):
        load_topology("huge", "training")
    topology = load_topology("mien-s", "training")
    topology["config"]["layers"][2]["class_name"] = "Swish"
    with pytest.raises(TrainingError, match="Swish"):
        ExpressionNetwork(topology)


def test_standardise_ignores_brightness_and_handles_blank_crops() -> None:
    x = torch.rand(4, 1, 48, 48) * 0.5
    assert torch.allclose(standardise(x), standardise(x * 1.5 + 0.2), atol=1e-4)
    y = standardise(x)
    assert torch.allclose(y.mean((1, 2, 3)), torch.zeros(4), atol=1e-5)
    assert torch.allclose(y.std((1, 2, 3), unbiased=False), torch.ones(4), atol=1e-4)
    assert torch.equal(standardise(torch.full((1, 1, 48, 48), 0.5)), torch.zeros(1, 1, 48, 48))


def test_folding_batch_norm_preserves_outputs() -> None:
    torch.manual_seed(0)
    trained = ExpressionNetwork(load_topology("mien-s", "training"))
    for module in trained.modules():
        if isinstance(module, nn.BatchNorm2d): # statistics other than 0 and 1
            assert module.running_mean is not None and module.running_var is not None
            module.running_mean.uniform_(-0.5, 0.5)
            module.running_var.uniform_(0.5, 2)
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.5, 0.5)
    trained.eval()
    shipped = ExpressionNetwork(load_topology("mien-s", "shipped")).eval()
    fold(trained, shipped)
    x = standardise(torch.rand(5, 1, 48, 48))
    for head, logits in trained(x).items():
        assert torch.allclose(shipped(x)[head].softmax(1), logits.softmax(1), atol=1e-4)


@pytest.fixture
def exported(trained: tuple[Path, Path], tmp_path: Path) -> Path:
    export(trained[1] / "checkpoint.pt", "tiny", None, tmp_path)
    return tmp_path / "tiny"


def test_exported_model_reproduces_golden_logits(exported: Path) -> None:
    golden = json.loads((exported / "golden.json").read_text())["logits"]
    with torch.no_grad():
        logits = load_tfjs_model(exported)(standardise(to_unit(drawn_crops())))
    for head, rows in golden.items():
        assert torch.allclose(logits[head], torch.tensor(rows), atol=1e-4)


def test_export_again_keeps_the_mixing_rule(exported: Path, tmp_path: Path) -> None:
    card = json.loads((exported / "card.json").read_text())
    card["mixing"]["shares"] = {"fer2013": 0.4, "ferplus": 0.6}
    (exported / "card.json").write_text(json.dumps(card))
    export_again(exported, "again", None, tmp_path)
    assert json.loads((tmp_path / "again" / "card.json").read_text())["mixing"] == card["mixing"]
    before, after = (json.loads((folder / "golden.json").read_text())["logits"] for folder in (exported, tmp_path / "again"))
    for head, rows in before.items():
        assert torch.allclose(torch.tensor(after[head]), torch.tensor(rows), atol=5e-3 * torch.tensor(rows).abs().max().item())
    (exported / "card.json").write_text("{}")
    with pytest.raises(TrainingError, match="invalid mixing rule"):
        export_again(exported, "again", None, tmp_path)


def test_load_tfjs_model_reports_damaged_exports(exported: Path) -> None:
    model = exported / "model.json"
    whole, shard = model.read_text(), exported / "weights.bin"
    data = shard.read_bytes()
    shard.write_bytes(data[:-100])
    with pytest.raises(TrainingError, match="truncated"):
        load_tfjs_model(exported)
    shard.write_bytes(data + b"xx")
    with pytest.raises(TrainingError, match="2 extra bytes"):
        load_tfjs_model(exported)
    shard.unlink()
    with pytest.raises(TrainingError, match="weights.bin is missing"):
        load_tfjs_model(exported)
    shard.write_bytes(data)
    model.write_text(whole.replace("stem/kernel", "trunk/kernel"))
    with pytest.raises(TrainingError, match="no weights for stem/kernel"):
        load_tfjs_model(exported)
    model.write_text(whole.replace('"dtype":"float16"', '"dtype":"uint16"'))
    with pytest.raises(TrainingError, match="stored as uint16 without a scale"):
        load_tfjs_model(exported)
    model.write_text(whole.replace('"scale"', '"scales"'))
    with pytest.raises(TrainingError, match="stored as uint8 without a scale"):
        load_tfjs_model(exported)
    model.write_text(whole[:500])
    with pytest.raises(TrainingError, match="not a tfjs layers model"):
        load_tfjs_model(exported)
