"""Expressions made from neutral photographs: landmarks move by facial action units and carry the pixels with them.

Displacements are in distances between the outer eye corners ("eye distances"), in a frame whose x axis runs from the
subject's right eye to the left one and whose y axis points down. Landmarks are MediaPipe's 478. Units are those of FACS
(Ekman and Friesen, 1978), and their combinations per expression follow its investigators' guide (EMFACS). The smile's
amplitude is the measured one between 4,410 neutral and 3,958 happy press faces; the others were fitted by eye on sheets.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F

from ..labels import EXPRESSIONS

SIZE = 96  # pixels of a side, of pictures and landmarks

# Landmark groups. Names that end in _r and _l move as mirror images of each other.
GROUPS: dict[str, list[int]] = {
    "brow_in_r": [55, 107, 65, 66], "brow_in_l": [285, 336, 295, 296],
    "brow_mid_r": [52, 105], "brow_mid_l": [282, 334],
    "brow_out_r": [46, 53, 63, 70], "brow_out_l": [276, 283, 293, 300],
    "lid_up_r": [159, 158, 160, 157, 161], "lid_up_l": [386, 385, 387, 384, 388],
    "lid_lo_r": [145, 144, 153, 163], "lid_lo_l": [374, 373, 380, 390],
    "corner_r": [61, 78, 76, 62], "corner_l": [291, 308, 306, 292],
    "lip_up": [0, 37, 267, 13, 82, 312], "lip_up_side_r": [39, 40, 185, 81, 80], "lip_up_side_l": [269, 270, 409, 311, 310],
    "lip_lo": [17, 84, 314, 14, 87, 317], "lip_lo_side_r": [181, 91, 178, 88], "lip_lo_side_l": [405, 321, 402, 318],
    "cheek_r": [50, 101, 205], "cheek_l": [280, 330, 425],
    "ala_r": [48, 64, 98, 115], "ala_l": [278, 294, 327, 344],
    "chin": [152, 148, 377, 175, 199], "jaw_r": [176, 149, 150], "jaw_l": [400, 378, 379],
    "glabella": [9, 8, 168],
}
STILL = [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54,
         103, 67, 109, 1, 4, 5, 6, 195, 197, 33, 133, 362, 263]
UPPER_LIP = ("lip_up", "lip_up_side_r", "lip_up_side_l")
JAW = ("lip_lo", "lip_lo_side_r", "lip_lo_side_l", "chin", "jaw_r", "jaw_l")

# What one unit at strength 1 does: group (both sides at once without the suffix) -> (away from the midline, down).
UNITS: dict[str, dict[str, tuple[float, float]]] = {
    "inner_brow_raise": {"brow_in": (0.0, -0.10), "brow_mid": (0.0, -0.05), "glabella": (0.0, -0.03)},
    "outer_brow_raise": {"brow_in": (0.0, -0.03), "brow_mid": (0.0, -0.09), "brow_out": (0.0, -0.09)},
    "brow_lower": {"brow_in": (-0.055, 0.11), "brow_mid": (-0.02, 0.085), "brow_out": (0.0, 0.03), "glabella": (0.0, 0.04)},
    "brow_draw": {"brow_in": (-0.045, 0.0), "brow_mid": (-0.015, 0.0)},
    "lid_raise": {"lid_up": (0.0, -0.035), "lid_lo": (0.0, 0.006)},
    "lid_tighten": {"lid_up": (0.0, 0.018), "lid_lo": (0.0, -0.026)},
    "lid_droop": {"lid_up": (0.0, 0.03)},
    "cheek_raise": {"cheek": (0.015, -0.04), "lid_lo": (0.0, -0.02)},
    "nose_wrinkle": {"ala": (0.02, -0.06), "brow_in": (-0.03, 0.075), "brow_mid": (0.0, 0.045), "cheek": (0.0, -0.025),
                     "lip_up": (0.0, -0.03), "lip_up_side": (0.0, -0.04), "lip_lo": (0.0, -0.02), "glabella": (0.0, 0.03), "lid_lo": (0.0, -0.015)},
    "upper_lip_raise": {"lip_up": (0.0, -0.05), "lip_up_side": (0.01, -0.06), "lip_lo": (0.0, -0.045), "lip_lo_side": (0.0, -0.03),
                        "ala": (0.015, -0.03), "cheek": (0.0, -0.02)},
    "smile": {"corner": (0.065, -0.085), "lip_up_side": (0.03, -0.05), "lip_up": (0.0, -0.025), "cheek": (0.02, -0.03),
              "ala": (0.014, -0.016), "lip_lo_side": (0.02, -0.03)},
    "corner_lower": {"corner": (0.015, 0.075), "lip_lo_side": (0.01, 0.02), "lip_up_side": (0.0, 0.02)},
    "chin_raise": {"lip_lo": (0.0, -0.035), "lip_lo_side": (0.0, -0.015), "lip_up": (0.0, -0.012), "chin": (0.0, -0.035)},
    "lip_stretch": {"corner": (0.10, 0.025), "lip_lo_side": (0.05, 0.02), "lip_up_side": (0.03, 0.01)},
    "lip_press": {"lip_up": (0.0, 0.024), "lip_up_side": (0.0, 0.02), "lip_lo": (0.0, -0.036), "lip_lo_side": (0.0, -0.024),
                  "corner": (-0.015, 0.008)},
    "lip_pucker": {"corner": (-0.055, 0.0), "lip_up": (0.0, -0.015), "lip_lo": (0.0, 0.015)},
    "jaw_drop": {"lip_lo": (0.0, 0.21), "lip_lo_side": (-0.01, 0.16), "chin": (0.0, 0.15), "jaw": (0.0, 0.09),
                 "corner": (-0.02, 0.055), "lip_up": (0.0, -0.012)},
    "lips_part": {"lip_lo": (0.0, 0.055), "lip_lo_side": (0.0, 0.035), "lip_up": (0.0, -0.018), "lip_up_side": (0.0, -0.012)},
}

# How strong a unit must act for an expression to be clear to the eye, fitted on sheets: displacements smear out on the way.
CLEAR = {"angry": 1.7, "disgust": 1.2, "fear": 1.6, "happy": 1.6, "sad": 1.7, "surprise": 1.3, "neutral": 1.0}

# Ways to show each expression: unit -> strength, and how much of the parted mouth shows teeth (0 dark, 1 all teeth).
WAYS: dict[str, list[tuple[dict[str, float], float]]] = {
    "angry": [
        ({"brow_lower": 1.0, "lid_tighten": 0.8, "lip_press": 1.0, "chin_raise": 0.5}, 0.0),
        ({"brow_lower": 1.0, "lid_raise": 0.5, "lip_press": 0.9}, 0.0),
        ({"brow_lower": 1.0, "lid_tighten": 0.7, "corner_lower": 0.4, "chin_raise": 0.9, "lip_press": 0.5}, 0.0),
        ({"brow_lower": 1.0, "lid_raise": 0.3, "upper_lip_raise": 0.5, "lip_stretch": 0.3, "lips_part": 0.9}, 0.9),
        ({"brow_lower": 0.9, "lid_tighten": 0.4, "lip_pucker": 0.7, "chin_raise": 0.4}, 0.0),
    ],
    "disgust": [
        ({"nose_wrinkle": 1.0, "upper_lip_raise": 0.6, "lid_tighten": 0.6, "chin_raise": 0.6}, 0.0),
        ({"nose_wrinkle": 1.0, "upper_lip_raise": 0.9, "corner_lower": 0.5, "lid_tighten": 0.5}, 0.0),
        ({"nose_wrinkle": 0.8, "upper_lip_raise": 1.0, "lips_part": 0.6, "lid_tighten": 0.7, "cheek_raise": 0.5}, 0.8),
    ],
    "fear": [
        ({"inner_brow_raise": 0.9, "outer_brow_raise": 0.3, "brow_draw": 0.8, "lid_raise": 1.0, "lip_stretch": 0.9, "lips_part": 0.9}, 0.4),
        ({"inner_brow_raise": 0.9, "outer_brow_raise": 0.5, "brow_draw": 0.8, "lid_raise": 1.0, "lip_stretch": 0.6, "jaw_drop": 0.4}, 0.3),
        ({"inner_brow_raise": 0.8, "brow_draw": 1.0, "lid_raise": 1.0, "lip_stretch": 1.0}, 0.0),
    ],
    "happy": [
        ({"smile": 1.0, "cheek_raise": 0.7}, 0.0),
        ({"smile": 1.1, "cheek_raise": 0.8, "lips_part": 0.9}, 1.0),
        ({"smile": 0.9, "cheek_raise": 0.4, "lips_part": 0.5}, 1.0),
    ],
    "sad": [
        ({"inner_brow_raise": 0.9, "brow_draw": 0.8, "corner_lower": 1.0, "chin_raise": 0.7}, 0.0),
        ({"inner_brow_raise": 0.6, "brow_draw": 0.6, "lid_droop": 0.8, "corner_lower": 0.9}, 0.0),
        ({"inner_brow_raise": 1.0, "brow_draw": 1.0, "corner_lower": 0.6, "lid_tighten": 0.4, "chin_raise": 1.0}, 0.0),
    ],
    "surprise": [
        ({"inner_brow_raise": 0.9, "outer_brow_raise": 1.0, "lid_raise": 0.9, "jaw_drop": 0.8}, 0.1),
        ({"inner_brow_raise": 1.0, "outer_brow_raise": 1.0, "lid_raise": 1.0, "jaw_drop": 1.1, "lip_pucker": 0.4}, 0.0),
        ({"inner_brow_raise": 0.9, "outer_brow_raise": 1.0, "lid_raise": 0.8, "lips_part": 0.7}, 0.2),
    ],
}

# Lines that a unit draws, in the frame of the eyes and of landmarks: see `_lines`. Unit -> (line, darkness at strength 1).
WRINKLES: dict[str, list[tuple[str, float]]] = {
    "brow_lower": [("furrow", 0.24)], "brow_draw": [("furrow", 0.15)],
    "nose_wrinkle": [("nose_root", 0.30), ("nasolabial", 0.22)], "upper_lip_raise": [("nasolabial", 0.20)],
    "smile": [("nasolabial", 0.20)], "cheek_raise": [("under_eye", 0.18)], "lid_tighten": [("under_eye", 0.10)],
    "outer_brow_raise": [("forehead", 0.14)], "inner_brow_raise": [("forehead_middle", 0.14)],
    "chin_raise": [("chin_dent", 0.22)], "corner_lower": [("corner_shade", 0.18)],
}
LINES = ("furrow", "nose_root", "nasolabial", "under_eye", "forehead", "forehead_middle", "chin_dent", "corner_shade")


@dataclass(frozen=True)
class Poses:
    """How strongly each unit acts on each face: [n, units] per side (0 right, 1 left), teeth [n] 0-1."""

    right: torch.Tensor
    left: torch.Tensor
    teeth: torch.Tensor


def draw_expressions(labels: torch.Tensor, strengths: torch.Tensor, g: torch.Generator) -> Poses:
    """Poses for labels [n] (index into EXPRESSIONS) at strengths [n]; units vary by 30 %, sides by 15 %.

    Neutral stays neutral: three small units at random, in either direction.
    """
    names = list(UNITS)
    amounts, teeth = torch.zeros(len(labels), len(names)), torch.zeros(len(labels))
    for i, (label, strength) in enumerate(zip(labels.tolist(), strengths.tolist(), strict=True)):
        if EXPRESSIONS[label] == "neutral":
            for k in torch.randint(len(names) - 2, (3,), generator=g).tolist():
                amounts[i, k] += 0.24 * float(torch.rand(1, generator=g) * 2 - 1)
            continue
        ways = WAYS[EXPRESSIONS[label]]
        units, teeth[i] = ways[int(torch.randint(len(ways), (1,), generator=g))]
        for name, amount in units.items():
            if name in UNITS:
                amounts[i, names.index(name)] = amount * strength * CLEAR[EXPRESSIONS[label]] * float(0.7 + 0.6 * torch.rand(1, generator=g))
    side = 1 + 0.15 * (torch.rand(len(labels), 1, generator=g) * 2 - 1)
    return Poses(amounts * side, amounts * (2 - side), teeth)


def warp(images: torch.Tensor, landmarks: torch.Tensor, poses: Poses, g: torch.Generator) -> torch.Tensor:
    """Faces [n, 96, 96] (0-1) in those poses. landmarks: [n, 478, 2], pixels of the same pictures."""
    frame = _Frame(landmarks)
    index, displacement = _displacements(poses)
    moved = frame.vectors(displacement)
    still = torch.zeros(len(images), len(STILL), 2)
    points = landmarks[:, index + STILL]
    moves = torch.cat([moved, still], 1)
    group_of = [name for name, members in GROUPS.items() for _ in members] + ["still"] * len(STILL)
    above = [name not in JAW for name in group_of]
    below = [name not in UPPER_LIP for name in group_of]
    upper = _field(points[:, above], moves[:, above], frame.eyes)
    lower = _field(points[:, below], moves[:, below], frame.eyes)
    together = _field(points, moves, frame.eyes)
    top, bottom = _inner_lips(landmarks, points, moves)
    return _render(images, frame, (upper, lower, together), (top, bottom), landmarks, poses, g)


class _Frame:
    """The eyes' frame of each face: origin between the outer corners, unit vectors, their distance in pixels."""

    def __init__(self, landmarks: torch.Tensor) -> None:
        right, left = landmarks[:, 33], landmarks[:, 263]
        self.eyes = (left - right).norm(dim=1).clamp(min=1)
        self.x = (left - right) / self.eyes[:, None]
        self.y = torch.stack([-self.x[:, 1], self.x[:, 0]], 1)
        self.origin = (left + right) / 2

    def vectors(self, v: torch.Tensor) -> torch.Tensor:
        """Frame vectors [n, k, 2] in eye distances as pixels."""
        return (v[..., :1] * self.x[:, None] + v[..., 1:] * self.y[:, None]) * self.eyes[:, None, None]

    def points(self, p: torch.Tensor) -> torch.Tensor:
        """Pixels [n, k, 2] in the frame, in eye distances."""
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
    """Pixel centres [n * n, 2] of an n x n grid that covers the picture."""
    c = (torch.arange(n) + 0.5) * SIZE / n - 0.5
    return torch.stack(torch.meshgrid(c, c, indexing="xy"), -1).reshape(-1, 2)


def _field(points: torch.Tensor, moves: torch.Tensor, eyes: torch.Tensor, coarse: int = 24) -> torch.Tensor:
    """A smooth displacement of every pixel [n, 96, 96, 2]: Gaussian means of the moves, fading where no landmark is near."""
    width = (0.15 * eyes)[:, None, None]
    weight = torch.exp(-torch.cdist(_grid(coarse)[None], points).square() / (2 * width.square()))
    field = weight @ moves / (weight.sum(2, keepdim=True) + 0.15)
    field = field.reshape(-1, coarse, coarse, 2).permute(0, 3, 1, 2)
    return F.interpolate(field, size=(SIZE, SIZE), mode="bilinear", align_corners=False).permute(0, 2, 3, 1)


INNER_TOP = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308]
INNER_BOTTOM = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308]


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
    # A mouth that opens is torn between the lips; elsewhere one smooth field moves all.
    parts = sum(((poses.right + poses.left) / 2)[:, list(UNITS).index(unit)] for unit in ("jaw_drop", "lips_part"))
    torn = ((opened > 0.025) & (was_open < 0.06) & (parts > 0.1)).float()[:, None]
    soft = 0.010
    middle = (y_top + y_bottom) / 2
    is_below = torch.sigmoid((xy[..., 1] - middle) / soft)
    reach = torch.exp(-((xy[..., 0] / 0.42) ** 4)) * torn
    # Far from the mouth both halves agree with the common field.
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
    """Dark between the lips, with teeth from above as far as `teeth` says."""
    skin = out.median(1).values[:, None]
    dark = skin * (0.15 + 0.2 * torch.rand(len(out), 1, generator=g))
    white = (skin * (1.05 + 0.25 * torch.rand(len(out), 1, generator=g))).clamp(max=0.97)
    shows = torch.sigmoid((teeth[:, None] - depth) / 0.08) * (teeth[:, None] > 0)
    return out * (1 - inside) + inside * (dark + shows * (white - dark))


def _curve(points: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """y of a polyline [n, k, 2] at x [n, m], by linear interpolation; its ends' beyond them."""
    px, py = points[..., 0].contiguous(), points[..., 1]
    px = torch.cummax(px, 1).values + torch.arange(px.shape[1]) * 1e-5
    i = torch.searchsorted(px, x.contiguous()).clamp(1, px.shape[1] - 1)
    x0, x1 = px.gather(1, i - 1), px.gather(1, i)
    t = ((x - x0) / (x1 - x0)).clamp(0, 1)
    return py.gather(1, i - 1) * (1 - t) + py.gather(1, i) * t


def _lines(frame: _Frame, landmarks: torch.Tensor, lips: tuple[torch.Tensor, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Sample points [n, k, 2] of every kind of line, in the frame."""
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
    }


def _shading(
    frame: _Frame, landmarks: torch.Tensor, lips: tuple[torch.Tensor, torch.Tensor], poses: Poses, xy: torch.Tensor, g: torch.Generator
) -> torch.Tensor:
    """The gain [n, pixels] of wrinkles, 1 where there is none; people differ in how much they wrinkle."""
    amounts = ((poses.right + poses.left) / 2).clamp(0, 1.2)
    skin = 1.3 * torch.rand(len(xy), 1, generator=g)
    gain = torch.ones(xy.shape[:2])
    depth = {line: torch.zeros(len(xy), 1) for line in LINES}
    for k, unit in enumerate(UNITS):
        for line, darkness in WRINKLES.get(unit, []):
            depth[line] = depth[line] + darkness * amounts[:, k:k + 1]
    for line, points in _lines(frame, landmarks, lips).items():
        near = torch.cdist(xy, points).min(2).values
        gain = gain * (1 - depth[line].clamp(max=0.4) * skin * torch.exp(-(near / 0.034).square() / 2))
    return gain
