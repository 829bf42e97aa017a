"""Writes public/models/<id>/card.json: description, accuracy and limits of the model.

    python -m training.card --id mien-s --version X.Y.Z --run runs/mien-s

All figures are measured here on the exported weights, single crop, on `valid`, except those for turned heads. Calibration and
robustness figures are read from those commands' reports in the run's folder, after checking that they belong to the same
weights.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from .config import Config
from .data.dataset import Faces, halves, load_faces, near_duplicates
from .errors import TrainingError, run_command
from .eval.metrics import Report, calibrations, mean_recall, outputs, predict, report, reports
from .export import MODELS
from .files import read_json, write_json
from .labels import EXPRESSIONS
from .made import load_made
from .model.mixing import LEVELS, Mixing, mixing_from
from .model.network import ExpressionNetwork, SameConv2d
from .model.tfjs import load_tfjs_model
from .optim.checkpoint import load_checkpoint
from .transfer import SMALLEST_GROUP

MAJORITY = "faces where more than half of ten votes name one of the seven expressions"
# The app's output comes first.
RULES = {
    "mean_ferplus": ("FER+ votes", "As the app shows", MAJORITY),
    "mean_fer2013": ("FER2013 labels", "As the app shows", "the data set's own label, every face"),
    "ferplus": ("FER+ votes", "FER+ head", MAJORITY),
    "fer2013": ("FER2013 labels", "FER2013 head", "the data set's own label, every face"),
}

# Copied from `npm run scenes` (bench/README.md), which needs a browser; keyed by the SHA-256 of the measured weights.
_TURNED = ("Is less accurate on heads turned to the side: of validation faces that were pasted into scenes and found, it read 93 % correctly "
           "by FER+ up to 10 degrees, 86 % (of 339) at 20 to 45 and 61 % (of 36) beyond. That was with the rule of 1.6.0")
TURNED_HEADS = {
    "75a566db279dad0aafc9f19d7f5dfeff70f886751d50c94ae415f6f7c387a199": f"{_TURNED}.",
    # The same weights in 8 bits.
    "43eb63144ee1b15f1ce65c6faccb4da8c8fdfc9f1df114535f2c308632fb972d": f"{_TURNED}, before these weights were stored in 8 bits.",
}
INPUT = ("Square crop turned upright by the eye line, area-averaged to 48×48 luminance (Rec. 601), "
         "then zero mean and unit deviation per face.")
NOT_FOR = [
    "Inferring what someone feels: it reads expressions, which differ from feelings.",
    "Decisions about people: hiring, grading, policing, insurance, health.",
    "Emotion inference at work or in schools, which the EU's AI Act prohibits.",
]


def data_of(train: Faces, copies: int, valid: Faces, checkpoint: dict[str, Any]) -> dict[str, str]:
    """Training data, label rules, and evaluation data."""
    counts = torch.bincount(train.fer2013, minlength=len(EXPRESSIONS)).tolist()
    config = checkpoint["config"]
    config = {**asdict(Config(plan=config["plan"])), **config}  # a checkpoint may predate some keys
    by_class = ", ".join(f"{name} {count:,}" for name, count in zip(EXPRESSIONS, counts))
    made = sum(len(load_made(Path(path)).labels) for path in config["made"])
    return {
        "name": "FER2013 with FER+ votes",
        "trainedOn": f"FER2013's Training images ({len(train):,} faces, {copies} near-duplicates of validation faces left out), "
                     f"both label sets; by FER2013's labels {by_class}"
                     + (f". Beside them {made:,} faces made from neutral press photographs by moving landmarks as action units do"
                        if made else ""),
        "labelRules": "FER2013 head: the data set's own labels"
                      + (f", {100 * config['refined_share']:.0f} % of each replaced by what the face's votes and an earlier version "
                         "of this model say" if config["refined_share"] else "")
                      + ". FER+ head: the shares of the ten votes that name one of the seven expressions, single votes dropped"
                      + (f", with {config['prior_votes']:g} votes more from that earlier version" if config["prior_votes"] else "")
                      + (f". {100 * config['distil_weight']:.0f} % of what is learnt are the answers of other networks, trained on the "
                         "same faces, to the same pictures or their mirror images" if config["teachers"] else "")
                      + (f". The weights are the mean of those of {_listed(checkpoint['mean_of'])}; these are the rules of the last"
                         if "mean_of" in checkpoint else "") + ".",
        "measuredOn": f"FER2013's PublicTest images ({len(valid):,} faces), which were used to choose settings, not to train",
        "licence": "FER2013: Open Database License (ICML 2013 workshop challenge); FER+ labels: MIT"
                   + ("; press photographs: Apache-2.0" if made else "") + ". The images are not shipped.",
    }


def _listed(folders: list[str]) -> str:
    """Joins the names, with the number of parts for repeated ones."""
    names = [name if n == 1 else f"{name} ({n} parts)" for name, n in Counter(folders).items()]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def disagreement(faces: Faces) -> float:
    """Share (0-1) of the faces with a FER+ majority that FER2013 labels differently."""
    majority = faces.ferplus_majority()
    agreed = majority >= 0
    return float((majority[agreed] != faces.fer2013[agreed]).float().mean())


def failures_of(
    measured: dict[str, Report],
    sweeps: dict[str, list[dict[str, float]]],
    calibrated_as: dict[str, Any],
    disputed: float,
    turned_heads: str | None,
    transfer: dict[str, Any],
) -> list[str]:
    """Known failures in words; all figures except those for turned heads are measured with the rest of the card."""
    shown = measured["mean_ferplus"]

    def share_confused(true: str, predicted: str) -> float:
        row = shown.confusion[EXPRESSIONS.index(true)]
        return row[EXPRESSIONS.index(predicted)] / max(sum(row), 1)

    def at(sweep: str, value: float) -> str:
        return f"{100 * next(row for row in sweeps[sweep] if row['at'] == value)['mean_ferplus']:.0f} %"

    missed_fear = 1 - measured["mean_fer2013"].per_class["fear"]["recall"]
    votes, labels = calibrated_as["mean_ferplus"]["after"], calibrated_as["mean_fer2013"]["after"]
    return [
        f"Confuses disgust with anger and sadness, fear with surprise, and sadness with neutral. It misses {100 * missed_fear:.0f} % "
        "of the faces that FER2013's own, noisier labels call fear.",
        f"Reads {100 * share_confused('neutral', 'sad'):.0f} % of resting faces as sad, by FER+ labels.",
        "On faces that most people agree about, its probabilities can be taken at their word "
        f"(off by {100 * votes['ece']:.1f} % on average). By FER2013's own labels, which disagree with most people on "
        f"{100 * disputed:.0f} % of such faces, they are too confident by {100 * labels['ece']:.0f} %.",
        f"Of the faces that most people agree about, it reads {at('blur, px', 0)} correctly as they are, "
        f"{at('exposure, gamma', 3)} when far too dark, {at('exposure, gamma', 0.33)} when far too bright, "
        f"{at('light from a side', 0.95)} with one side of the face nearly black, {at('blur, px', 2)} out of focus by 2 pixels of 48 "
        f"and {at('face size, px', 16)} at 16 pixels, all simulated.",
        *([turned_heads] if turned_heads else []),
        "Masks and hands make it worse; how much has not been measured.",
        *posed_failures(transfer),
        "Its training pictures were found by web search in 2013: ages, skin tones and cultures are unevenly represented.",
        *group_failures(transfer["film"]),
    ]


def posed_failures(transfer: dict[str, Any]) -> list[str]:
    """The expression with the lowest recall in each set of the transfer table, with counts."""
    lines = []
    for given in transfer["sets"]:
        name, (hits, faces) = min(given["perClass"].items(), key=lambda item: item[1][0] / item[1][1])
        lines.append(f"{given['name']}: recognises {hits} of {faces} faces labelled {name}, its lowest share there.")
    return lines


def group_failures(groups: list[dict[str, Any]]) -> list[str]:
    """The groups of film actors with the largest differences for smiles and neutral faces; the set's labels are noisy."""
    lines = []
    for kind, text in (("happy", "smiles"), ("neutral", "neutral faces")):
        known = [g for g in groups if g["people"] >= SMALLEST_GROUP and g[kind] is not None]
        if len(known) < 2:
            continue
        low, high = min(known, key=lambda g: g[kind]), max(known, key=lambda g: g[kind])
        lines.append(f"On film stills, whose labels are noisy, it recognises {100 * low[kind]:.0f} % of {low[kind + 'Faces']:,} {text} "
                     f"({low['group']} {low['value']}) to {100 * high[kind]:.0f} % of {high[kind + 'Faces']:,} ({high['group']} {high['value']}).")
    return lines


def multiply_adds(network: ExpressionNetwork) -> int:
    """Multiply-adds per face over all convolutions and dense layers."""
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


def row(name: str, scores: Report) -> dict[str, Any]:
    labels, output, rule = RULES[name]
    return {
        "labels": labels, "output": output, "rule": rule, "usage": "valid", "count": scores.count,
        "accuracy": scores.accuracy, "interval95": list(scores.interval), "macroF1": scores.macro_f1,
        "perClass": scores.per_class, "confusion": scores.confusion,
    }


def previous_data(card: Path) -> dict[str, str]:
    """The card's description of the training data."""
    described = read_json(card, "--same-weights needs an earlier card").get("data")
    if not isinstance(described, dict):
        raise TrainingError(f"{card} does not describe the training data")
    return described


# Source and terms of each set in the transfer table.
TRANSFER_SOURCES = {
    "CK+ peak": "Extended Cohn-Kanade, posed, coded by FACS: the peak frame of each sequence; for research, not passed on",
    "Taiwanese, clear": "Taiwan Corpora of Chinese Emotions, posed; faces on which 70 % of raters agree, or neutral; for research, not passed on",
    "photographs": "80 press photographs of five expressions, one rater's labels (muxspace/facial_expressions, Apache-2.0)",
}


def transfer_of(measured: dict[str, Any], digest: str) -> dict[str, Any]:
    """The part of transfer.json for the card: the app's output and each head's mean recall, on sets not used in training.

    Raises TrainingError if it belongs to other weights.
    """
    if measured.get("weights_sha256") != digest:
        raise TrainingError("transfer.json belongs to other weights: run training.transfer --levels --film again")
    outputs_, scores, sets = measured["outputs"], measured["score"], []
    for name, source in TRANSFER_SOURCES.items():
        shown = outputs_["shown"][name]
        heads = {output: values[name]["recall"] for output, values in outputs_.items() if not output.startswith(("shown", "face-api"))}
        sets.append({"name": name, "source": source, "headRecall": heads} | shown)
    levels = {level: scores["shown" if level == "balanced" else f"shown, {level}"] for level in LEVELS}
    by_votes = outputs_["shown"]["FER+ valid"]["coverage"]
    return {"score": scores["shown"], "levels": levels, "sets": sets, "ferplusCoverage": by_votes, "film": measured["film"]}


def sensitivity_of(mixing: Mixing, logits: dict[str, torch.Tensor], valid: Faces, transfer: dict[str, Any]) -> list[dict[str, Any]]:
    """Cost of each sensitivity level: figures by FER+ majority on `valid`, and the transfer score."""
    majority = valid.ferplus_majority()
    rows = []
    for level in LEVELS:
        scores = report(mixing.apply(logits, level), majority)
        rows.append({"level": level, "power": mixing.levels[level].power, "transferScore": transfer["levels"][level],
                     "ferplusAccuracy": scores.accuracy, "ferplusRecall": mean_recall(scores.per_class),
                     "neutralKept": scores.per_class["neutral"]["recall"]})
    return rows


def same_model(reported: dict[str, Any], network: ExpressionNetwork, mixing: Mixing, valid: Faces) -> bool:
    """Whether a calibration report belongs to this exported network, checked by measuring the other half again."""
    if "seed" not in reported:
        return False
    _, held_rows = halves(valid, reported["seed"])
    held = valid.subset(held_rows)
    judged = calibrations(outputs(predict(network, held.images), mixing), held)
    return all(abs(judged[name].nll - values["after"]["nll"]) < 0.01 for name, values in reported["outputs"].items())


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--id", required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--run", type=Path, required=True, help="folder with calibration/ and robustness/ of the run")
    parser.add_argument("--same-weights", action="store_true", help="copy the description of the training data from the previous card")
    parser.add_argument("--data", type=Path, default=Path("../shared/fer2013"))
    parser.add_argument("--models", type=Path, default=MODELS)
    args = parser.parse_args(arguments)
    folder = args.models / args.id
    network = load_tfjs_model(folder)
    valid = load_faces(args.data, "valid")
    weights = (folder / "weights.bin").read_bytes()
    digest = hashlib.sha256(weights).hexdigest()
    hint = "run training.calibrate, training.robustness and training.transfer first"
    mixing = mixing_from(read_json(args.run / "calibration" / "calibration.json", hint)["mixing"])
    calibration = read_json(args.run / "calibration" / "report.json", hint)
    robustness = read_json(args.run / "robustness" / "robustness.json", hint)
    # Older reports contain neither weights nor seed.
    if robustness.get("weights_sha256") != digest:
        raise TrainingError(f"{args.run}/robustness belongs to other weights than {folder}: run training.robustness --model {folder}")
    if robustness.get("usage") != "valid" or robustness.get("faces") != -(-len(valid) // robustness.get("every", 1)):
        raise TrainingError(f"{args.run}/robustness was measured on other faces than the valid ones of {args.data}")
    if not same_model(calibration, network, mixing, valid):
        raise TrainingError(f"{args.run}/calibration belongs to another model than {folder}: export with it first")
    transfer = transfer_of(read_json(args.run / "transfer" / "transfer.json", hint), digest)
    if args.same_weights:
        data = previous_data(folder / "card.json")
    else:
        train = load_faces(args.data, "train")
        copies = near_duplicates(train, valid)
        data = data_of(train.subset(~copies), int(copies.sum()), valid, load_checkpoint(args.run / "checkpoint.pt", torch.device("cpu")))
    logits = predict(network, valid.images)
    measured = reports(logits, valid, mixing)
    card = {
        "id": args.id,
        "version": args.version,
        "sha256": digest,
        "labels": list(EXPRESSIONS),
        "input": {"width": 48, "height": 48, "channels": 1, "preprocessing": INPUT},
        "mixing": mixing.to_json(),
        "transfer": transfer,
        "sensitivity": sensitivity_of(mixing, logits, valid, transfer),
        "parameters": sum(p.numel() for p in network.parameters()),
        "multiplyAdds": multiply_adds(network),
        "bytes": len(weights),
        "data": data,
        "metrics": [row(name, measured[name]) for name in RULES],
        "calibration": calibration,
        "robustness": {key: value for key, value in robustness.items() if key not in ("grid", "steadiness")},
        "knownFailures": failures_of(
            measured, robustness["sweeps"], calibration["outputs"], disagreement(valid), TURNED_HEADS.get(digest), transfer
        ),
        "notFor": NOT_FOR,
    }
    write_json(folder / "card.json", card)
    for name, scores in measured.items():
        print(f"{name}: {100 * scores.accuracy:.1f} % of {scores.count}, macro-F1 {100 * scores.macro_f1:.1f}")


if __name__ == "__main__":
    run_command(main)
