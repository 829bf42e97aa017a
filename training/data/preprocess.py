"""The network's input: the same steps as `src/engine/face-crop.ts` in the app."""

from __future__ import annotations

import torch

# Smallest deviation (of 0-1 luminance) to divide by: a blank crop has no contrast to amplify.
MIN_DEVIATION = 0.02


def standardise(faces: torch.Tensor) -> torch.Tensor:
    """Zero mean and unit deviation per face: float [n, 1, 48, 48] of 0-1 luminance.

    Removes global brightness and contrast, in the same way in training and in the app.
    """
    mean = faces.mean((1, 2, 3), keepdim=True)
    deviation = (faces - mean).square().mean((1, 2, 3), keepdim=True).sqrt()
    return (faces - mean) / deviation.clamp(min=MIN_DEVIATION)


def to_unit(images: torch.Tensor) -> torch.Tensor:
    """uint8 [n, 48, 48] to float [n, 1, 48, 48] in 0-1."""
    return images[:, None].float() / 255
