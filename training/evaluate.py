"""Evaluates a network on any folder in the format of shared/fer2013.

    python -m training.evaluate --data DIR                                  # the shipped model
    python -m training.evaluate --data DIR --model DIR                      # another exported one
    python -m training.evaluate --data DIR --checkpoint runs/mien-s/checkpoint.pt --out DIR

Single crop, no mirroring. FER+ rows count if more than half of their ten votes are for one of the seven
expressions. "Shown" is the app's output, by the rule on the model's card.
"""

from __future__ import annotations

import argparse
import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from .data.dataset import Faces, load_faces, usages
from .errors import TrainingError, run_command
from .eval.metrics import Calibration, Report, calibrated, calibrations, outputs, predict, reports
from .eval.plots import NAMES, describe, write_reports
from .export import MODELS
from .files import read_json
from .labels import EXPRESSIONS
from .model.mixing import UNCALIBRATED, Mixing, mixing_from
from .model.network import ExpressionNetwork
from .model.tfjs import load_tfjs_model
from .optim.checkpoint import averaged_network

SHIPPED = MODELS / "mien-s"


@dataclass(frozen=True)
class Subject:
    """The evaluated network, its heads' calibration if not folded in, and its mixing rule."""

    network: ExpressionNetwork
    heads: dict[str, dict[str, Any]] | None
    mixing: Mixing
    # Hash of an exported model's weights.bin.
    sha256: str | None = None

    def logits(self, images: torch.Tensor) -> dict[str, torch.Tensor]:
        """Calibrated logits [n, 7] of each head for uint8 images [n, 48, 48]."""
        raw = predict(self.network, images)
        try:
            return raw if self.heads is None else calibrated(raw, self.heads)
        except (KeyError, TypeError, ValueError, RuntimeError) as error:
            raise TrainingError("the calibration does not fit this network") from error


def add_subject_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds --data, --usage and the model arguments shared by all evaluation commands."""
    parser.add_argument("--data", type=Path, default=Path("../shared/fer2013"))
    parser.add_argument("--usage", help="usage of the rows to evaluate (default: valid, or the only usage)")
    add_model_arguments(parser)


def add_model_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments that select the model."""
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--model", type=Path, help="folder of an exported model.json (default: the shipped model)")
    source.add_argument("--checkpoint", type=Path, help="checkpoint.pt of a run, whose averaged weights are evaluated")
    parser.add_argument("--calibration", type=Path, help="calibration.json for a checkpoint (exported models include theirs)")


def subject_of(args: argparse.Namespace) -> Subject:
    """The network selected by the arguments. Raises TrainingError if it is missing or damaged."""
    if args.checkpoint is None:
        if args.calibration:
            raise TrainingError("--calibration needs --checkpoint: an exported model includes its calibration")
        folder: Path = args.model or SHIPPED
        network, card = load_tfjs_model(folder), folder / "card.json"
        digest = hashlib.sha256((folder / "weights.bin").read_bytes()).hexdigest()
        return Subject(network, None, _mixing_of(card, digest) if card.is_file() else UNCALIBRATED, digest)
    network = averaged_network(args.checkpoint)
    if args.calibration is None:
        return Subject(network, None, UNCALIBRATED)
    try:
        value = read_json(args.calibration)
        return Subject(network, value["heads"], mixing_from(value["mixing"]))
    except (KeyError, TypeError, ValueError) as error:
        raise TrainingError(f"{args.calibration} is not a calibration of this network") from error


def _mixing_of(card: Path, digest: str) -> Mixing:
    """The card's rule, or the uncalibrated one if the card belongs to other weights, as between an export and its card."""
    described = read_json(card)
    try:
        if described["sha256"] == digest:
            return mixing_from(described["mixing"])
    except (KeyError, TypeError) as error:
        raise TrainingError(f"{card} lacks a sha256 or a mixing rule") from error
    print(f"{card} belongs to other weights: evaluating the output uncalibrated")
    return UNCALIBRATED


def faces_of(args: argparse.Namespace) -> tuple[str, Faces]:
    """The selected or default usage, and its faces."""
    if args.usage:
        return args.usage, load_faces(args.data, args.usage)
    known = usages(args.data)
    if not known:
        raise TrainingError(f"{args.data}/labels.csv has no faces")
    if "valid" not in known and len(known) != 1:
        raise TrainingError(f"--usage must name one of {', '.join(known)}")
    usage = "valid" if "valid" in known else known[0]
    return usage, load_faces(args.data, usage)


def table(report: Report, judged: Calibration | None, title: str) -> str:
    """Formats one output's figures as text, with a row per class."""
    if judged is None:
        return f"{title}\n  no labelled faces"
    lines = [
        title, f"  {describe(report)}",
        f"  {judged.describe()}",
        f"  {'':10}{'precision':>10}{'recall':>10}{'F1':>10}{'faces':>8}",
    ]
    for name in EXPRESSIONS:
        row = report.per_class[name]
        figures = "".join(f"{100 * row[key]:>10.1f}" for key in ("precision", "recall", "f1"))
        lines.append(f"  {name:10}{figures}{row['count']:>8.0f}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_subject_arguments(parser)
    parser.add_argument("--out", type=Path, help="also write report.json and the plots into this folder")
    args = parser.parse_args(arguments)
    subject = subject_of(args)
    usage, faces = faces_of(args)
    logits = subject.logits(faces.images)
    results = reports(logits, faces, subject.mixing)
    judged = calibrations(outputs(logits, subject.mixing), faces)
    print(f"{len(faces)} faces of usage '{usage}'")
    for name, report in results.items():
        print(f"\n{table(report, judged.get(name), NAMES[name])}")
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
        more = {"calibration": {name: asdict(value) for name, value in judged.items()}}
        write_reports(args.out, results, {"faces": len(faces), "usage": usage} | more)


if __name__ == "__main__":
    run_command(main)
