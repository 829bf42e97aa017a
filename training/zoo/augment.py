"""Keras's ImageDataGenerator, and two further steps of seed 003, on float [n, 1, side, side] in 0-1."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F

from ..data.augment import closing, median_luminance
from .recipe import KerasAugmentation


def keras_augment(faces: torch.Tensor, o: KerasAugmentation, g: torch.Generator) -> torch.Tensor:
    """Rotation, shift, shear, independent zoom of both axes, and mirroring in one bilinear resampling; edges are replicated."""
    if max(o.rotation_deg, o.shear_deg, o.zoom, o.shift) > 0 or o.mirror:
        faces = _geometric(faces, o, g)
    if o.closing_p:
        faces = closing(faces, o.closing_p, g)
    if o.median_luminance_p:
        faces = median_luminance(faces, o.median_luminance_p, g)
    return faces


def _geometric(faces: torch.Tensor, o: KerasAugmentation, g: torch.Generator) -> torch.Tensor:
    n = len(faces)

    def within(limit: float, middle: float = 0.0) -> torch.Tensor:
        return middle + limit * (2 * torch.rand(n, generator=g, device=g.device) - 1)

    roll, shear = within(math.radians(o.rotation_deg)), within(math.radians(o.shear_deg))
    zoom_x, zoom_y = within(o.zoom, 1), within(o.zoom, 1)
    mirror = torch.where(torch.rand(n, generator=g, device=g.device) < (0.5 if o.mirror else 0), -1.0, 1.0)
    # Keras composes rotation, shear (x by -sin, y by cos) and zoom; a side has length 2 in these coordinates.
    matrix = torch.stack([
        torch.stack([roll.cos() * zoom_x * mirror, -(roll + shear).sin() * zoom_y, 2 * within(o.shift)], 1),
        torch.stack([roll.sin() * zoom_x * mirror, (roll + shear).cos() * zoom_y, 2 * within(o.shift)], 1),
    ], 1)
    grid = F.affine_grid(matrix, list(faces.shape), align_corners=False)
    return F.grid_sample(faces, grid, padding_mode="border", align_corners=False)
