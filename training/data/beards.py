"""Natural and drawn beards. All leave the lips visible, so that they hide nothing."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter

from .covers import SIZE, Outline, Pen, regions, rounded


def beard(p: Pen) -> None:
    """A full or flat beard, a chin beard, a moustache, or both; natural, stubble, or in one plain tone as in a drawing."""
    flat = p.chance(0.45)
    base = p.between(10, 110) if p.chance(0.7) else p.skin * p.between(0.3, 0.8)
    grain = 0.0 if flat else p.between(0, 40)
    tone = np.clip(base + grain * p.rng.normal(0, 1, (SIZE, SIZE)).astype(np.float32), 0, 255)
    opacity = p.between(0.35, 1) if flat else p.between(0.4, 0.95)
    before = p.picture.copy()
    for outline in _outlines(p):
        p.polygon(rounded(outline), tone, opacity, hides=False, soft=0.5 if flat else 1.2)
    _uncover_lips(p, before)


def _outlines(p: Pen) -> list[Outline]:
    w = p.where
    at = lambda x, y: w.at(w.nose, x, y)
    down = float(np.linalg.norm(w.chin - w.nose)) / w.unit
    lips = float(np.linalg.norm(w.mouth - w.nose)) / w.unit
    chin = [at(0.42, lips + 0.2), at(0.5, down), at(0, down + p.between(0.1, 0.5)), at(-0.5, down), at(-0.42, lips + 0.2), at(0, lips + 0.25)]
    lip = p.between(0.4, 0.7)
    moustache = [at(-lip, lips + p.between(-0.1, 0.15)), at(-0.2, 0.25), at(0.2, 0.25), at(lip, lips + p.between(-0.1, 0.15)), at(0, lips - 0.05)]
    kind = p.rng.random()
    if kind < 0.12:
        return [chin]
    if kind < 0.24:
        return [moustache]
    if kind < 0.36:
        return [chin, moustache]
    width, top, below = p.between(0.6, 1.15), p.between(0.0, 0.5), down + p.between(0.15, 0.5)
    edge = p.between(0.15, 0.4) # of the upper lip: some reach the nose
    if kind < 0.7: # from ear to ear, with a nearly straight edge, as in drawings
        cheek = edge + p.between(-0.05, 0.1)
        return [[at(-width, top), at(-0.7 * width, cheek), at(-0.35, cheek), at(0, edge), at(0.35, cheek), at(0.7 * width, cheek), at(width, top),
                 at(0.8 * width, down * 0.85), at(0, below), at(-0.8 * width, down * 0.85)]]
    return [[at(-width, top), at(-0.35, edge), at(0.35, edge), at(width, top), at(0.8 * width, down), at(0, below), at(-0.8 * width, down)]]


def _uncover_lips(p: Pen, before: np.ndarray) -> None:
    """Sometimes moustache hair covers the lips, which then show slightly less."""
    lips = regions(p.where)[0]
    soft = np.asarray(Image.fromarray((255 * lips).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8)), np.float32) / 255
    p.picture += soft * (p.between(0.6, 1) if p.chance(0.4) else 1.0) * (before - p.picture)
