"""Occlusions drawn over 96-pixel crops: masks, hands, bars, dark glasses, mosaic, objects of any shape and pattern.

Also objects that hide nothing relevant to an expression: spectacles, beards, strands of hair, a microphone, a hand at the cheek.
Lengths are in eye distances; axes are aligned with the eyes, y down.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIZE = 96
SCALE = 2 # supersampling, for soft edges
Point = tuple[float, float]
Outline = list[Point]


@dataclass(frozen=True)
class Anatomy:
    """Positions of a face's parts in crop pixels: midpoints of the eye corners, mouth corners, nose tip, chin."""

    right_eye: np.ndarray
    left_eye: np.ndarray
    mouth: np.ndarray
    nose: np.ndarray
    chin: np.ndarray
    mouth_width: float
    mouth_height: float

    @property
    def unit(self) -> float:
        return max(6.0, float(np.linalg.norm(self.left_eye - self.right_eye)))

    def at(self, origin: np.ndarray, x: float, y: float) -> Point:
        """The point x, y eye distances from an origin, in pixels."""
        across = (self.left_eye - self.right_eye) / max(1e-6, float(np.linalg.norm(self.left_eye - self.right_eye)))
        down = np.array([-across[1], across[0]])
        p = origin + self.unit * (x * across + y * down)
        return float(p[0]), float(p[1])

    @property
    def middle(self) -> np.ndarray:
        return (self.right_eye + self.left_eye) / 2


def anatomy(landmarks: np.ndarray) -> Anatomy:
    """landmarks: [478, 2], pixels."""
    mean = lambda *ids: landmarks[list(ids)].mean(0)
    return Anatomy(mean(33, 133), mean(263, 362), mean(61, 291), landmarks[1], landmarks[152],
                   float(np.linalg.norm(landmarks[61] - landmarks[291])), float(np.linalg.norm(landmarks[0] - landmarks[17])))


def regions(face: Anatomy) -> np.ndarray:
    """bool [3, 96, 96]: mouth, right eye, left eye, without the surrounding skin."""
    y, x = np.mgrid[0:SIZE, 0:SIZE] + 0.5
    inside = lambda c, rx, ry: ((x - c[0]) / rx) ** 2 + ((y - c[1]) / ry) ** 2 <= 1
    unit = face.unit
    return np.stack([
        inside(face.mouth, max(face.mouth_width / 2, 0.3 * unit), max(0.65 * face.mouth_height, 0.16 * unit)),
        inside(face.right_eye, 0.26 * unit, 0.13 * unit),
        inside(face.left_eye, 0.26 * unit, 0.13 * unit),
    ])


class Pen:
    """Draws covers on a face: into `picture` and, where they hide it, into `hidden`."""

    def __init__(self, face: np.ndarray, where: Anatomy, others: np.ndarray, rng: np.random.Generator) -> None:
        """face: uint8 [96, 96]. others: uint8 [n, 96, 96], source of patterns."""
        self.picture = face.astype(np.float32)
        self.hidden = np.zeros((SIZE, SIZE), np.float32)
        self.where, self.others, self.rng = where, others, rng

    def chance(self, p: float) -> bool:
        return bool(self.rng.random() < p)

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    @property
    def skin(self) -> float:
        """Luminance of the cheeks and the nose."""
        x, y = (int(min(SIZE - 5, max(4, v))) for v in self.where.nose)
        return float(np.median(self.picture[max(0, y - 8):y + 4, max(0, x - 8):x + 8]))

    def paint(self, shape: Callable[[ImageDraw.ImageDraw], None], tone: np.ndarray | float, opacity: np.ndarray | float = 1.0, hides: bool = True,
              soft: float = 0.4) -> None:
        """Paints a shape, drawn in white in pixels × SCALE, with tones 0-255 [96, 96]."""
        canvas = Image.new("L", (SIZE * SCALE, SIZE * SCALE))
        shape(ImageDraw.Draw(canvas))
        small = canvas.resize((SIZE, SIZE), Image.Resampling.BOX)
        alpha = np.asarray(small.filter(ImageFilter.GaussianBlur(soft)) if soft else small, np.float32) / 255
        self.picture += alpha * opacity * (tone - self.picture)
        if hides:
            self.hidden = np.maximum(self.hidden, alpha)

    def polygon(self, points: Outline, tone: np.ndarray | float, opacity: np.ndarray | float = 1.0, hides: bool = True, soft: float = 0.4) -> None:
        scaled = [(SCALE * x, SCALE * y) for x, y in points]
        self.paint(lambda d: d.polygon(scaled, fill=255), tone, opacity, hides, soft)

    def line(
        self, points: Outline, width: float, tone: np.ndarray | float, opacity: np.ndarray | float = 1.0, hides: bool = True, soft: float = 0.4,
    ) -> None:
        """Draws a line with round ends; width in pixels."""
        scaled = [(SCALE * x, SCALE * y) for x, y in points]
        w = max(1, round(SCALE * width))
        def draw(d: ImageDraw.ImageDraw) -> None:
            d.line(scaled, fill=255, width=w, joint="curve")
            if w > 3:
                for x, y in scaled:
                    d.ellipse([x - w / 2, y - w / 2, x + w / 2, y + w / 2], fill=255)
        self.paint(draw, tone, opacity, hides, soft)

    def blob(self, center: Point, rx: float, ry: float, angle: float, corner: float = 2.0, rough: float = 0.0) -> Outline:
        """A superellipse (corner 2: ellipse, 6: nearly a rectangle) in pixels and radians; rough 0-1 distorts its outline."""
        t = np.linspace(0, 2 * math.pi, 40, endpoint=False)
        bend = 1 + rough * sum(self.between(-0.25, 0.25) * np.sin(k * t + self.between(0, 6.3)) for k in (2, 3, 5))
        x = rx * np.sign(np.cos(t)) * np.abs(np.cos(t)) ** (2 / corner) * bend
        y = ry * np.sign(np.sin(t)) * np.abs(np.sin(t)) ** (2 / corner) * bend
        c, s = math.cos(angle), math.sin(angle)
        return list(zip((center[0] + c * x - s * y).tolist(), (center[1] + s * x + c * y).tolist(), strict=True))

    def tones(self, base: float | None = None) -> np.ndarray:
        """A surface [96, 96], 0-255: plain, shaded, folded, striped, chequered, dotted, grained, or cut from another picture."""
        level = self.between(0, 255) if base is None else base
        surface = self._pattern(level, base is not None)
        if base is None and self.chance(0.4):  # one pattern on another
            other = self._pattern(self.between(0, 255), False)
            surface = np.where(_clouds(self.rng, self.between(1, 8)) > 0, surface, other) if self.chance(0.5) else (surface + other) / 2
        turn = self.between(0, 2 * math.pi)
        y, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
        surface = surface + self.between(-0.5, 0.5) * self.between(0, 1.6) * (x * math.cos(turn) + y * math.sin(turn) - SIZE / 2)
        return np.clip(surface + self.rng.normal(0, self.between(0, 6), surface.shape), 0, 255).astype(np.float32)

    def _pattern(self, level: float, is_plain: bool) -> np.ndarray:
        y, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
        turn = self.between(0, 2 * math.pi)
        u, v = x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)
        contrast = self.between(10, 120) * (1 if self.chance(0.5) else -1)
        period = self.between(3, 24)
        kind = int(self.rng.integers(9))
        if kind <= 1 or (is_plain and kind < 5):
            return np.full((SIZE, SIZE), level, np.float32)
        if kind == 2:
            return level + contrast * np.sin(2 * math.pi * u / period) / 2
        if kind == 3:
            return level + contrast * (((u // (period / 2)) % 2) - 0.5)
        if kind == 4:
            return level + contrast * (((u // (period / 2) + v // (period / 2)) % 2) - 0.5)
        if kind == 5:
            return level + contrast * (((u % period - period / 2) ** 2 + (v % period - period / 2) ** 2) < (period / 3.4) ** 2)
        if kind == 6:
            return level + contrast * _clouds(self.rng, self.between(1.5, 12))
        return self._cutting(level if is_plain else None)

    def _cutting(self, level: float | None) -> np.ndarray:
        """An enlarged piece of another picture, with its own brightness or shifted to a level."""
        other = self.others[int(self.rng.integers(len(self.others)))]
        side = int(self.rng.integers(16, 72))
        top, left = (int(self.rng.integers(SIZE - side + 1)) for _ in range(2))
        turns = int(self.rng.integers(1, 4)) # an upright face would not count as hidden
        piece = Image.fromarray(np.rot90(other[top:top + side, left:left + side], turns)).resize((SIZE, SIZE), Image.Resampling.BILINEAR)
        surface = np.asarray(piece, np.float32)
        return surface if level is None else level + (surface - surface.mean()) * self.between(0.2, 0.8)


def rounded(points: Outline) -> Outline:
    """Rounds the outline by cutting its corners twice (Chaikin 1974)."""
    for _ in range(2):
        pairs = list(zip(points, points[1:] + points[:1], strict=True))
        points = [(w * ax + (1 - w) * bx, w * ay + (1 - w) * by) for (ax, ay), (bx, by) in pairs for w in (0.75, 0.25)]
    return points


def _clouds(rng: np.random.Generator, radius: float) -> np.ndarray:
    grain = Image.fromarray(rng.normal(128, 60, (SIZE, SIZE)).clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(radius))
    clouds = np.asarray(grain, np.float32)
    return (clouds - clouds.mean()) / max(1.0, float(np.abs(clouds - clouds.mean()).max()))
