"""Storage format of weights.bin: 8-bit kernels with one scale each, float16 biases. tfjs's own `decodeWeights` reads both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

STEPS = 255


@dataclass(frozen=True)
class Stored:
    """One weight. values: as stored, in tfjs layout. quantization: tfjs's rule to decode it to float32 (`io.decodeWeights`)."""

    name: str
    values: np.ndarray
    quantization: dict[str, Any]

    @property
    def entry(self) -> dict[str, Any]:
        """Its entry in model.json's manifest."""
        return {"name": self.name, "shape": list(self.values.shape), "dtype": "float32", "quantization": self.quantization}

    def decoded(self) -> np.ndarray:
        """float32 values, bit-identical to those that tfjs computes with."""
        return decode(self.values, self.quantization)


def eight_bits(name: str, values: np.ndarray) -> Stored:
    """Rounds to 256 evenly spaced values between minimum and maximum; 0 is one of them and stays exact.

    values: finite float32 of any shape. Jacob et al., "Quantization and training of neural networks for efficient integer-arithmetic-only
    inference", CVPR 2018, section 2.1.
    """
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    scale = (high - low) / STEPS or 1.0
    zero = round(-low / scale)
    steps = np.clip(np.round(values.astype(np.float64) / scale) + zero, 0, STEPS).astype(np.uint8)
    return Stored(name, steps, {"dtype": "uint8", "scale": scale, "min": -zero * scale, "original_dtype": "float32"})


def half_precision(name: str, values: np.ndarray) -> Stored:
    """float16; values that are too large become infinite."""
    return Stored(name, values.astype(np.float16), {"dtype": "float16", "original_dtype": "float32"})


def decode(values: np.ndarray, quantization: dict[str, Any]) -> np.ndarray:
    """Decodes stored values to float32 with tfjs's arithmetic. Raises KeyError for a scale without a minimum."""
    if "scale" in quantization:
        return (values.astype(np.float64) * quantization["scale"] + quantization["min"]).astype(np.float32)
    return values.astype(np.float32)
