"""Reads an exported tfjs layers model, so that evaluations measure what ships."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ..errors import TrainingError
from .keras_weights import load_keras_weights
from .network import ExpressionNetwork
from .storage import decode


def load_tfjs_model(folder: Path) -> ExpressionNetwork:
    """The network of folder/model.json with its shards (float16, float32, or quantised to 8 or 16 bits) as float32, ready to predict.

    Raises TrainingError for a missing or truncated shard, another format, or weights that do not fit.
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
        raise TrainingError(f"{path} is not a tfjs layers model ({type(error).__name__}: {error})") from error
    load_keras_weights(network, weights, str(path))
    return network.eval()


def _read_group(folder: Path, group: dict[str, Any]) -> dict[str, torch.Tensor]:
    data = b"".join((folder / shard).read_bytes() for shard in group["paths"])
    result: dict[str, torch.Tensor] = {}
    offset = 0
    for entry in group["weights"]:
        packing = entry.get("quantization", {"dtype": entry["dtype"]})
        stored, scaled = packing["dtype"], "scale" in packing
        if stored not in (("uint8", "uint16") if scaled else ("float16", "float32")):
            raise TrainingError(f"{entry['name']} is stored as {stored} {'with a scale' if scaled else 'without a scale'}, which is not supported")
        count = math.prod(entry["shape"])
        dtype = np.dtype(stored).newbyteorder("<")
        if offset + count * dtype.itemsize > len(data):
            raise TrainingError(f"{folder / group['paths'][-1]} is truncated: {entry['name']} lies beyond its end")
        values = decode(np.frombuffer(data, dtype, count, offset), packing)
        result[entry["name"]] = torch.from_numpy(values.reshape(entry["shape"]))
        offset += count * dtype.itemsize
    if offset != len(data):
        raise TrainingError(f"{folder / group['paths'][-1]} holds {len(data) - offset} extra bytes")
    return result

