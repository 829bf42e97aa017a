"""Learning rates per step."""

from __future__ import annotations

import math


def one_cycle(step: int, total: int, peak: float) -> float:
    """Linear rise over the first 20 %, cosine fall to zero (Smith and Topin, 2018)."""
    rise = 0.2 * total
    if step < rise:
        return peak * (0.04 + 0.96 * step / rise)
    return peak * 0.5 * (1 + math.cos(math.pi * (step - rise) / (total - rise)))


def trapezoid(step: int, total: int, peak: float, rise: int, fall: int) -> float:
    """Linear rise over the first `rise` steps, flat, linear fall to zero over the last `fall`.

    The flat part is independent of the end, so a running training can be given more epochs
    (Hägele et al., "Scaling laws and compute-optimal training beyond fixed training durations", 2024).
    """
    return peak * min(1.0, (step + 1) / rise, (total - step) / fall)
