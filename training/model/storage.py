"""How weights lie in weights.bin: kernels in 8 bits with one scale each, biases as float16. tfjs's own `decodeWeights` reads both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

STEPS = 255


@dataclass(frozen=True)
class Stored:
    """One weight. values: what is written, in tfjs layout. quantization: how tfjs makes float32 of it (`io.decodeWeights`)."""

    name: str
    values: np.ndarray
    quantization: dict[str, Any]

    @property
    def entry(self) -> dict[str, Any]:
        """Its line in model.json's manifest."""
        return {"name": self.name, "shape": list(self.values.shape), "dtype": "float32", "quantization": self.quantization}

    def decoded(self) -> np.ndarray:
        """float32, bit for bit what tfjs computes with."""
        return decode(self.values, self.quantization)


def eight_bits(name: str, values: np.ndarray) -> Stored:
    """Nearest of 256 evenly spaced values between the least and the greatest; 0 is one of them and so stays exact.

    values: finite float32 of any shape. Jacob et al., "Quantization and training of neural networks for efficient integer-arithmetic-only
    inference", CVPR 2018, section 2.1.
    """
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    scale = (high - low) / STEPS or 1.0
    zero = round(-low / scale)
    steps = np.clip(np.round(values.astype(np.float64) / scale) + zero, 0, STEPS).astype(np.uint8)
    return Stored(name, steps, {"dtype": "uint8", "scale": scale, "min": -zero * scale, "original_dtype": "float32"})


def half_precision(name: str, values: np.ndarray) -> Stored:
    """float16; infinite where a value is too large for it."""
    return Stored(name, values.astype(np.float16), {"dtype": "float16", "original_dtype": "float32"})


def decode(values: np.ndarray, quantization: dict[str, Any]) -> np.ndarray:
    """float32 of what is stored, by the arithmetic of tfjs. Raises KeyError where a scale comes without its least value."""
    if "scale" in quantization:
        return (values.astype(np.float64) * quantization["scale"] + quantization["min"]).astype(np.float32)
    return values.astype(np.float32)
