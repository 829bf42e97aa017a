"""Scores a network on any folder in the format of shared/fer2013.

    python -m training.evaluate --data DIR --usage valid --checkpoint runs/mien-s/checkpoint.pt
    python -m training.evaluate --data DIR --usage valid --model public/models/mien-s

Single crop, no mirroring. FER+ rows count when more than half of their ten votes are for one of the
seven expressions. "Mean of heads" is the mixture that the app shows.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from .checkpoint import averaged_network
from .dataset import load_faces
from .errors import TrainingError, run_command
from .files import write_json
from .labels import EXPRESSIONS
from .metrics import Report, calibrated, predict, reports
from .network import ExpressionNetwork
from .plots import NAMES, describe
from .tfjs_model import load_tfjs_model

Logits = dict[str, torch.Tensor]


def add_network_arguments(parser: argparse.ArgumentParser) -> None:
    """--data, --usage and one of --checkpoint and --model, the same for every command that measures."""
    parser.add_argument("--data", type=Path, default=Path("../shared/fer2013"))
    parser.add_argument("--usage", default="valid", help="which rows of labels.csv (default: valid)")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--checkpoint", type=Path, help="checkpoint.pt of a run; its averaged weights are taken")
    source.add_argument("--model", type=Path, help="folder of an exported model.json")
    parser.add_argument("--calibration", type=Path, help="calibration.json, for a checkpoint (an export holds it)")


def network_of(args: argparse.Namespace) -> ExpressionNetwork:
    if args.model:
        if args.calibration:
            raise TrainingError("--calibration belongs to --checkpoint: an exported model holds its own")
        return load_tfjs_model(args.model)
    return averaged_network(args.checkpoint)


def calibrate(logits: Logits, path: Path | None) -> Logits:
    """Applies a calibration.json to raw logits [n, 7]."""
    if path is None:
        return logits
    try:
        return calibrated(logits, json.loads(path.read_text())["heads"])
    except FileNotFoundError as error:
        raise TrainingError(f"{path} is missing") from error
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise TrainingError(f"{path} is no calibration of this network") from error


def table(report: Report, title: str) -> str:
    """One report as text, a row per class."""
    lines = [title, f"  {describe(report)}", f"  {'':10}{'precision':>10}{'recall':>10}{'F1':>10}{'faces':>8}"]
    for name in EXPRESSIONS:
        row = report.per_class[name]
        figures = "".join(f"{100 * row[key]:>10.1f}" for key in ("precision", "recall", "f1"))
        lines.append(f"  {name:10}{figures}{row['count']:>8.0f}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_network_arguments(parser)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    args = parser.parse_args(arguments)
    network = network_of(args)
    faces = load_faces(args.data, args.usage)
    results = reports(calibrate(predict(network, faces.images), args.calibration), faces)
    print(f"{len(faces)} faces of usage '{args.usage}'")
    for name, report in results.items():
        print(f"\n{table(report, NAMES[name])}")
    if args.json:
        value: dict[str, Any] = {"faces": len(faces), "usage": args.usage}
        write_json(args.json, value | {name: asdict(report) for name, report in results.items()})


if __name__ == "__main__":
    run_command(main)
