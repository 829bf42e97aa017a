"""How much accuracy a crop that is a little wrong costs: `python -m training.robustness --model DIR --out DIR`.

The faces of `valid` are 48 px squares without surroundings, so the sweep resamples them: a box that is
too large or shifted sees replicated border pixels where a real picture would show hair and background,
and a face larger than 48 px holds no detail that 48 px do not.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F

from .dataset import FACE_SIZE, Faces, load_faces
from .errors import run_command
from .evaluate import add_network_arguments, calibrate, network_of
from .files import write_json
from .metrics import predict, reports
from .network import ExpressionNetwork
from .plots import robustness, save_figure

NOTE = (
    "valid, single crop. Boxes beyond the 48 px image see replicated border pixels; "
    "faces above 48 px are enlarged by interpolation."
)


def jitter(images: torch.Tensor, scale: float = 1, x: float = 0, y: float = 0, roll_deg: float = 0) -> torch.Tensor:
    """Crops uint8 [n, 48, 48] with a box that is off.

    scale: side of the box in sides of the image. x, y: shift of its centre in the same unit, right and
    down. roll_deg: clockwise turn of the box, so the face in it turns counter-clockwise.
    """
    angle = math.radians(roll_deg)
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    matrix = torch.tensor([[cos, -sin, 2 * x], [sin, cos, 2 * y]]).expand(len(images), 2, 3)
    faces = images[:, None].float()
    grid = F.affine_grid(matrix, list(faces.shape), align_corners=False)
    return F.grid_sample(faces, grid, padding_mode="border", align_corners=False)[:, 0].round().byte()


def resize(images: torch.Tensor, size: int) -> torch.Tensor:
    """A face `size` px wide in the picture, brought to 48 px: area-averaged down, or enlarged bilinearly."""
    faces = _resample(_resample(images[:, None].float(), size), FACE_SIZE)
    return faces[:, 0].round().byte()


def _resample(faces: torch.Tensor, size: int) -> torch.Tensor:
    if size <= faces.shape[-1]:
        return F.interpolate(faces, size=(size, size), mode="area")
    return F.interpolate(faces, size=(size, size), mode="bilinear", align_corners=False)


Images = Callable[[torch.Tensor, float], torch.Tensor]
SWEEPS: dict[str, tuple[Images, tuple[float, ...]]] = {
    "box scale": (lambda i, v: jitter(i, scale=v), (0.7, 0.8, 0.85, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5)),
    "shift right": (lambda i, v: jitter(i, x=v), (-0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15)),
    "shift down": (lambda i, v: jitter(i, y=v), (-0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15)),
    "roll, degrees": (lambda i, v: jitter(i, roll_deg=v), (-25, -20, -15, -10, -5, 0, 5, 10, 15, 20, 25)),
    "face size, px": (lambda i, v: resize(i, int(v)), (16, 20, 24, 32, 40, 48, 64, 96)),
}


def sweep(network: ExpressionNetwork, faces: Faces, calibration: Path | None) -> dict[str, list[dict[str, float]]]:
    """Accuracy (0-1) of each output at each value of each sweep."""
    result: dict[str, list[dict[str, float]]] = {}
    for name, (change, values) in SWEEPS.items():
        result[name] = []
        for value in values:
            changed = Faces(change(faces.images, value), faces.fer2013, faces.votes)
            scores = reports(calibrate(predict(network, changed.images), calibration), changed)
            row = {"at": value} | {key: report.accuracy for key, report in scores.items()}
            result[name].append(row)
            print(f"{name:14} {value:>6}  " + "  ".join(f"{k} {100 * v:.1f}" for k, v in row.items() if k != "at"),
                  flush=True)
    return result


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_network_arguments(parser)
    parser.add_argument("--out", type=Path, required=True, help="folder for robustness.json and robustness.png")
    args = parser.parse_args(arguments)
    network = network_of(args)
    faces = load_faces(args.data, args.usage)
    sweeps = sweep(network, faces, args.calibration)
    args.out.mkdir(parents=True, exist_ok=True)
    write_json(args.out / "robustness.json", {"note": NOTE, "faces": len(faces), "sweeps": sweeps})
    save_figure(robustness(sweeps), args.out / "robustness.png")


if __name__ == "__main__":
    run_command(main)
