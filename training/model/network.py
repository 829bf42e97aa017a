"""Builds the PyTorch counterpart of a tf.layers topology (JSON written by scripts/write-topologies.ts)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from torch import nn

from ..errors import TrainingError
from .layers import SameConv2d, Shape, module_of

__all__ = ["SEEDS", "TOPOLOGIES", "ExpressionNetwork", "SameConv2d", "load_seed_topology", "load_topology"]

TOPOLOGIES = Path(__file__).parent / "topologies"
SEEDS = Path(__file__).parents[1] / "topologies" / "seeds"


class ExpressionNetwork(nn.Module):
    """Runs the layers of a functional topology in order. Input [n, 1, side, side].

    `forward` returns a dict: head name to logits [n, 7], even if tf.layers ends with a softmax. `layers` has the names of tf.layers.
    """

    def __init__(self, topology: dict[str, Any]) -> None:
        super().__init__()
        config = topology["config"]
        self.layers = nn.ModuleDict()
        self.inputs: dict[str, list[str]] = {}
        shapes: dict[str, Shape] = {}
        for layer in config["layers"]:
            name = layer["name"]
            sources = [node[0] for node in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else []
            self.inputs[name] = sources
            before = shapes[sources[0]] if sources else ()
            self.layers[name], shapes[name] = module_of(layer["class_name"], layer["config"], before)
        self.heads: list[str] = [node[0] for node in config["output_layers"]]

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        values: dict[str, torch.Tensor] = {}
        for name, module in self.layers.items():
            sources = self.inputs[name]
            values[name] = module(*[values[s] for s in sources]) if sources else x
        return {head: values[head] for head in self.heads}


def load_topology(plan: str, form: str) -> dict[str, Any]:
    """Reads `topologies/<plan>.<form>.json`; form is "training" or "shipped"."""
    path = TOPOLOGIES / f"{plan}.{form}.json"
    if not path.is_file():
        known = sorted(p.name.split(".")[0] for p in TOPOLOGIES.glob("*.training.json"))
        raise TrainingError(f"no topology for '{plan}' ({form}); known: {', '.join(known)}")
    return json.loads(path.read_text())


def load_seed_topology(model_id: str) -> dict[str, Any]:
    """Reads `training/topologies/seeds/<id>.json`: a network described by another project. It has a single form."""
    path = SEEDS / f"{model_id}.json"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in SEEDS.glob("*.json")))
        raise TrainingError(f"no seed network '{model_id}'; known: {known}")
    return json.loads(path.read_text())
