"""Synthesises expressions from neutral photographs: facial action units move landmarks, which carry the pixels with them.

Lengths are in eye distances and axes as in `action_units`, which defines each unit.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F

from ..labels import EXPRESSIONS
from .action_units import CLEAR, GROUPS, INNER_BOTTOM, INNER_TOP, JAW, LINES, REACH, STILL, UNITS, UPPER_LIP, VARIANTS, WRINKLES

SIZE = 96 # pixels per side of pictures and landmarks
STRAY = 0.24 # strength of units unrelated to the expression
AGE_LINE = 0.2 # darkest line not drawn by a unit

@dataclass(frozen=True)
class Poses:
    """Strength of each unit on each face: [n, units] per side (0 right, 1 left), teeth [n] 0-1."""

    right: torch.Tensor
    left: torch.Tensor
    teeth: torch.Tensor


def draw_expressions(labels: torch.Tensor, strengths: torch.Tensor, g: torch.Generator) -> Poses:
    """Poses for labels [n] (index into EXPRESSIONS) at strengths [n]; units vary by 30 %, sides by 15 %.

    Three random weak units, in either direction, act on every face; neutral faces sometimes talk or blink.
    """
    names = list(UNITS)
    amounts, teeth = torch.zeros(len(labels), len(names)), torch.zeros(len(labels))
    for i, (label, strength) in enumerate(zip(labels.tolist(), strengths.tolist(), strict=True)):
        for k in torch.randint(len(names) - 2, (3,), generator=g).tolist():
            amounts[i, k] += STRAY * float(torch.rand(1, generator=g) * 2 - 1) * min(1.0, 2 * strength)
        if EXPRESSIONS[label] == "neutral":
            strength = 1.0
        variants = VARIANTS[EXPRESSIONS[label]]
        units, teeth[i] = variants[int(torch.randint(len(variants), (1,), generator=g))]
        for name, amount in units.items():
            if name in UNITS:
                amounts[i, names.index(name)] += amount * strength * CLEAR[EXPRESSIONS[label]] * float(0.7 + 0.6 * torch.rand(1, generator=g))
    side = 1 + 0.15 * (torch.rand(len(labels), 1, generator=g) * 2 - 1)
    return Poses(amounts * side, amounts * (2 - side), teeth)


def warp(images: torch.Tensor, landmarks: torch.Tensor, poses: Poses, g: torch.Generator) -> torch.Tensor:
    """Warps faces [n, 96, 96] (0-1) into poses. landmarks: [n, 478, 2], pixels of the same pictures."""
    frame = _Frame(landmarks)
    index, displacement = _displacements(poses)
    still = torch.zeros(len(images), len(STILL), 2)
    points = landmarks[:, index + STILL]
    moves = torch.cat([frame.vectors(displacement), still], 1)
    group_of = [name for name, members in GROUPS.items() for _ in members] + ["still"] * len(STILL)
    reach = torch.tensor([REACH.get(name.removesuffix("_r").removesuffix("_l"), 0.15) for name in group_of])
    above = torch.tensor([name not in JAW for name in group_of])
    below = torch.tensor([name not in UPPER_LIP for name in group_of])
    # The warp maps each pixel to its source, so moves are placed at the landmarks' destinations.
    upper, lower, together = (
        _field((points + moves)[:, some], moves[:, some], frame.eyes, reach[some]) for some in (above, below, above | below)
    )
    top, bottom = _inner_lips(landmarks, points, moves)
    return _render(images, frame, (upper, lower, together), (top, bottom), landmarks, poses, g)


class _Frame:
    """Eye-aligned frame of each face: origin between the outer corners, unit vectors, eye distance in pixels."""

    def __init__(self, landmarks: torch.Tensor) -> None:
        right, left = landmarks[:, 33], landmarks[:, 263]
        self.eyes = (left - right).norm(dim=1).clamp(min=1)
        self.x = (left - right) / self.eyes[:, None]
        self.y = torch.stack([-self.x[:, 1], self.x[:, 0]], 1)
        self.origin = (left + right) / 2

    def vectors(self, v: torch.Tensor) -> torch.Tensor:
        """Converts frame vectors [n, k, 2] from eye distances to pixels."""
        return (v[..., :1] * self.x[:, None] + v[..., 1:] * self.y[:, None]) * self.eyes[:, None, None]

    def points(self, p: torch.Tensor) -> torch.Tensor:
        """Converts pixels [n, k, 2] to the frame, in eye distances."""
        q = p - self.origin[:, None]
        return torch.stack([(q * self.x[:, None]).sum(-1), (q * self.y[:, None]).sum(-1)], -1) / self.eyes[:, None, None]


def _displacements(poses: Poses) -> tuple[list[int], torch.Tensor]:
    """Landmark indices and their moves [n, k, 2] in the frame."""
    index: list[int] = []
    parts: list[torch.Tensor] = []
    for group, members in GROUPS.items():
        side = group[-2:] if group[-2:] in ("_r", "_l") else ""
        base = group.removesuffix(side) if side else group
        amounts = poses.right if side == "_r" else poses.left if side == "_l" else (poses.right + poses.left) / 2
        table = torch.tensor([UNITS[u].get(base, (0.0, 0.0)) for u in UNITS])
        move = amounts @ table
        if side == "_r":
            move = move * torch.tensor([-1.0, 1.0])
        elif not side:
            move = move * torch.tensor([0.0, 1.0])
        index += members
        parts += [move] * len(members)
    return index, torch.stack(parts, 1)


def _grid(n: int) -> torch.Tensor:
    """Pixel centres [n * n, 2] of an n x n grid over the picture."""
    c = (torch.arange(n) + 0.5) * SIZE / n - 0.5
    return torch.stack(torch.meshgrid(c, c, indexing="xy"), -1).reshape(-1, 2)


COARSE = 48


def _field(points: torch.Tensor, moves: torch.Tensor, eyes: torch.Tensor, reach: torch.Tensor) -> torch.Tensor:
    """Smooth displacement of every pixel [n, 96, 96, 2]: Gaussian means of the moves [n, k, 2], fading away from landmarks.

    A 2D Gaussian is separable in x and y, so three small matrix products compute the field.
    """
    width = (reach * eyes[:, None])[:, None]
    centres = (_grid(COARSE)[:COARSE, 0])[None, :, None]
    along = torch.exp(-((centres - points[:, None, :, 0]) / width).square() / 2)
    down = torch.exp(-((centres - points[:, None, :, 1]) / width).square() / 2)
    across = along.transpose(1, 2)
    total = down @ across + 0.15
    field = torch.stack([(down * moves[:, None, :, i]) @ across / total for i in (0, 1)], 1)
    return F.interpolate(field, size=(SIZE, SIZE), mode="bilinear", align_corners=False).permute(0, 2, 3, 1)


def _inner_lips(landmarks: torch.Tensor, points: torch.Tensor, moves: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Inner contours of both lips after the move, [n, 11, 2] in pixels."""
    kept = {}
    for name, lips in (("top", INNER_TOP), ("bottom", INNER_BOTTOM)):
        at = landmarks[:, lips]
        excluded = JAW if name == "top" else UPPER_LIP
        mask = torch.tensor([g not in excluded for g, m in GROUPS.items() for _ in m] + [True] * len(STILL))
        near = torch.cdist(at, points[:, mask])
        weight = torch.softmax(-near / 1.5, 2)
        kept[name] = at + weight @ moves[:, mask]
    return kept["top"], kept["bottom"]


def _render(
    images: torch.Tensor, frame: _Frame, fields: tuple[torch.Tensor, torch.Tensor, torch.Tensor],
    lips: tuple[torch.Tensor, torch.Tensor], landmarks: torch.Tensor, poses: Poses, g: torch.Generator,
) -> torch.Tensor:
    n = len(images)
    upper, lower, together = fields
    pixels = _grid(SIZE)
    xy = frame.points(pixels[None].expand(n, -1, -1))
    top, bottom = frame.points(lips[0]), frame.points(lips[1])
    y_top, y_bottom = _curve(top, xy[..., 0]), _curve(bottom, xy[..., 0])
    at = frame.points(landmarks[:, INNER_TOP]), frame.points(landmarks[:, INNER_BOTTOM])
    was_open = (at[1][:, 5, 1] - at[0][:, 5, 1]).clamp(min=0)
    opened = ((bottom - top)[:, 5, 1] - was_open).clamp(min=0)
    # An opening mouth is split between the lips; elsewhere a single smooth field moves everything.
    parts = sum(((poses.right + poses.left) / 2)[:, list(UNITS).index(unit)] for unit in ("jaw_drop", "lips_part"))
    torn = ((opened > 0.025) & (was_open < 0.06) & (parts > 0.1)).float()[:, None]
    soft = 0.010
    middle = (y_top + y_bottom) / 2
    is_below = torch.sigmoid((xy[..., 1] - middle) / soft)
    reach = torch.exp(-((xy[..., 0] / 0.42) ** 4)) * torn
    # Far from the mouth both halves follow the common field.
    split = (1 - is_below)[..., None] * upper.reshape(n, -1, 2) + is_below[..., None] * lower.reshape(n, -1, 2)
    move = reach[..., None] * split + (1 - reach)[..., None] * together.reshape(n, -1, 2)
    source = (pixels[None] - move + 0.5) / SIZE * 2 - 1
    out = F.grid_sample(images[:, None], source.reshape(n, SIZE, SIZE, 2), padding_mode="border", align_corners=False)[:, 0]
    half = frame.points(_grid(SIZE // 2)[None].expand(n, -1, -1))
    gain = _shading(frame, landmarks, lips, poses, half, g).reshape(n, 1, SIZE // 2, SIZE // 2)
    out = out * F.interpolate(gain, size=(SIZE, SIZE), mode="bilinear", align_corners=False)[:, 0]
    inside = torch.sigmoid((xy[..., 1] - y_top) / soft) * torch.sigmoid((y_bottom - xy[..., 1]) / soft) * torn
    within = (xy[..., 0] > top[:, :1, 0]) & (xy[..., 0] < top[:, -1:, 0])
    return _fill_mouth(out.reshape(n, -1), inside * within, (xy[..., 1] - y_top) / (y_bottom - y_top).clamp(min=1e-3), poses.teeth,
                       g).reshape(n, SIZE, SIZE).clamp(0, 1)


def _fill_mouth(out: torch.Tensor, inside: torch.Tensor, depth: torch.Tensor, teeth: torch.Tensor, g: torch.Generator) -> torch.Tensor:
    """Fills the space between the lips with dark, and with teeth from above according to `teeth`."""
    skin = out.median(1).values[:, None]
    dark = skin * (0.15 + 0.2 * torch.rand(len(out), 1, generator=g))
    white = (skin * (1.05 + 0.25 * torch.rand(len(out), 1, generator=g))).clamp(max=0.97)
    shows = torch.sigmoid((teeth[:, None] - depth) / 0.08) * (teeth[:, None] > 0)
    return out * (1 - inside) + inside * (dark + shows * (white - dark))


def _curve(points: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """y of a polyline [n, k, 2] at x [n, m] by linear interpolation, constant beyond its ends."""
    px, py = points[..., 0].contiguous(), points[..., 1]
    px = torch.cummax(px, 1).values + torch.arange(px.shape[1]) * 1e-5
    i = torch.searchsorted(px, x.contiguous()).clamp(1, px.shape[1] - 1)
    x0, x1 = px.gather(1, i - 1), px.gather(1, i)
    t = ((x - x0) / (x1 - x0)).clamp(0, 1)
    return py.gather(1, i - 1) * (1 - t) + py.gather(1, i) * t


def _lines(frame: _Frame, landmarks: torch.Tensor, lips: tuple[torch.Tensor, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Sample points [n, k, 2] of each kind of line, in the frame."""
    def at(i: int) -> torch.Tensor:
        return frame.points(landmarks[:, [i]])[:, 0]

    def stroke(a: torch.Tensor, b: torch.Tensor, k: int = 6) -> torch.Tensor:
        t = torch.linspace(0, 1, k)[None, :, None]
        return a[:, None] * (1 - t) + b[:, None] * t

    def off(p: torch.Tensor, x: float, y: float) -> torch.Tensor:
        return p + torch.tensor([x, y])

    corner_r, corner_l = frame.points(lips[0])[:, 0], frame.points(lips[0])[:, -1]
    brow, chin = (at(9) + at(8)) / 2, frame.points(lips[1])[:, 5]
    forehead = at(10) * 0.45 + at(9) * 0.55
    return {
        "furrow": torch.cat([stroke(off(brow, s * 0.055, -0.07), off(brow, s * 0.045, 0.07)) for s in (-1, 1)], 1),
        "nose_root": torch.cat([stroke(off(at(168), -0.07, d), off(at(168), 0.07, d)) for d in (0.0, 0.07)], 1),
        "nasolabial": torch.cat([stroke(off(at(64), -0.03, -0.03), off(corner_r, -0.07, 0.0), 8),
                                 stroke(off(at(294), 0.03, -0.03), off(corner_l, 0.07, 0.0), 8)], 1),
        "under_eye": torch.cat([stroke(off(at(33), 0.0, 0.09), off(at(145), 0.02, 0.11)),
                                stroke(off(at(263), 0.0, 0.09), off(at(374), -0.02, 0.11))], 1),
        "forehead": torch.cat([stroke(off(forehead, -0.38, d), off(forehead, 0.38, d), 14) for d in (-0.06, 0.05)], 1),
        "forehead_middle": torch.cat([stroke(off(forehead, -0.15, d), off(forehead, 0.15, d), 7) for d in (-0.04, 0.06)], 1),
        "chin_dent": stroke(off(chin, -0.10, 0.16), off(chin, 0.10, 0.16), 5),
        "corner_shade": torch.cat([stroke(off(corner_r, -0.03, 0.01), off(corner_r, -0.05, 0.09), 4),
                                   stroke(off(corner_l, 0.03, 0.01), off(corner_l, 0.05, 0.09), 4)], 1),
        "lip_line": (frame.points(lips[0]) + frame.points(lips[1])) / 2,
    }


def _shading(
    frame: _Frame, landmarks: torch.Tensor, lips: tuple[torch.Tensor, torch.Tensor], poses: Poses, xy: torch.Tensor, g: torch.Generator
) -> torch.Tensor:
    """Gain [n, pixels] of wrinkles, 1 where there are none.

    People wrinkle differently, a third not at all, and some have lines independent of units, so that a line alone is no evidence.
    """
    amounts = ((poses.right + poses.left) / 2).clamp(0, 1.2)
    n = len(xy)
    skin = (0.2 + 1.2 * torch.rand(n, 1, generator=g)) * (torch.rand(n, 1, generator=g) > 0.33)
    gain = torch.ones(xy.shape[:2])
    depth = {line: AGE_LINE * torch.rand(n, 1, generator=g) * (torch.rand(n, 1, generator=g) < 0.3) for line in LINES}
    for k, unit in enumerate(UNITS):
        for line, darkness in WRINKLES.get(unit, []):
            depth[line] = depth[line] + skin * darkness * amounts[:, k:k + 1]
    for line, points in _lines(frame, landmarks, lips).items():
        near = torch.cdist(xy, points).min(2).values
        gain = gain * (1 - depth[line].clamp(max=0.5) * torch.exp(-(near / 0.034).square() / 2))
    return gain
