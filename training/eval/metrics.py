"""Accuracy, per-class figures, calibration: pure functions of probabilities and labels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch

from ..data.dataset import Faces
from ..data.preprocess import standardise, to_unit
from ..labels import EXPRESSIONS
from ..model.mixing import UNCALIBRATED, Mixing


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
    """One head evaluated against one label rule. Shares are 0-1; `interval` is the 95 % Wilson interval.

    macro_f1: unweighted mean over classes with at least one face.
    """

    count: int
    accuracy: float
    interval: tuple[float, float]
    macro_f1: float
    confusion: list[list[int]]  # [true][predicted], in the order of EXPRESSIONS
    per_class: dict[str, dict[str, float]]


def report(probabilities: torch.Tensor, labels: torch.Tensor) -> Report:
    """Scores predictions [n, 7] against labels [n]; rows labelled -1 are excluded."""
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
    present = [c["f1"] for c in per_class.values() if c["count"]]
    macro = sum(present) / max(len(present), 1)
    return Report(count, correct / max(count, 1), wilson(correct, count), macro, confusion.tolist(), per_class)


def mean_recall(per_class: dict[str, dict[str, float]]) -> float:
    """Unweighted mean recall over classes with at least one face, 0-1."""
    present = [c["recall"] for c in per_class.values() if c["count"]]
    return sum(present) / max(len(present), 1)


def wilson(correct: int, count: int, z: float = 1.96) -> tuple[float, float]:
    """95 % score interval of a share (Wilson, JASA 1927)."""
    if count == 0:
        return 0.0, 1.0
    p = correct / count
    centre = (p + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return centre - half, centre + half


def calibrated(logits: dict[str, torch.Tensor], heads: dict[str, dict[str, Any]]) -> dict[str, torch.Tensor]:
    """Logits / temperature + bias of each head, with `heads` as in calibration.json; the export applies the same."""
    return {
        name: value / float(heads[name]["temperature"]) + torch.tensor(heads[name]["bias"]).expand(value.shape)
        for name, value in logits.items()
    }


def labels_of(faces: Faces) -> dict[str, torch.Tensor]:
    """Ground truth of each output; the mixture, which users see, is evaluated by both rules."""
    majority = faces.ferplus_majority()
    return {"fer2013": faces.fer2013, "ferplus": majority, "balanced": majority, "mean_fer2013": faces.fer2013, "mean_ferplus": majority}


def reports(logits: dict[str, torch.Tensor], faces: Faces, mixing: Mixing = UNCALIBRATED) -> dict[str, Report]:
    """Reports of each head on its own labels, then of the app's output on both."""
    labels = labels_of(faces)
    return {name: report(p, labels[name]) for name, p in outputs(logits, mixing).items()}


@dataclass(frozen=True)
class Calibration:
    """Calibration of probabilities. Logarithms are natural; `count` faces have labels.

    ece: mean gap between confidence and accuracy over 15 equal bins of confidence, weighted by their
        faces (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017), 0-1.
    nll, brier: against the labels (Brier summed over the seven classes, 0-2). kl: against the FER+ votes; None if no face has agreeing votes.
    bins: [faces, mean confidence, accuracy] of each bin.
    """

    count: int
    ece: float
    nll: float
    brier: float
    kl: float | None
    bins: list[tuple[int, float, float]]

    def describe(self) -> str:
        """The figures in one line."""
        kl = "" if self.kl is None else f", KL to votes {self.kl:.3f}"
        return f"ECE {100 * self.ece:.1f} %, NLL {self.nll:.3f}, Brier {self.brier:.3f}{kl}"


def calibration(probabilities: torch.Tensor, labels: torch.Tensor, faces: Faces, bins: int = 15) -> Calibration:
    """Evaluates probabilities [n, 7] against labels [n] (-1 excluded) and against the faces' votes."""
    keep = labels >= 0
    p, true = probabilities[keep].double(), labels[keep]
    confidence, predicted = p.max(1)
    right = (predicted == true).double()
    index = (confidence * bins).ceil().long().sub(1).clamp(0, bins - 1)
    table: list[tuple[int, float, float]] = []
    for i in range(bins):
        inside = index == i
        n = int(inside.sum())
        table.append((n, float(confidence[inside].mean()), float(right[inside].mean())) if n else (0, 0.0, 0.0))
    count = int(keep.sum())
    ece = sum(n * abs(c - a) for n, c, a in table) / max(count, 1)
    nll = -p.gather(1, true[:, None]).clamp(min=1e-12).log().mean()
    brier = (p - torch.nn.functional.one_hot(true, p.shape[1])).square().sum(1).mean()
    return Calibration(count, ece, float(nll), float(brier), kl_to_votes(probabilities, faces), table)


def kl_to_votes(probabilities: torch.Tensor, faces: Faces) -> float | None:
    """Mean Kullback-Leibler divergence from the FER+ votes to the probabilities, over faces with agreeing votes."""
    votes, weight = faces.ferplus_targets()
    keep = weight > 0
    if not keep.any():
        return None
    q, p = votes[keep].double(), probabilities[keep].double().clamp(min=1e-12)
    return float((q * (q.clamp(min=1e-12).log() - p.log())).sum(1).mean())


def outputs(logits: dict[str, torch.Tensor], mixing: Mixing = UNCALIBRATED) -> dict[str, torch.Tensor]:
    """Probabilities [n, 7] of every evaluated output."""
    shown = mixing.apply(logits)
    return {n: v.softmax(1) for n, v in logits.items()} | {"mean_fer2013": shown, "mean_ferplus": shown}


def calibrations(probabilities: dict[str, torch.Tensor], faces: Faces) -> dict[str, Calibration]:
    """Calibration of each output of `outputs` by its own ground truth, if any face has one."""
    labels = labels_of(faces)
    return {name: calibration(p, labels[name], faces) for name, p in probabilities.items() if (labels[name] >= 0).any()}
