"""Accuracy, per-class figures, calibration: pure functions of probabilities and labels."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from .dataset import Faces
from .labels import EXPRESSIONS
from .preprocess import standardise, to_unit


@torch.no_grad()
def predict(
    model: torch.nn.Module, images: torch.Tensor, batch_size: int = 512, bfloat16: bool = False
) -> dict[str, torch.Tensor]:
    """Logits of each head, float32 [n, 7], for uint8 images [n, 48, 48]; single crop, no mirroring."""
    model.eval()
    parts: dict[str, list[torch.Tensor]] = {}
    for start in range(0, len(images), batch_size):
        x = standardise(to_unit(images[start:start + batch_size])).contiguous(memory_format=torch.channels_last)
        with torch.autocast(x.device.type, dtype=torch.bfloat16, enabled=bfloat16):
            logits = model(x)
        for head, value in logits.items():
            parts.setdefault(head, []).append(value.float())
    return {head: torch.cat(values) for head, values in parts.items()}


@dataclass(frozen=True)
class Report:
    """One head against one rule of labels. Shares are 0-1; `interval` is the 95 % Wilson interval."""

    count: int
    accuracy: float
    interval: tuple[float, float]
    macro_f1: float
    confusion: list[list[int]]  # [true][predicted], in the order of EXPRESSIONS
    per_class: dict[str, dict[str, float]]


def report(probabilities: torch.Tensor, labels: torch.Tensor) -> Report:
    """Scores predictions [n, 7] against labels [n]; rows labelled -1 are left out."""
    keep = labels >= 0
    predicted, true = probabilities[keep].argmax(1), labels[keep]
    k = len(EXPRESSIONS)
    confusion = torch.bincount(true * k + predicted, minlength=k * k).reshape(k, k)
    per_class: dict[str, dict[str, float]] = {}
    for i, name in enumerate(EXPRESSIONS):
        hit, of_true, of_predicted = (int(v) for v in (confusion[i, i], confusion[i].sum(), confusion[:, i].sum()))
        precision, recall = hit / max(of_predicted, 1), hit / max(of_true, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        per_class[name] = {"precision": precision, "recall": recall, "f1": f1, "count": of_true}
    correct, count = int(confusion.diagonal().sum()), int(keep.sum())
    macro = sum(c["f1"] for c in per_class.values()) / k
    return Report(count, correct / max(count, 1), wilson(correct, count), macro, confusion.tolist(), per_class)


def wilson(correct: int, count: int, z: float = 1.96) -> tuple[float, float]:
    """95 % score interval of a share (Wilson, JASA 1927)."""
    if count == 0:
        return 0.0, 1.0
    p = correct / count
    centre = (p + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return centre - half, centre + half


def reports(logits: dict[str, torch.Tensor], faces: Faces) -> dict[str, Report]:
    """The two published figures: each head against the labels that it learned from."""
    return {
        "fer2013": report(logits["fer2013"], faces.fer2013),
        "ferplus": report(logits["ferplus"], faces.ferplus_majority()),
    }
