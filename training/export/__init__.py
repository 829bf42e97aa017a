"""Exports a trained network as a tfjs layers model: `python -m training.export --checkpoint FILE --id ID`.

Writes to public/models/<id>/: model.json (the shipped topology and the manifest), weights.bin (`model/storage`),
golden.json (drawn crops with PyTorch's logits and probabilities for the exported weights, which every backend must
reproduce before use), and a card.json with only the mixing rule and the checksum of the weights, which `training.card`
completes.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from ..data.preprocess import standardise, to_unit
from ..errors import TrainingError, first_line
from ..files import atomic_write, read_json
from ..labels import EXPRESSIONS
from ..model.mixing import LEVELS, UNCALIBRATED, Mixing, mixing_from
from ..model.network import ExpressionNetwork, SameConv2d, load_topology
from ..model.storage import Stored, eight_bits, half_precision
from ..model.tfjs import load_tfjs_model
from ..optim.checkpoint import averaged_of, load_checkpoint

MODELS = Path(__file__).parents[2] / "public" / "models"


def fold(trained: ExpressionNetwork, shipped: ExpressionNetwork) -> None:
    """Loads the weights of `trained` into `shipped`, with each batch norm folded into its convolution."""
    for name, module in shipped.layers.items():
        target = module[0] if isinstance(module, nn.Sequential) else module
        source = trained.layers[name] if name in trained.layers else None
        if isinstance(target, SameConv2d) and isinstance(source, SameConv2d):
            norm = trained.layers[f"{name}_norm"]
            assert isinstance(norm, nn.BatchNorm2d) and target.bias is not None
            assert norm.running_mean is not None and norm.running_var is not None
            gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            target.weight.data = source.weight.data * gain.data[:, None, None, None]
            target.bias.data = (norm.bias - norm.running_mean * gain).data
        elif isinstance(target, nn.Linear) and isinstance(source, nn.Linear):
            target.load_state_dict(source.state_dict())


def apply_calibration(shipped: ExpressionNetwork, calibration: dict[str, Any]) -> None:
    """Folds temperature and per-class bias into the heads: logits = (Wx + b) / T + bias."""
    try:
        for head, values in calibration["heads"].items():
            layer = shipped.layers[head]
            assert isinstance(layer, nn.Linear)
            layer.weight.data /= values["temperature"]
            layer.bias.data = layer.bias.data / values["temperature"] + torch.tensor(values["bias"])
    except (KeyError, TypeError, AttributeError, ValueError, RuntimeError) as error:
        raise TrainingError(f"not a calibration of this network ({type(error).__name__}: {first_line(error)})") from error


def stored_weights(shipped: ExpressionNetwork) -> list[Stored]:
    """Weights in tfjs layout: convolutions HWIO, dense [in, out]. Afterwards `shipped` holds the stored values instead of the originals."""
    result: list[Stored] = []
    for name, module in shipped.layers.items():
        layer = module[0] if isinstance(module, nn.Sequential) else module
        if isinstance(layer, (SameConv2d, nn.Linear)):
            kernel = layer.weight.detach()
            assert layer.bias is not None
            if not torch.isfinite(kernel).all():
                raise TrainingError(f"{name} is not finite; the run has diverged")
            there, back = ((2, 3, 1, 0), (3, 2, 0, 1)) if kernel.ndim == 4 else ((1, 0), (1, 0))
            steps = eight_bits(f"{name}/kernel", kernel.permute(there).contiguous().numpy())
            bias = half_precision(f"{name}/bias", layer.bias.detach().numpy())
            if not np.isfinite(bias.values).all():
                raise TrainingError(f"{name} is not finite in float16; the run has diverged")
            layer.weight.data = torch.from_numpy(steps.decoded()).permute(back).contiguous()
            layer.bias.data = torch.from_numpy(bias.decoded())
            result += [steps, bias]
    return result


def drawn_crops() -> torch.Tensor:
    """Four crops drawn from formulas, uint8 [4, 48, 48]: simple faces, and a ramp with texture."""
    y, x = torch.meshgrid(torch.linspace(-1, 1, 48), torch.linspace(-1, 1, 48), indexing="ij")

    def blob(cx: float, cy: float, rx: float, ry: float) -> torch.Tensor:
        return torch.exp(-(((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2) ** 2)

    crops = []
    for curve, brow, mouth in ((0.35, 0.0, 0.08), (-0.3, 0.12, 0.06), (0.0, -0.1, 0.3)):
        face = 70 + 120 * blob(0, 0.05, 0.75, 0.95)
        for side in (-1, 1):
            face -= 90 * blob(side * 0.33, -0.22, 0.13, 0.08)
            face -= 70 * blob(side * 0.33, -0.42 + brow * (1 - abs(curve)), 0.2, 0.05)
        face -= 35 * blob(0, 0.1, 0.07, 0.2)
        face -= 80 * torch.exp(-(((y - 0.5 + curve * (x * x - 0.1)) / mouth) ** 2)) * (x.abs() < 0.38)
        crops.append(face)
    crops.append(128 + 60 * x + 40 * torch.sin(9 * x + 5 * y * y))
    return torch.stack(crops).clamp(0, 255).round().byte()


@torch.no_grad()
def golden(shipped: ExpressionNetwork, mixing: Mixing) -> dict[str, Any]:
    """Drawn crops, each head's logits and the output at each level, computed with the stored weights."""
    shipped.eval()
    crops = drawn_crops()
    logits = shipped(standardise(to_unit(crops)))
    precise = {head: value.double() for head, value in logits.items()}
    return {
        "size": 48,
        "crops": base64.b64encode(crops.numpy().tobytes()).decode(),
        "logits": {head: [[round(v, 5) for v in row] for row in value.tolist()] for head, value in logits.items()},
        "shown": {level: [[round(v, 7) for v in row] for row in mixing.apply(precise, level).tolist()] for level in LEVELS},
    }


def export(checkpoint: Path, model_id: str, calibration: dict[str, Any] | None, out: Path) -> None:
    """Writes a run's averaged network; see `write`. Raises TrainingError for an invalid checkpoint or calibration."""
    state = load_checkpoint(checkpoint, torch.device("cpu"))
    topology = load_topology(state["config"]["plan"], "shipped")
    shipped = ExpressionNetwork(topology)
    fold(averaged_of(state, checkpoint), shipped)
    write(shipped, topology, calibration, UNCALIBRATED, model_id, out)


def export_again(folder: Path, model_id: str, calibration: dict[str, Any] | None, out: Path) -> None:
    """Rewrites an exported model in the current storage format, with its card's rule unless a calibration supplies another."""
    shipped = load_tfjs_model(folder)
    topology = read_json(folder / "model.json")["modelTopology"]
    write(shipped, topology, calibration, mixing_from(read_json(folder / "card.json").get("mixing")), model_id, out)


def write(
    shipped: ExpressionNetwork, topology: dict[str, Any], calibration: dict[str, Any] | None, mixing: Mixing, model_id: str, out: Path
) -> None:
    """Writes the four files into out/<id>/, all of them completely, or none.

    mixing: the rule unless the calibration has one. Raises TrainingError for an invalid calibration and for weights that are not finite.
    """
    if calibration:
        apply_calibration(shipped, calibration)
        mixing = mixing_from(calibration.get("mixing"))
    weights = stored_weights(shipped) # golden values are computed from the stored weights
    model = {
        "format": "layers-model", "generatedBy": "Mien training", "convertedBy": None,
        "modelTopology": topology,
        "weightsManifest": [{"paths": ["weights.bin"], "weights": [w.entry for w in weights]}],
    }
    folder = out / model_id
    folder.mkdir(parents=True, exist_ok=True)
    packed = b"".join(w.values.tobytes() for w in weights)
    card = {"id": model_id, "sha256": hashlib.sha256(packed).hexdigest(), "mixing": mixing.to_json()}
    files = {
        "model.json": json.dumps(model, separators=(",", ":")).encode(),
        "weights.bin": packed,
        "golden.json": json.dumps(golden(shipped, mixing), separators=(",", ":")).encode(),
        "card.json": (json.dumps(card, indent=1) + "\n").encode(),
    }
    with ExitStack() as all_or_none:
        for name, content in files.items():
            all_or_none.enter_context(atomic_write(folder / name)).write_bytes(content)
    parameters = sum(w.values.size for w in weights)
    print(f"{folder}: {parameters} parameters, {len(files['weights.bin'])} bytes, order {', '.join(EXPRESSIONS)}")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--checkpoint", type=Path)
    source.add_argument("--model", type=Path, help="exported folder to rewrite in the current storage format")
    parser.add_argument("--id", required=True)
    parser.add_argument("--calibration", type=Path, help="calibration.json from training.calibrate")
    parser.add_argument("--out", type=Path, default=MODELS)
    args = parser.parse_args(arguments)
    calibration = read_json(args.calibration) if args.calibration else None
    if args.model:
        export_again(args.model, args.id, calibration, args.out)
    else:
        export(args.checkpoint, args.id, calibration, args.out)
