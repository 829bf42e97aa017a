"""Writes public/models/<id>/card.json: what the model is, how right it is, and what it is not for.

    python -m training.card --id mien-s --version 1.1.0 --run runs/mien-s

Every figure is measured here, on the exported weights, single crop, on `valid`; the calibration and
robustness figures are taken from the reports that those commands wrote into the run's folder.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import torch

from .dataset import load_faces
from .errors import TrainingError, run_command
from .export import MODELS
from .files import write_json
from .labels import EXPRESSIONS
from .metrics import MIXTURE, Report, predict, reports
from .network import ExpressionNetwork, SameConv2d
from .tfjs_model import load_tfjs_model

MAJORITY = "faces where more than half of ten votes name one of the seven expressions"
# What the app shows comes first.
RULES = {
    "mean_ferplus": ("FER+ votes", "Both heads, as the app shows", MAJORITY),
    "mean_fer2013": ("FER2013 labels", "Both heads, as the app shows", "the data set's own label, every face"),
    "ferplus": ("FER+ votes", "FER+ head", MAJORITY),
    "fer2013": ("FER2013 labels", "FER2013 head", "the data set's own label, every face"),
}

PROSE: dict[str, Any] = {
    "data": {
        "name": "FER2013 with FER+ votes",
        "trainedOn": "FER2013's Training images (28,322 faces, 497 near-duplicates of validation faces left out), both "
                     "label sets",
        "measuredOn": "FER2013's PublicTest images (3,589 faces), which were used to choose settings, not to train",
        "licence": "FER2013: Open Database License (ICML 2013 workshop challenge); FER+ labels: MIT. The images are not "
                   "shipped.",
    },
    "preprocessing": "Square crop turned upright by the eye line, area-averaged to 48×48 luminance (Rec. 601), "
                     "then zero mean and unit deviation per face.",
    "knownFailures": [
        "Takes disgust for anger or sadness more often than not; confuses fear with surprise, and sadness with neutral.",
        "Reads about one resting face in thirteen as sad, by FER+ labels.",
        "Loses accuracy on tilted, very small and loosely cropped faces (see robustness), and on heads turned to a side: of "
        "validation faces that were pasted into scenes and found, 91 % were read rightly by FER+ up to 10 degrees, 85 % at 20 to 30, "
        "72 % (of 36) over 45.",
        "Hard side light, masks and hands make it worse too; how much has not been measured.",
        "Its training pictures were found by web search in 2013: ages, skin tones and cultures are unevenly represented, and "
        "it has not been measured per group.",
    ],
    "notFor": [
        "Inferring what someone feels: it reads expressions, which differ from feelings.",
        "Decisions about people: hiring, grading, policing, insurance, health.",
        "Emotion inference at work or in schools, which the EU's AI Act prohibits.",
    ],
}


def multiply_adds(network: ExpressionNetwork) -> int:
    """Multiply-adds of one face through every convolution and dense layer."""
    total = 0

    def count(module: torch.nn.Module, _: Any, output: torch.Tensor) -> None:
        nonlocal total
        if isinstance(module, SameConv2d):
            total += output[0].numel() * module.in_channels * module.kernel_size[0] * module.kernel_size[1]
        elif isinstance(module, torch.nn.Linear):
            total += module.in_features * module.out_features

    hooks = [m.register_forward_hook(count) for m in network.modules() if isinstance(m, (SameConv2d, torch.nn.Linear))]
    with torch.no_grad():
        network.eval()(torch.zeros(1, 1, 48, 48))
    for hook in hooks:
        hook.remove()
    return total


def row(name: str, report: Report) -> dict[str, Any]:
    labels, output, rule = RULES[name]
    return {
        "labels": labels, "output": output, "rule": rule, "usage": "valid", "count": report.count,
        "accuracy": report.accuracy, "interval95": list(report.interval), "macroF1": report.macro_f1,
        "perClass": report.per_class, "confusion": report.confusion,
    }


def read(path: Path) -> Any:
    if not path.is_file():
        raise TrainingError(f"{path} is missing: run training.calibrate and training.robustness first")
    return json.loads(path.read_text())


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--id", required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--run", type=Path, required=True, help="folder with calibration/ and robustness/ of the run")
    parser.add_argument("--data", type=Path, default=Path("../shared/fer2013"))
    parser.add_argument("--models", type=Path, default=MODELS)
    args = parser.parse_args(arguments)
    folder = args.models / args.id
    network = load_tfjs_model(folder)
    faces = load_faces(args.data, "valid")
    calibration = read(args.run / "calibration" / "calibration.json")
    weights = (folder / "weights.bin").read_bytes()
    measured = reports(predict(network, faces.images), faces)
    card = {
        "id": args.id,
        "version": args.version,
        "sha256": hashlib.sha256(weights).hexdigest(),
        "labels": list(EXPRESSIONS),
        "input": {"width": 48, "height": 48, "channels": 1, "preprocessing": PROSE["preprocessing"]},
        "mixture": MIXTURE,
        "mixtureTemperature": calibration["mean"]["temperature"],
        "parameters": sum(p.numel() for p in network.parameters()),
        "multiplyAdds": multiply_adds(network),
        "bytes": len(weights),
        "data": PROSE["data"],
        "metrics": [row(name, measured[name]) for name in RULES],
        "calibration": read(args.run / "calibration" / "report.json"),
        "robustness": read(args.run / "robustness" / "robustness.json"),
        "knownFailures": PROSE["knownFailures"],
        "notFor": PROSE["notFor"],
    }
    write_json(folder / "card.json", card)
    for name, report in measured.items():
        print(f"{name}: {100 * report.accuracy:.1f} % of {report.count}, macro-F1 {100 * report.macro_f1:.1f}")


if __name__ == "__main__":
    run_command(main)
