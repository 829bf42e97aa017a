"""Reads an exported tfjs layers model back, so that what ships is what is measured."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ..errors import TrainingError
from ..optim.checkpoint import load_weights
from .network import ExpressionNetwork


def load_tfjs_model(folder: Path) -> ExpressionNetwork:
    """The network of folder/model.json with its float16 shards as float32, ready to predict.

    Raises TrainingError for a missing or cut shard, another format, or weights that do not fit.
    """
    path = folder / "model.json"
    try:
        model = json.loads(path.read_text())
        topology = model["modelTopology"]
        network = ExpressionNetwork(topology.get("model_config", topology))
        weights: dict[str, torch.Tensor] = {}
        for group in model["weightsManifest"]:
            weights |= _read_group(folder, group)
    except FileNotFoundError as error:
        raise TrainingError(f"{error.filename} is missing") from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise TrainingError(f"{path} is no tfjs layers model ({type(error).__name__}: {error})") from error
    state = {name: weights.get(_tfjs_name(name)) for name in network.state_dict()}
    lacking = sorted(_tfjs_name(name) for name, value in state.items() if value is None)
    if lacking:
        raise TrainingError(f"{path} has no weights for {', '.join(lacking)}")
    load_weights(network, {k: _to_torch(v) for k, v in state.items() if v is not None}, path)
    return network.eval()


def _read_group(folder: Path, group: dict[str, Any]) -> dict[str, torch.Tensor]:
    data = b"".join((folder / shard).read_bytes() for shard in group["paths"])
    result: dict[str, torch.Tensor] = {}
    offset = 0
    for entry in group["weights"]:
        stored = entry.get("quantization", {}).get("dtype", entry["dtype"])
        if stored not in ("float16", "float32"):
            raise TrainingError(f"{entry['name']} is stored as {stored}; only float16 and float32 are read")
        count = math.prod(entry["shape"])
        dtype = np.dtype(stored).newbyteorder("<")
        if offset + count * dtype.itemsize > len(data):
            raise TrainingError(f"{folder / group['paths'][-1]} is cut short: {entry['name']} lies beyond its end")
        values = np.frombuffer(data, dtype, count, offset).astype(np.float32)
        result[entry["name"]] = torch.from_numpy(values.reshape(entry["shape"]))
        offset += count * dtype.itemsize
    if offset != len(data):
        raise TrainingError(f"{folder / group['paths'][-1]} holds {len(data) - offset} bytes too many")
    return result


def _tfjs_name(name: str) -> str:
    """layers.stem.0.weight -> stem/kernel."""
    parts = name.split(".")
    return f"{parts[1]}/{'kernel' if parts[-1] == 'weight' else 'bias'}"


def _to_torch(value: torch.Tensor) -> torch.Tensor:
    """Convolutions from HWIO to OIHW, dense kernels from [in, out] to [out, in]."""
    if value.ndim == 4:
        return value.permute(3, 2, 0, 1)
    return value.T if value.ndim == 2 else value
