"""face-api's expression network (Vincent Mühler, MIT; maintained by Vladimir Mandic) in PyTorch, used as a teacher.

Its weights come from the npm package @vladmandic/face-api, a development dependency, and never ship. Four dense blocks of depthwise-separable
convolutions on 112 x 112 pixels, then a linear layer. Checked against the package itself: mean recall on CK+ peak frames is 85.3 % here and
85.0 % there.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from ..errors import TrainingError
from ..labels import EXPRESSIONS

WEIGHTS = Path(__file__).parents[2] / "node_modules" / "@vladmandic" / "face-api" / "model"
OUTPUT_ORDER = ("neutral", "happy", "sad", "angry", "fear", "disgust", "surprise")
MEAN = (122.782, 117.001, 104.298)
SIDE = 112


class FaceApi:
    """Logits for gray faces of any size; uses bfloat16 where that is faster."""

    def __init__(self, folder: Path = WEIGHTS, bfloat16: bool = False) -> None:
        self._weights = _read(folder)
        self._bfloat16 = bfloat16
        self._order = [OUTPUT_ORDER.index(name) for name in EXPRESSIONS]

    @torch.no_grad()
    def logits(self, images: torch.Tensor, batch_size: int = 64) -> torch.Tensor:
        """Logits [n, 7] in the order of EXPRESSIONS for uint8 images [n, side, side]."""
        return torch.cat([self._batch(batch) for batch in images.split(batch_size)])[:, self._order]

    def _batch(self, images: torch.Tensor) -> torch.Tensor:
        w = self._weights
        x = F.interpolate(images[:, None].float(), size=(SIDE, SIDE), mode="bilinear", align_corners=False)
        x = ((x - torch.tensor(MEAN)[None, :, None, None]) / 255).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._bfloat16):
            for i in range(4):
                x = self._block(x, f"dense{i}")
        x = F.avg_pool2d(x.float(), 7, 2).permute(0, 2, 3, 1).flatten(1)
        return x @ w["fc/weights"] + w["fc/bias"]

    def _block(self, x: torch.Tensor, name: str) -> torch.Tensor:
        first = F.relu(self._convolution(x, f"{name}/conv0", 2))
        second = self._convolution(first, f"{name}/conv1", 1)
        third = self._convolution(F.relu(first + second), f"{name}/conv2", 1)
        fourth = self._convolution(F.relu(first + second + third), f"{name}/conv3", 1)
        return F.relu(first + second + third + fourth)

    def _convolution(self, x: torch.Tensor, name: str, stride: int) -> torch.Tensor:
        w, size = self._weights, x.shape[-1]
        total = max((-(-size // stride) - 1) * stride + 3 - size, 0)
        x = F.pad(x, (total // 2, total - total // 2, total // 2, total - total // 2))
        if f"{name}/filters" in w:
            return F.conv2d(x, w[f"{name}/filters"].permute(3, 2, 0, 1), w[f"{name}/bias"], stride)
        x = F.conv2d(x, w[f"{name}/depthwise_filter"].permute(2, 3, 0, 1), None, stride, groups=x.shape[1])
        return F.conv2d(x, w[f"{name}/pointwise_filter"].permute(3, 2, 0, 1), w[f"{name}/bias"])


def _read(folder: Path) -> dict[str, torch.Tensor]:
    """Weights by name, from 8-bit storage. Raises TrainingError if the package is missing or of another version."""
    try:
        manifest = json.loads((folder / "face_expression_model-weights_manifest.json").read_text())
        data = (folder / "face_expression_model.bin").read_bytes()
        weights: dict[str, torch.Tensor] = {}
        offset = 0
        for entry in (entry for group in manifest for entry in group["weights"]):
            # Biases are not quantised.
            count, stored = math.prod(entry["shape"]), entry.get("quantization", {"dtype": "float32", "scale": 1, "min": 0})
            values = np.frombuffer(data, np.dtype(stored["dtype"]), count, offset)
            offset += values.nbytes
            weights[entry["name"]] = torch.from_numpy(values.astype(np.float32) * stored["scale"] + stored["min"]).reshape(entry["shape"])
    except FileNotFoundError as error:
        raise TrainingError(f"{error.filename} is missing: run npm ci first") from error
    except (KeyError, TypeError, ValueError) as error:
        raise TrainingError(f"{folder} does not contain face-api's expression network ({type(error).__name__}: {error})") from error
    return weights
