"""Measures the accuracy lost to inaccurate crops: `python -m training.robustness --model DIR --out DIR`.

The faces of `valid` are 48 px squares without surroundings, so the sweep resamples them: a box that is
too large or shifted gets replicated border pixels where a real picture would show hair and background,
and a face larger than 48 px has no additional detail.
"""

from __future__ import annotations

import argparse
import io
import itertools
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from .data.augment import gaussian_blur, lit_from_one_side
from .data.dataset import FACE_SIZE, Faces
from .data.preprocess import to_unit
from .errors import run_command
from .eval.metrics import reports
from .eval.plots import robustness, save_figure
from .evaluate import Subject, add_subject_arguments, faces_of, subject_of
from .files import write_json

NOTE = (
    "Single crop. Boxes beyond the 48 px image see replicated border pixels; "
    "faces above 48 px are enlarged by interpolation."
)


def jitter(images: torch.Tensor, scale: float = 1, x: float = 0, y: float = 0, roll_deg: float = 0) -> torch.Tensor:
    """Simulates an inaccurate box on crops uint8 [n, 48, 48].

    scale: side of the box relative to the image. x, y: shift of its centre in the same unit, right and
    down. roll_deg: clockwise rotation of the box, so the face in it turns counter-clockwise.
    """
    angle = math.radians(roll_deg)
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    matrix = torch.tensor([[cos, -sin, 2 * x], [sin, cos, 2 * y]]).expand(len(images), 2, 3)
    faces = images[:, None].float()
    grid = F.affine_grid(matrix, list(faces.shape), align_corners=False)
    return F.grid_sample(faces, grid, padding_mode="border", align_corners=False)[:, 0].round().byte()


def resize(images: torch.Tensor, size: int) -> torch.Tensor:
    """A face `size` px wide in the picture, resampled to 48 px: area-averaged or bilinearly enlarged."""
    faces = _resample(_resample(images[:, None].float(), size), FACE_SIZE)
    return faces[:, 0].round().byte()


def _resample(faces: torch.Tensor, size: int) -> torch.Tensor:
    if size <= faces.shape[-1]:
        return F.interpolate(faces, size=(size, size), mode="area")
    return F.interpolate(faces, size=(size, size), mode="bilinear", align_corners=False)


def _changed(images: torch.Tensor, change: Callable[[torch.Tensor], torch.Tensor]) -> torch.Tensor:
    """Applies a change of float [n, 1, 48, 48] in 0-1 to faces uint8 [n, 48, 48]."""
    return (255 * change(to_unit(images)).clamp(0, 1))[:, 0].round().byte()


def expose(images: torch.Tensor, exponent: float) -> torch.Tensor:
    """Under- or overexposes by gamma (above 1 darkens)."""
    return _changed(images, lambda x: x**exponent)


def side_light(images: torch.Tensor, strength: float) -> torch.Tensor:
    """Light from the left: a gain from 1 + strength to 1 - strength across the crop."""
    return _changed(images, lambda x: lit_from_one_side(x, torch.full((len(x),), math.pi), torch.full((len(x),), strength)))


def blur(images: torch.Tensor, deviation: float) -> torch.Tensor:
    """Defocus: Gaussian, deviation in pixels of the crop."""
    return _changed(images, lambda x: gaussian_blur(x, torch.full((len(x),), max(deviation, 1e-3))))


Images = Callable[[torch.Tensor, float], torch.Tensor]
SWEEPS: dict[str, tuple[Images, tuple[float, ...]]] = {
    "box scale": (lambda i, v: jitter(i, scale=v), (0.7, 0.8, 0.85, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5)),
    "shift right": (lambda i, v: jitter(i, x=v), (-0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15)),
    "shift down": (lambda i, v: jitter(i, y=v), (-0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15)),
    "roll, degrees": (lambda i, v: jitter(i, roll_deg=v), (-25, -20, -15, -10, -5, 0, 5, 10, 15, 20, 25)),
    "face size, px": (lambda i, v: resize(i, int(v)), (16, 20, 24, 32, 40, 48, 64, 96)),
    "exposure, gamma": (expose, (0.33, 0.5, 0.7, 1, 1.4, 2, 3)),
    "light from a side": (side_light, (0, 0.25, 0.5, 0.75, 0.95)),
    "blur, px": (blur, (0, 0.5, 1, 1.5, 2, 3)),
}
# Combinations that must not lose more than `MAX_LOSS`.
GRID = {"scale": (0.85, 1.0, 1.2), "x": (-0.1, 0.0, 0.1), "y": (-0.1, 0.0, 0.1)}
MAX_LOSS = 0.03


def stored_as_jpeg(faces: torch.Tensor, quality: float) -> torch.Tensor:
    """Faces [n, 1, side, side] in 0-255 after Pillow's JPEG, on a block grid that starts 3 px to the left of and above them."""
    side = faces.shape[-1]
    around = -(side + 3) % 8
    pictures = F.pad(faces, (3, around, 3, around), mode="replicate").round().byte().numpy()[:, 0]
    result: list[np.ndarray] = []
    for picture in pictures:
        file = io.BytesIO()
        Image.fromarray(picture).save(file, "JPEG", quality=int(quality))
        with Image.open(file) as image:
            result.append(np.asarray(image))
    return torch.from_numpy(np.stack(result)).float()[:, None, 3:3 + side, 3:3 + side]


def grainy(faces: torch.Tensor, deviation: float) -> torch.Tensor:
    return (faces + deviation * torch.randn(faces.shape, generator=torch.Generator().manual_seed(0))).clamp(0, 255)


SMALL = (40, 28)  # px
DEGRADATIONS: dict[str, tuple[Images, tuple[float, ...]]] = {"JPEG quality": (stored_as_jpeg, (50, 25)), "grain, of 255": (grainy, (10, 20))}


def steadiness(subject: Subject, faces: Faces) -> list[dict[str, Any]]:
    """How far the output for a small face moves when its picture is stored or captured with lower quality; shares are 0-1.

    right: accuracy on faces with a FER+ majority. moved: mean change of each face's most affected probability; moved95: its 95th percentile.
    other: share of faces with another answer.
    """
    labels = faces.ferplus_majority()
    shown = lambda x: subject.mixing.apply(subject.logits(_resample(x, FACE_SIZE)[:, 0].round().byte()))
    right = lambda p: float((p.argmax(1) == labels)[labels >= 0].float().mean())
    rows: list[dict[str, Any]] = []
    for size in SMALL:
        small = _resample(faces.images[:, None].float(), size)
        before = shown(small)
        for name, (harm, values) in DEGRADATIONS.items():
            for value in values:
                after = shown(harm(small, value))
                moved = (after - before).abs().amax(1)
                rows.append({
                    "px": size, "harm": name, "at": value, "rightBefore": right(before), "right": right(after), "moved": float(moved.mean()),
                    "moved95": float(moved.quantile(0.95)), "other": float((after.argmax(1) != before.argmax(1)).float().mean()),
                })
    return rows


def scored(subject: Subject, faces: Faces, images: torch.Tensor) -> dict[str, float]:
    """Accuracy (0-1) of each output on the faces, seen as `images`."""
    changed = Faces(images, faces.fer2013, faces.votes)
    return {key: report.accuracy for key, report in reports(subject.logits(images), changed, subject.mixing).items()}


def grid(subject: Subject, faces: Faces) -> list[dict[str, float]]:
    """Accuracy of each output at each combination of `GRID`."""
    rows: list[dict[str, float]] = []
    for values in itertools.product(*GRID.values()):
        at = dict(zip(GRID, values))
        rows.append(at | scored(subject, faces, jitter(faces.images, **at)))
    return rows


def losses(rows: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    """The row of a grid with the largest loss relative to the unchanged crop, and the loss (0-1), for each output."""
    untouched = next(row for row in rows if (row["scale"], row["x"], row["y"]) == (1, 0, 0))
    result: dict[str, dict[str, float]] = {}
    for key in untouched.keys() - GRID.keys():
        worst = min(rows, key=lambda row: row[key])
        result[key] = {name: worst[name] for name in GRID} | {"lost": untouched[key] - worst[key]}
    return dict(sorted(result.items()))


def sweep(subject: Subject, faces: Faces) -> dict[str, list[dict[str, float]]]:
    """Accuracy (0-1) of each output at each value of each sweep."""
    result: dict[str, list[dict[str, float]]] = {}
    for name, (change, values) in SWEEPS.items():
        result[name] = []
        for value in values:
            row = {"at": value} | scored(subject, faces, change(faces.images, value))
            result[name].append(row)
            print(f"{name:14} {value:>6}  " + "  ".join(f"{k} {100 * v:.1f}" for k, v in row.items() if k != "at"),
                  flush=True)
    return result


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_subject_arguments(parser)
    parser.add_argument("--every", type=int, default=1, help="evaluate only every nth face: 62 passes over all of them take a CPU half an hour")
    parser.add_argument("--out", type=Path, required=True, help="folder for robustness.json and robustness.png")
    args = parser.parse_args(arguments)
    subject = subject_of(args)
    usage, faces = faces_of(args)
    faces = faces.subset(torch.arange(0, len(faces), args.every))
    sweeps, rows = sweep(subject, faces), grid(subject, faces)
    worst = losses(rows)
    for name, row in worst.items():
        at = ", ".join(f"{key} {row[key]}" for key in GRID)
        verdict = "within" if row["lost"] <= MAX_LOSS else "beyond"
        print(f"{name}: {100 * row['lost']:.1f} points lost at worst ({at}): {verdict} {100 * MAX_LOSS:.0f}")
    steady = steadiness(subject, faces)
    for row in steady:
        print(f"{row['px']} px, {row['harm']} {row['at']}: right {100 * row['right']:.1f} ({100 * row['rightBefore']:.1f} before), "
              f"moved {100 * row['moved']:.1f} points, another answer {100 * row['other']:.1f} %")
    args.out.mkdir(parents=True, exist_ok=True)
    write_json(args.out / "robustness.json", {
        "note": NOTE, "usage": usage, "faces": len(faces), "every": args.every, "weights_sha256": subject.sha256,
        "sweeps": sweeps, "grid": rows, "worst": worst, "steadiness": steady,
    })
    save_figure(robustness(sweeps), args.out / "robustness.png")


if __name__ == "__main__":
    run_command(main)
