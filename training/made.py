"""Synthesises faces of known expression strength from neutral press photographs by moving landmarks.

    python -m training.made --press ../shared/press --judge runs/mien-s-1.6.0 --out runs/made-1.npz --faces 12350 --seed 1

Sources are press faces labelled neutral that look ahead with closed lips and that the judge's FER+ head also finds neutral: an anger with
pressed lips, for example, cannot be made from a talking mouth. All sources are used about equally often.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from .data.portraits import CROP, Portraits, load_portraits
from .data.warp import draw_expressions, warp
from .errors import TrainingError, first_line, run_command
from .eval.metrics import predict
from .files import atomic_write
from .labels import EXPRESSIONS
from .model.tfjs import load_tfjs_model
from .optim.precision import bfloat16_is_faster

# Number of each expression per 20,600: posed faces lack anger, disgust and surprise most.
COUNTS = {"angry": 4200, "disgust": 4200, "fear": 2400, "happy": 1200, "sad": 2000, "surprise": 3600, "neutral": 3000}
STRENGTHS = (0.25, 1.3) # 1 = clear to the eye
NOSE_OFF_CENTRE = 0.2 # offset of the nose tip, in eye distances
LIPS_APART = 0.06
JUDGED_NEUTRAL = 0.6
BATCH = 50


@dataclass(frozen=True)
class Made:
    """images: uint8 [n, 48, 48]. labels: int64 [n], index into EXPRESSIONS. strengths: float32 [n], 1 = clear to the eye."""

    images: torch.Tensor
    labels: torch.Tensor
    strengths: torch.Tensor

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(path) as partial, partial.open("wb") as file:
            np.savez(file, images=self.images.numpy(), labels=self.labels.numpy(), strengths=self.strengths.numpy())


def load_made(path: Path) -> Made:
    """Loads a file written by `save`. Raises TrainingError if it is missing or invalid."""
    try:
        with np.load(path) as file:
            return Made(torch.from_numpy(file["images"]), torch.from_numpy(file["labels"]), torch.from_numpy(file["strengths"]))
    except (OSError, ValueError, KeyError) as error:
        raise TrainingError(f"{path} contains no made faces ({first_line(error)})") from error


def load_landmarks(path: Path) -> torch.Tensor:
    """MediaPipe's 478 landmarks of each portrait, float [n, 478, 2] in pixels of 96; far below 0 if no face was found."""
    try:
        with np.load(path) as file:
            return torch.from_numpy(file["points"].astype(np.float32) / 64)
    except (OSError, ValueError, KeyError) as error:
        raise TrainingError(f"{path} contains no landmarks ({first_line(error)})") from error


def sources_of(press: Portraits, landmarks: torch.Tensor, neutral: torch.Tensor) -> torch.Tensor:
    """Indices of faces usable as sources. neutral: the judge's probability [n] that a face is neutral."""
    right, left = landmarks[:, 33], landmarks[:, 263]
    eyes = (left - right).norm(dim=1).clamp(min=1e-3)
    along = ((landmarks[:, 1] - (left + right) / 2) * (left - right)).sum(1) / eyes.square()
    apart = (landmarks[:, 14] - landmarks[:, 13]).norm(dim=1) / eyes
    fit = (press.labels == EXPRESSIONS.index("neutral")) & (landmarks[:, 0, 0] > -500) & (neutral > JUDGED_NEUTRAL)
    fit = fit & (along.abs() < NOSE_OFF_CENTRE) & (apart < LIPS_APART)
    if not fit.any():
        raise TrainingError("no press face is neutral, frontal and has closed lips")
    return fit.nonzero()[:, 0]


def make(images: torch.Tensor, landmarks: torch.Tensor, count: int, seed: int) -> Made:
    """Makes `count` faces from sources uint8 [m, 96, 96] with landmarks [m, 478, 2]."""
    g = torch.Generator().manual_seed(seed)
    part = count / sum(COUNTS.values())
    labels = torch.cat([torch.full((int(part * n),), EXPRESSIONS.index(name)) for name, n in COUNTS.items()])
    labels = labels[torch.randperm(len(labels), generator=g)]
    rounds = len(labels) // len(images) + 1
    source = torch.cat([torch.randperm(len(images), generator=g) for _ in range(rounds)])[:len(labels)]
    low, high = STRENGTHS
    strengths = low + (high - low) * torch.rand(len(labels), generator=g)
    made: list[torch.Tensor] = []
    for start in range(0, len(labels), BATCH):
        b = slice(start, start + BATCH)
        faces = warp(images[source[b]].float() / 255, landmarks[source[b]], draw_expressions(labels[b], strengths[b], g), g)
        stored = (faces * 255).round()[:, None, CROP, CROP]
        made.append(F.interpolate(stored, size=(48, 48), mode="area")[:, 0].round().byte())
    return Made(torch.cat(made), labels, strengths)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--press", type=Path, default=Path("../shared/press"))
    parser.add_argument("--judge", type=Path, required=True, help="folder of an exported model")
    parser.add_argument("--faces", type=int, default=12350)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(arguments)
    press, landmarks = load_portraits(args.press), load_landmarks(args.press / "landmarks.npz")
    judge = load_tfjs_model(args.judge).to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    crops, bfloat16 = press.crops(), bfloat16_is_faster(torch.device("cpu"))
    views = [predict(judge, faces, bfloat16=bfloat16)["ferplus"].log_softmax(1) for faces in (crops, crops.flip(2))]
    probabilities = ((views[0] + views[1]) / 2).exp()
    sources = sources_of(press, landmarks, probabilities[:, EXPRESSIONS.index("neutral")])
    made = make(press.images[sources], landmarks[sources], args.faces, args.seed)
    made.save(args.out)
    print(f"{args.out}: {len(made.labels)} faces from {len(sources)} sources")


if __name__ == "__main__":
    run_command(main)
