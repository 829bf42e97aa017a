"""The kinds of covers that `covers.Pen` draws, by hidden part, and their labels."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from .beards import beard
from .covers import SIZE, Anatomy, Pen, regions, rounded

# Share of the mouth or both eyes from which it counts as hidden, and up to which as visible; shares in between are undecided.
HIDDEN, VISIBLE = 0.8, 0.3
OUTPUTS = ("mouth", "eyes", "side")


def mask(p: Pen) -> None:
    """A mask from the bridge of the nose, or below it, to the chin."""
    w = p.where
    top, below = p.between(-0.55, 0.15), p.between(0.1, 0.5)
    side, lift = p.between(0.75, 1.15), p.between(-0.15, 0.35)
    at = lambda x, y: w.at(w.nose, x, y)
    down = float(np.linalg.norm(w.chin - w.nose)) / w.unit
    half = [(0.5 * side, top + 0.3 * lift), (side, lift), (side * 0.95, down * 0.6), (0.45 * side, down + below * 0.7)]
    outline = [at(0, top), *(at(*q) for q in half), at(0, down + below), *(at(-x, y) for x, y in reversed(half))]
    tone = p.tones(p.skin + p.between(-25, 25) if p.chance(0.3) else None)
    if p.chance(0.4):  # folds
        y = np.mgrid[0:SIZE, 0:SIZE][0]
        tone = tone + p.between(5, 25) * np.sin(y / p.between(1.2, 3))
    p.polygon(outline, np.clip(tone, 0, 255))
    if p.chance(0.6): # straps
        string = p.between(0, 255)
        for s in (-1, 1):
            p.line([at(s * side, lift), at(s * 1.5, -0.3)], p.between(0.8, 2), string, hides=False)
    if p.chance(0.3):
        p.line(outline + outline[:1], p.between(0.8, 1.8), p.between(0, 255), hides=False)


def _hand(p: Pen, origin: np.ndarray, x: float, y: float, angle: float, size: float) -> None:
    """A palm with four fingers pointing along `angle`, and a thumb; its centre is x, y eye distances from the origin."""
    w = p.where
    tone = np.clip(p.tones(p.skin * p.between(0.75, 1.2) + p.between(-12, 12)), 0, 255)
    shade = np.clip(tone * p.between(0.55, 0.8), 0, 255)
    c, s = math.cos(angle), math.sin(angle)
    at = lambda u, v: w.at(origin, x + size * (u * c - v * s), y + size * (u * s + v * c))
    palm = [at(*q) for q in ((-0.75, -0.42), (0.05, -0.45), (0.15, 0), (0.05, 0.45), (-0.75, 0.4))]
    p.polygon(rounded(palm), tone, soft=0.8)
    width = size * w.unit * p.between(0.2, 0.25)
    spread, curl = p.between(0, 0.25), p.between(0.7, 1.1)
    for k, length in enumerate((0.55, 0.7, 0.66, 0.48)):
        v = -0.36 + 0.24 * k
        tip = (0.05 + length * curl, v + spread * (k - 1.5))
        p.line([at(0.0, v), at(*tip)], width, tone, soft=0.6)
        p.line([at(-0.05, v + 0.12), at(0.9 * tip[0], tip[1] + 0.12)], max(0.8, width * 0.12), shade, p.between(0.4, 0.9), soft=0.6)
    thumb = -1 if p.chance(0.5) else 1
    p.line([at(-0.5, 0.35 * thumb), at(0.0, (0.55 + p.between(0, 0.35)) * thumb)], width * 1.1, tone, soft=0.6)


def hand_on_mouth(p: Pen) -> None:
    _hand(p, p.where.mouth, p.between(-0.2, 0.2), p.between(-0.15, 0.2), p.between(0, 2 * math.pi), p.between(0.95, 1.6))


def hand_on_eyes(p: Pen) -> None:
    angle = p.between(-0.35, 0.35) + (math.pi if p.chance(0.5) else 0)
    _hand(p, p.where.middle, p.between(-0.1, 0.1), p.between(-0.1, 0.1), angle, p.between(1.3, 1.8))


def two_hands(p: Pen) -> None:
    """One hand on each eye, or on each half of the mouth."""
    on_eyes = p.chance(0.6)
    for eye, s in ((p.where.right_eye, -1), (p.where.left_eye, 1)):
        origin = eye if on_eyes else p.where.mouth
        _hand(p, origin, 0 if on_eyes else 0.3 * s, p.between(-0.1, 0.2), -math.pi / 2 + s * p.between(-0.2, 0.8), p.between(0.85, 1.2))


def hand_on_side(p: Pen) -> None:
    s = 1 if p.chance(0.5) else -1
    _hand(p, p.where.nose, s * p.between(0.55, 0.75), p.between(-0.2, 0.2), -math.pi / 2 + p.between(-0.5, 0.5), p.between(1.5, 2))


def hand_beside(p: Pen) -> None:
    """A hand at the cheek, chin, temple or brow, which hides nothing."""
    s = 1 if p.chance(0.5) else -1
    cheek, chin = (s * p.between(1.0, 1.3), p.between(-0.2, 0.9)), (s * p.between(0, 0.5), p.between(1.6, 1.9))
    places = [cheek, chin, (s * p.between(0.9, 1.2), p.between(-1.1, -0.6))]
    x, y = places[int(p.rng.integers(3))]
    _hand(p, p.where.nose, x, y, -math.pi / 2 + s * p.between(-0.3, 0.6), p.between(0.6, 1.0))


def bar(p: Pen) -> None:
    """A bar over the eyes, less often over the mouth."""
    on_eyes = p.chance(0.7)
    origin = p.where.middle if on_eyes else p.where.mouth
    w, h = p.between(0.9, 2.2), p.between(0.2, 0.45)
    corners = [(-w, -h), (w, -h), (w, h), (-w, h)]
    c, s = math.cos(p.between(-0.15, 0.15)), math.sin(p.between(-0.15, 0.15))
    flat = p.between(0, 40) if p.chance(0.4) else p.between(200, 255) if p.chance(0.3) else p.tones()
    p.polygon([p.where.at(origin, x * c - y * s, x * s + y * c) for x, y in corners], flat, soft=0 if p.chance(0.5) else 0.4)


def dark_glasses(p: Pen) -> None:
    """Dark glasses, or gradient ones that are lighter at the lower edge, like aviators."""
    top, bottom = p.between(0.86, 1), p.between(0.65, 0.95) if p.chance(0.35) else 1.0
    _glasses(p, tint=top, frame=p.between(0.5, 2.5), tone=p.between(0, 90), bottom=bottom)


def spectacles(p: Pen) -> None:
    """Clear or tinted spectacles, which may reflect a window; eyes stay visible."""
    tone = p.between(0, 110) if p.chance(0.8) else p.between(150, 255)
    _glasses(p, tint=p.between(0.05, 0.45) if p.chance(0.4) else 0, frame=p.between(0.6, 3.6), tone=tone, bottom=p.between(0.2, 1))
    for eye in (p.where.right_eye, p.where.left_eye):
        if p.chance(0.25):
            x, y = p.between(-0.25, 0.25), p.between(-0.15, 0.15)
            shine = p.blob(p.where.at(eye, x, y), p.between(0.06, 0.2) * p.where.unit, p.between(0.04, 0.12) * p.where.unit, p.between(-0.6, 0.6), 5)
            p.polygon(shine, p.between(200, 255), p.between(0.2, 0.7), hides=False)


def _glasses(p: Pen, tint: float, frame: float, tone: float, bottom: float = 1.0) -> None:
    """bottom: share of the tint remaining at the lower edge."""
    w = p.where
    rx, ry = p.between(0.36, 0.5), p.between(0.24, 0.42)
    corner, drop, rough = p.between(1.8, 5), p.between(0, 0.12), p.between(0, 0.25)
    dark = np.full((SIZE, SIZE), tone, np.float32)
    if p.chance(0.6): # a gradient, or reflections
        dark = np.clip(tone + p.between(0, 0.35) * p.tones(), 0, 255)
    below = np.clip((np.mgrid[0:SIZE, 0:SIZE][0] - w.middle[1]) / (ry * w.unit) / 2 + 0.5, 0, 1).astype(np.float32)
    for eye in (w.right_eye, w.left_eye):
        outline = p.blob(w.at(eye, 0, drop), rx * w.unit, ry * w.unit, 0, corner, rough)
        if tint > 0:
            p.polygon(outline, dark, tint * (1 - (1 - bottom) * below), hides=tint > 0.6)
        if tint > 0 and p.chance(0.3):  # a glint
            x, y = p.between(-0.2, 0.2), p.between(-0.1, 0.1)
            p.line([w.at(eye, x, y), w.at(eye, x + 0.12, y - 0.1)], p.between(0.8, 2), 235, p.between(0.3, 0.9), hides=False)
        rim = [*outline, outline[0]] if p.chance(0.8) else outline[20:] + outline[:1]  # half a rim
        p.line(rim, frame, tone, hides=False)
    p.line([w.at(w.right_eye, rx, -0.02), w.at(w.left_eye, -rx, -0.02)], frame, tone, hides=False)
    for eye, s in ((w.right_eye, -1), (w.left_eye, 1)):
        p.line([w.at(eye, s * rx, -0.05), w.at(eye, s * (rx + 0.5), 0)], frame, tone, hides=False)


def mosaic(p: Pen) -> None:
    """Mosaic or blur over eyes, mouth or the whole face."""
    w = p.where
    places = [(w.middle, p.between(0.95, 1.5), p.between(0.3, 0.5)), (w.mouth, p.between(0.55, 1), p.between(0.3, 0.6)),
              (w.nose, p.between(1.1, 1.8), p.between(1.3, 2))]
    origin, rx, ry = places[int(p.rng.integers(3))]
    whole = Image.fromarray(p.picture.clip(0, 255).astype(np.uint8))
    if p.chance(0.65):
        block = p.between(8, 16)
        n = max(3, round(SIZE / block))
        tone = np.asarray(whole.resize((n, n), Image.Resampling.BOX).resize((SIZE, SIZE), Image.Resampling.NEAREST), np.float32)
    else:
        tone = np.asarray(whole.filter(ImageFilter.GaussianBlur(p.between(5, 10))), np.float32)
    p.polygon(p.blob(w.at(origin, 0, 0), rx * w.unit, ry * w.unit, 0, p.between(2, 12)), tone)


def arbitrary_object(p: Pen) -> None:
    """A cup, book, scarf or phone: any outline and pattern, mostly over the mouth, else over an eye, a side or anywhere."""
    w = p.where
    x, y = p.between(-0.25, 0.25), p.between(-0.1, 0.3)
    origin, rx, ry = w.mouth, p.between(0.45, 1.2), p.between(0.3, 0.9)
    place = p.rng.random()
    if place > 0.8:
        origin, x, rx, ry = w.nose, p.between(0.55, 0.9) * (1 if p.chance(0.5) else -1), p.between(0.6, 0.9), p.between(1.1, 2)
    elif place > 0.65:
        origin, y, rx, ry = w.middle, p.between(-0.15, 0.1), p.between(0.9, 1.8), p.between(0.3, 0.6)
    elif place > 0.5:  # anywhere
        x, y = p.between(-1.3, 1.3), p.between(-2, 0.8)
    p.polygon(p.blob(w.at(origin, x, y), rx * w.unit, ry * w.unit, p.between(-0.5, 0.5), p.between(1.6, 9), p.between(0, 0.8)), p.tones())
    if p.chance(0.4): # a second one next to it: a saucer, a fist that holds it
        base = p.skin * p.between(0.8, 1.15) if p.chance(0.6) else None
        center = w.at(origin, x + p.between(-0.5, 0.5), y + p.between(0.2, 0.7))
        p.polygon(p.blob(center, p.between(0.2, 0.6) * w.unit, p.between(0.2, 0.5) * w.unit, p.between(0, 3), 2.5, 0.4), p.tones(base))


def scarf(p: Pen) -> None:
    """A scarf, collar, blanket or table edge: covers everything below a line, sometimes above one, or on one side."""
    w = p.where
    base = p.rng.random()
    wave = [p.between(-0.12, 0.12) for _ in range(5)]
    xs = (-2.5, -1, 0, 1, 2.5)
    if base < 0.65:
        y = p.between(-0.55, -0.22)
        edge, far = [w.at(w.mouth, x, y + d) for x, d in zip(xs, wave, strict=True)], [w.at(w.mouth, 2.5, 4), w.at(w.mouth, -2.5, 4)]
    elif base < 0.85:  # a hat, hair or a hood over the eyes
        y = p.between(0.2, 0.45)
        edge, far = [w.at(w.middle, x, y + d) for x, d in zip(xs, wave, strict=True)], [w.at(w.middle, 2.5, -4), w.at(w.middle, -2.5, -4)]
    else:
        s, x = (1 if p.chance(0.5) else -1), p.between(-0.15, 0.1)
        edge, far = [w.at(w.nose, s * (x + d), y) for y, d in zip(xs, wave, strict=True)], [w.at(w.nose, s * 4, 2.5), w.at(w.nose, s * 4, -2.5)]
    p.polygon([*edge, *far], p.tones())


def telephone(p: Pen) -> None:
    """A phone held upright in front of one eye and half of the mouth: plain or with lenses, mostly with fingers around it."""
    w = p.where
    s = 1 if p.chance(0.5) else -1
    x, y, turn = s * p.between(0.5, 0.8), p.between(-0.2, 0.4), p.between(-0.25, 0.25)
    half_width, half_height = p.between(0.55, 0.75), p.between(1.1, 1.7)
    tone = p.between(0, 60) if p.chance(0.5) else p.tones()
    outline = p.blob(w.at(w.nose, x, y), half_width * w.unit, half_height * w.unit, turn, p.between(5, 12))
    p.polygon(outline, tone)
    if p.chance(0.4):
        p.line([*outline, outline[0]], p.between(0.8, 1.8), p.between(0, 255), hides=False)
    at = lambda u, v: w.at(w.nose, x + u * math.cos(turn) - v * math.sin(turn), y + u * math.sin(turn) + v * math.cos(turn))
    for k in range(int(p.rng.integers(4))):
        lens = p.blob(at(0.3 * half_width, (-0.75 + 0.2 * k) * half_height), 0.1 * w.unit, 0.1 * w.unit, 0)
        p.polygon(lens, p.between(0, 255), p.between(0.5, 1))
    if p.chance(0.7):
        skin, width = np.clip(p.tones(p.skin * p.between(0.75, 1.2)), 0, 255), w.unit * p.between(0.2, 0.28)
        for k in range(4):
            v = -0.1 + 0.27 * k
            p.line([at(s * 1.2 * half_width, v + 0.1), at(s * p.between(0.2, 0.8) * half_width, v)], width, skin, soft=0.6)


def half(p: Pen) -> None:
    """A wall, door, curtain of hair or another head that covers up to about half of the face."""
    w = p.where
    s, x, slant = (1 if p.chance(0.5) else -1), p.between(-0.2, 0.12), p.between(-0.12, 0.12)
    edge = [w.at(w.nose, s * (x + slant * y + p.between(-0.05, 0.05)), y) for y in (-2.5, -1.2, 0, 1.2, 2.5)]
    p.polygon([*edge, w.at(w.nose, s * 4, 2.5), w.at(w.nose, s * 4, -2.5)], p.tones(), soft=p.between(0, 1.2))


def microphone(p: Pen) -> None:
    """A microphone below the lips, which hides nothing."""
    w = p.where
    x, y = p.between(-0.35, 0.35), p.between(0.5, 0.75)
    dark = p.between(0, 90)
    p.line([w.at(w.mouth, x, y), w.at(w.mouth, x * 2 + p.between(-0.3, 0.3), y + 1.5)], w.unit * p.between(0.1, 0.2), dark)
    p.polygon(p.blob(w.at(w.mouth, x, y), w.unit * p.between(0.17, 0.26), w.unit * p.between(0.17, 0.26), 0), np.clip(dark + 0.2 * p.tones(), 0, 255))


def _grain(p: Pen) -> np.ndarray:
    return p.rng.normal(0, 1, (SIZE, SIZE)).astype(np.float32)


def hair(p: Pen) -> None:
    """Strands of hair across brow and cheek, or a fringe down to the eyes."""
    w = p.where
    tone = p.between(0, 200)
    s = 1 if p.chance(0.5) else -1
    for _ in range(int(p.rng.integers(3, 14))):
        x = s * p.between(0.2, 1.2)
        end = w.at(w.middle, s * p.between(0.75, 1.3), p.between(-0.3, 1.6))
        strand = [w.at(w.middle, x * 0.3, -1.6), w.at(w.middle, x * 0.8, -0.7), end]
        p.line(strand, p.between(0.8, 2.2), tone + p.between(-20, 20), p.between(0.6, 1))
    if p.chance(0.4):
        fringe = ((-2, -3), (2, -3), (1.5, -0.35), (0.6, p.between(-0.5, -0.3)), (-0.4, p.between(-0.5, -0.3)), (-1.5, -0.35))
        p.polygon([w.at(w.middle, x, y) for x, y in fringe], np.clip(tone + 12 * _grain(p), 0, 255), soft=0.8)


COVERS: dict[Callable[[Pen], None], float] = {
    mask: 3, hand_on_mouth: 4, hand_on_eyes: 2, two_hands: 2, hand_on_side: 1, bar: 2, dark_glasses: 2, mosaic: 2, arbitrary_object: 5, scarf: 2,
    telephone: 2, half: 1.5,
}
HARMLESS: dict[Callable[[Pen], None], float] = {spectacles: 5, hand_beside: 3, microphone: 2, beard: 5, hair: 3}
# Shares of all faces with a cover, and with a harmless object (both may occur together).
COVERED, DECORATED = 0.55, 0.5


@dataclass(frozen=True)
class Covered:
    """picture: uint8 [96, 96]. hidden: for each of OUTPUTS 1 hidden, 0 visible, -1 undecided."""

    picture: np.ndarray
    hidden: list[int]


def cover(face: np.ndarray, where: Anatomy, others: np.ndarray, rng: np.random.Generator,
          kinds: dict[Callable[[Pen], None], float] | None = None, harmless: bool = True) -> Covered:
    """The face, uint8 [96, 96], possibly covered. others: source of patterns.

    kinds: always draws one of these covers. harmless: whether a harmless object may be added.
    """
    pen = Pen(face, where, others, rng)
    if pen.chance(DECORATED) and harmless:
        _choose(HARMLESS, rng)(pen)
    if pen.chance(COVERED) or kinds is not None:
        _choose(kinds or COVERS, rng)(pen)
    lips, *eyes = regions(where)
    right, left = (_share(pen, eye) for eye in eyes)
    is_right = np.mgrid[0:SIZE, 0:SIZE][1] < where.mouth[0]
    side = max(min(right, _share(pen, lips & is_right)), min(left, _share(pen, lips & ~is_right)))
    return Covered(pen.picture.clip(0, 255).round().astype(np.uint8), [_label(_share(pen, lips)), _label(min(right, left)), _label(side)])


def _share(pen: Pen, region: np.ndarray) -> float:
    return float(pen.hidden[region].mean()) if region.any() else 0.0


def _choose(kinds: dict[Callable[[Pen], None], float], rng: np.random.Generator) -> Callable[[Pen], None]:
    weights = np.array(list(kinds.values()))
    return list(kinds)[int(rng.choice(len(kinds), p=weights / weights.sum()))]


def _label(share: float) -> int:
    return 1 if share >= HIDDEN else 0 if share <= VISIBLE else -1
