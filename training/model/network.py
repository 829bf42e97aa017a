"""Builds the PyTorch twin of a tf.layers topology (JSON written by scripts/write-topologies.ts)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from ..errors import TrainingError

TOPOLOGIES = Path(__file__).parent / "topologies"


class SameConv2d(nn.Conv2d):
    """3x3 convolution padded as TensorFlow's "same": any odd pixel goes to the bottom and right."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        if self.stride[0] == 1:
            return F.conv2d(input, self.weight, self.bias, 1, self.kernel_size[0] // 2)
        pads: list[int] = []
        for size in (input.shape[3], input.shape[2]):
            total = max((-(-size // self.stride[0]) - 1) * self.stride[0] + self.kernel_size[0] - size, 0)
            pads += [total // 2, total - total // 2]
        return F.conv2d(F.pad(input, pads), self.weight, self.bias, self.stride)


class _Sum(nn.Module):
    def forward(self, *xs: torch.Tensor) -> torch.Tensor:
        return torch.stack(xs).sum(0) if len(xs) != 2 else xs[0] + xs[1]


class _Pool(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.mean((2, 3))


class ExpressionNetwork(nn.Module):
    """Runs the layers of a functional topology in their order. Input [n, 1, 48, 48].

    `forward` returns a dict: head name to logits [n, 7]. `layers` are named as in tf.layers.
    """

    def __init__(self, topology: dict[str, Any]) -> None:
        super().__init__()
        config = topology["config"]
        self.layers = nn.ModuleDict()
        self.inputs: dict[str, list[str]] = {}
        channels: dict[str, int] = {}
        for layer in config["layers"]:
            name, kind, c = layer["name"], layer["class_name"], layer["config"]
            sources = [node[0] for node in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else []
            self.inputs[name] = sources
            before = channels[sources[0]] if sources else 0
            module, channels[name] = _module(kind, c, before)
            self.layers[name] = module
        self.heads: list[str] = [node[0] for node in config["output_layers"]]

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        values: dict[str, torch.Tensor] = {}
        for name, module in self.layers.items():
            sources = self.inputs[name]
            values[name] = module(*[values[s] for s in sources]) if sources else x
        return {head: values[head] for head in self.heads}


def _module(kind: str, c: dict[str, Any], before: int) -> tuple[nn.Module, int]:
    if kind == "InputLayer":
        return nn.Identity(), c["batch_input_shape"][3]
    if kind == "Conv2D":
        conv = SameConv2d(before, c["filters"], c["kernel_size"][0], c["strides"][0], bias=c["use_bias"])
        nn.init.kaiming_normal_(conv.weight, nonlinearity="relu")
        if c.get("activation") == "relu":
            return nn.Sequential(conv, nn.ReLU()), c["filters"]
        return conv, c["filters"]
    if kind == "BatchNormalization":
        return nn.BatchNorm2d(before, eps=c["epsilon"]), before
    if kind == "Activation" and c["activation"] == "relu":
        return nn.ReLU(), before
    if kind == "Add":
        return _Sum(), before
    if kind == "GlobalAveragePooling2D":
        return _Pool(), before
    if kind == "Dropout":
        return nn.Dropout(c["rate"]), before
    if kind == "Dense":
        return nn.Linear(before, c["units"]), c["units"]
    raise TrainingError(f"topology has a layer kind that training/ does not know: {kind}")


def load_topology(plan: str, form: str) -> dict[str, Any]:
    """Reads `topologies/<plan>.<form>.json`; form is "training" or "shipped"."""
    path = TOPOLOGIES / f"{plan}.{form}.json"
    if not path.is_file():
        known = sorted(p.name.split(".")[0] for p in TOPOLOGIES.glob("*.training.json"))
        raise TrainingError(f"no topology for '{plan}' ({form}); known: {', '.join(known)}")
    return json.loads(path.read_text())
