"""Layers of tf.layers that PyTorch lacks or lays out differently. Pictures are [n, channels, height, width] internally."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from ..errors import TrainingError

# Shape of one sample in Keras: height, width, channels; steps, features; or features.
Shape = tuple[int, ...]


class SameConv2d(nn.Conv2d):
    """Convolution with TensorFlow's "same" padding: an odd pixel goes to the bottom and right."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        if self.stride[0] == 1:
            return F.conv2d(input, self.weight, self.bias, 1, self.kernel_size[0] // 2, 1, self.groups)
        pads: list[int] = []
        for size in (input.shape[3], input.shape[2]):
            total = max((-(-size // self.stride[0]) - 1) * self.stride[0] + self.kernel_size[0] - size, 0)
            pads += [total // 2, total - total // 2]
        return F.conv2d(F.pad(input, pads), self.weight, self.bias, self.stride, 0, 1, self.groups)


class Sum(nn.Module):
    def forward(self, *xs: torch.Tensor) -> torch.Tensor:
        return torch.stack(xs).sum(0) if len(xs) != 2 else xs[0] + xs[1]


class MeanPool(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.mean((2, 3))


class Reshape(nn.Module):
    """Reshapes in TensorFlow's channels-last order."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        last = x.permute(0, 2, 3, 1) if x.ndim == 4 else x
        return last.reshape(len(x), *self.shape)


class PixelDense(nn.Linear):
    """A dense layer over the channels of each pixel."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        return super().forward(input.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class BidirectionalLSTM(nn.LSTM):
    """A bidirectional LSTM [n, steps, features] with Keras's gate order i, f, g, o and a single bias; PyTorch's second one is zero."""

    def __init__(self, features: int, units: int, sequences: bool, inner: str) -> None:
        super().__init__(features, units, batch_first=True, bidirectional=True)
        self.sequences, self.inner = sequences, inner
        for bias in (self.bias_hh_l0, self.bias_hh_l0_reverse):
            assert isinstance(bias, nn.Parameter)
            nn.init.zeros_(bias.requires_grad_(False))

    def forward(self, input: torch.Tensor) -> torch.Tensor:  # pyright: ignore[reportIncompatibleMethodOverride]
        with torch.autocast(input.device.type, enabled=False):
            whole, _ = super().forward(input.float())
        if self.sequences:
            return whole
        # The backward pass ends at the first step.
        return torch.cat([whole[:, -1, :self.hidden_size], whole[:, 0, self.hidden_size:]], 1)


def module_of(kind: str, c: dict[str, Any], shape: Shape) -> tuple[nn.Module, Shape]:
    """The module of a layer and its output shape. Omits a final softmax, since callers use logits.

    Raises TrainingError for an unknown layer or option.
    """
    if kind == "InputLayer":
        return nn.Identity(), tuple(c["batch_input_shape"][1:])
    if kind in ("Conv2D", "DepthwiseConv2D"):
        return _convolution(kind, c, shape)
    if kind == "BatchNormalization":
        return nn.BatchNorm2d(shape[-1], eps=c["epsilon"]), shape
    if kind == "ReLU" or (kind == "Activation" and c["activation"] == "relu"):
        return nn.ReLU(), shape
    if kind == "Add":
        return Sum(), shape
    if kind == "GlobalAveragePooling2D":
        return MeanPool(), shape[-1:]
    if kind in ("MaxPooling2D", "AveragePooling2D"):
        _require(kind, c, pool_size=c["strides"], padding="valid")
        side = c["pool_size"][0]
        pool = nn.MaxPool2d(side) if kind == "MaxPooling2D" else nn.AvgPool2d(side)
        return pool, (shape[0] // side, shape[1] // side, shape[2])
    if kind == "Dropout":
        return nn.Dropout(c["rate"]), shape
    if kind == "Flatten":
        numbers = torch.Size(shape).numel()
        return Reshape((numbers,)), (numbers,)
    if kind == "Reshape":
        return Reshape(tuple(c["target_shape"])), tuple(c["target_shape"])
    if kind == "Dense":
        dense = (PixelDense if len(shape) == 3 else nn.Linear)(shape[-1], c["units"])
        return _activated(kind, c, dense), (*shape[:-1], c["units"])
    if kind == "Bidirectional":
        return _bidirectional(c, shape)
    raise TrainingError(f"the topology has an unsupported layer: {kind}")


def _convolution(kind: str, c: dict[str, Any], shape: Shape) -> tuple[nn.Module, Shape]:
    before, kernel, stride = shape[-1], c["kernel_size"][0], c["strides"][0]
    depthwise = kind == "DepthwiseConv2D"
    if depthwise:
        _require(kind, c, depth_multiplier=1)
    after = before if depthwise else c["filters"]
    same = c["padding"] == "same"
    size = [-(-s // stride) if same else (s - kernel) // stride + 1 for s in shape[:2]]
    conv = (SameConv2d if same else nn.Conv2d)(before, after, kernel, stride, bias=c["use_bias"], groups=before if depthwise else 1)
    nn.init.kaiming_normal_(conv.weight, nonlinearity="relu")
    return _activated(kind, c, conv), (*size, after)


def _bidirectional(c: dict[str, Any], shape: Shape) -> tuple[nn.Module, Shape]:
    inner = c["layer"]["config"]
    if c["layer"]["class_name"] != "LSTM":
        raise TrainingError(f"Bidirectional of {c['layer']['class_name']} is not supported")
    _require("Bidirectional", c, merge_mode="concat")
    _require("LSTM", inner, activation="tanh", recurrent_activation="sigmoid", use_bias=True, dropout=0, recurrent_dropout=0)
    units, sequences = inner["units"], inner["return_sequences"]
    module = BidirectionalLSTM(shape[-1], units, sequences, inner["name"])
    return module, (shape[0], 2 * units) if sequences else (2 * units,)


def _activated(kind: str, c: dict[str, Any], module: nn.Module) -> nn.Module:
    activation = c.get("activation") or "linear"
    if activation == "relu":
        return nn.Sequential(module, nn.ReLU())
    if activation == "linear" or (activation == "softmax" and kind == "Dense"):
        return module
    raise TrainingError(f"{kind} with activation {activation} is not supported")


def _require(kind: str, c: dict[str, Any], **wanted: object) -> None:
    for key, value in wanted.items():
        if c.get(key, value) != value:
            raise TrainingError(f"{kind} with {key} {c[key]!r} is not supported")
