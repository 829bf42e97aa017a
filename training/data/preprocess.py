"""What the network sees: the same steps as `src/engine/face-crop.ts` performs in the app."""

from __future__ import annotations

import torch

# A blank crop has no contrast to scale up: below this deviation (of 0-1 luminance) we stop.
MIN_DEVIATION = 0.02


def standardise(faces: torch.Tensor) -> torch.Tensor:
    """Zero mean and unit deviation per face: float [n, 1, 48, 48] of 0-1 luminance.

    Takes global brightness and contrast out of the problem, the same way at training and in the app.
    """
    mean = faces.mean((1, 2, 3), keepdim=True)
    deviation = (faces - mean).square().mean((1, 2, 3), keepdim=True).sqrt()
    return (faces - mean) / deviation.clamp(min=MIN_DEVIATION)


def to_unit(images: torch.Tensor) -> torch.Tensor:
    """uint8 [n, 48, 48] to float [n, 1, 48, 48] in 0-1."""
    return images[:, None].float() / 255
