"""Warped faces: what moves, what stays, and the effect of strength."""

from __future__ import annotations

import torch

from training.data.action_units import GROUPS, INNER_BOTTOM, INNER_TOP, STILL
from training.data.warp import SIZE, draw_expressions, warp
from training.labels import EXPRESSIONS

# A drawn face, in pixels of a 96-pixel picture; the other landmarks of the 478 are on the chin.
PLACES = {
    "brow_in_r": (40, 30), "brow_in_l": (56, 30), "brow_mid_r": (33, 28), "brow_mid_l": (63, 28), "brow_out_r": (26, 30), "brow_out_l": (70, 30),
    "lid_up_r": (33, 36), "lid_up_l": (63, 36), "lid_lo_r": (33, 40), "lid_lo_l": (63, 40), "corner_r": (37, 70), "corner_l": (59, 70),
    "lip_up": (48, 69), "lip_up_side_r": (42, 69), "lip_up_side_l": (54, 69), "lip_lo": (48, 71),
    "lip_lo_side_r": (42, 71), "lip_lo_side_l": (54, 71),
    "cheek_r": (30, 54), "cheek_l": (66, 54), "ala_r": (42, 56), "ala_l": (54, 56), "chin": (48, 84), "jaw_r": (36, 82), "jaw_l": (60, 82),
    "glabella": (48, 34),
}


def face(n: int) -> tuple[torch.Tensor, torch.Tensor]:
    """A bright face with dark brows and a dark line as its mouth, n times, and its landmarks."""
    landmarks = torch.full((478, 2), 88.0)
    landmarks[STILL] = torch.tensor([48.0, 92.0])
    for group, place in PLACES.items():
        landmarks[GROUPS[group]] = torch.tensor(place, dtype=torch.float)
    landmarks[33], landmarks[263] = torch.tensor([24.0, 38.0]), torch.tensor([72.0, 38.0])
    landmarks[133], landmarks[362] = torch.tensor([41.0, 38.0]), torch.tensor([55.0, 38.0])
    for i, (top, bottom) in enumerate(zip(INNER_TOP, INNER_BOTTOM, strict=True)):
        x = 37 + 2.2 * i
        landmarks[top], landmarks[bottom] = torch.tensor([x, 70.0]), torch.tensor([x, 70.0])
    picture = torch.full((SIZE, SIZE), 0.7)
    picture[29:31, 26:42] = picture[29:31, 54:70] = 0.2
    picture[69:72, 37:60] = 0.4
    return picture.expand(n, -1, -1).clone(), landmarks.expand(n, -1, -1).clone()


def warped(expression: str, strength: float, n: int = 16) -> torch.Tensor:
    g = torch.Generator().manual_seed(1)
    images, landmarks = face(n)
    labels = torch.full((n,), EXPRESSIONS.index(expression))
    return warp(images, landmarks, draw_expressions(labels, torch.full((n,), strength), g), g)


def brow_row(images: torch.Tensor) -> torch.Tensor:
    """Mean row of the dark pixels around the right brow's inner end."""
    dark = (0.6 - images[:, 18:42, 37:42]).clamp(min=0).sum(2)
    return (dark * torch.arange(18, 42)).sum(1) / dark.sum(1)


def test_zero_strength_changes_little() -> None:
    images, _ = face(16)
    for expression in EXPRESSIONS:
        if expression != "neutral":
            difference = (warped(expression, 0.0) - images).abs()
            assert (difference > 0.02).float().mean() < 0.1


def test_neutral_warp_changes_less_than_surprise() -> None:
    images, _ = face(16)
    little, much = ((warped(e, 1.0) - images).abs().mean() for e in ("neutral", "surprise"))
    assert 0 < little < 0.35 * much


def test_brows_move_with_strength() -> None:
    rest = brow_row(face(16)[0]).mean()
    angry = [brow_row(warped("angry", s)).mean() for s in (0.5, 1.0)]
    surprised = [brow_row(warped("surprise", s)).mean() for s in (0.5, 1.0)]
    assert rest + 0.3 < angry[0] < angry[1]
    assert surprised[1] < surprised[0] < rest - 0.3


def test_dropped_jaw_opens_a_dark_mouth() -> None:
    mouth = warped("surprise", 1.3)[:, 68:84, 42:54]
    assert mouth.flatten(1).min(1).values.min() < 0.3
    assert (warped("angry", 0.4)[:, 68:84, 42:54].flatten(1).min(1).values > 0.3).float().mean() > 0.7


def test_warp_is_reproducible() -> None:
    assert torch.equal(warped("fear", 1.0), warped("fear", 1.0))
