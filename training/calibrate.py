"""Fits temperatures and class biases on one half of `valid` and evaluates them on the other.

    python -m training.calibrate --checkpoint runs/mien-s/checkpoint.pt --out runs/mien-s/calibration
    python -m training.calibrate --model public/models/mien-s --out runs/mien-s/calibration    # its mixing rule only

Writes calibration.json, which training.export folds into the heads (logits = (Wx + b) / temperature
+ bias), report.json and reliability.png. Near-duplicates stay on one side of the split.

temperature: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017. bias: -strength *
log(class share), after Menon et al., "Long-tail learning via logit adjustment", ICLR 2021: it raises the
rare classes. The strength with the best mean recall that does not lower the accuracy is chosen.
"mixing" in calibration.json is the rule of `training.model.mixing`. The temperature of each level is the highest at which the ECE
on the fitted half, by the FER+ majority, stays within `MAX_ECE`: the likeliest temperature is overconfident on other data sets,
so the rule uses the full tolerance.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch

from .data.dataset import Faces, halves, load_faces
from .errors import run_command
from .eval.metrics import calibrated, calibration, calibrations, labels_of, mean_recall, outputs, predict, report
from .eval.plots import NAMES, reliability, save_figure
from .files import read_json, write_json
from .labels import EXPRESSIONS
from .model.mixing import LEVELS, UNCALIBRATED, Level, Mixing, mixing_from
from .model.tfjs import load_tfjs_model
from .optim.checkpoint import averaged_network

STRENGTHS = torch.linspace(0, 0.6, 13)
MAX_ECE = 0.03


def fit_temperature(logits: torch.Tensor, labels: torch.Tensor) -> float:
    """The temperature, 0.1-10, that minimises the negative log-likelihood of the labels."""
    keep = labels >= 0
    values, true = logits[keep].double(), labels[keep]
    low, high = 0.1, 10.0
    loss = lambda log_t: torch.nn.functional.cross_entropy(values / log_t.exp(), true)
    # The loss is unimodal in log T: golden-section search.
    a, b = torch.tensor(low).double().log(), torch.tensor(high).double().log()
    ratio = (5 ** 0.5 - 1) / 2
    for _ in range(60):
        c, d = b - ratio * (b - a), a + ratio * (b - a)
        a, b = (a, d) if loss(c) < loss(d) else (c, b)
    return float(((a + b) / 2).exp())


def fit_bias(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Per-class logit bias [7] with mean zero; zeros if none raises the mean recall without lowering the accuracy."""
    counts = torch.bincount(labels[labels >= 0], minlength=len(EXPRESSIONS)) + 1
    direction = -(counts / counts.sum()).log()
    direction = direction - direction.mean()
    plain = report(logits, labels)
    best, best_recall = torch.zeros(len(EXPRESSIONS)), mean_recall(plain.per_class)
    for strength in STRENGTHS:
        scored = report(logits + strength * direction, labels)
        if scored.accuracy < plain.accuracy:
            break # if a larger strength regained it, that would be an artefact of this half
        recall = mean_recall(scored.per_class)
        if recall > best_recall:
            best, best_recall = strength * direction, recall
    return best


def fit_head(logits: torch.Tensor, labels: torch.Tensor, with_bias: bool) -> dict[str, Any]:
    """Temperature and bias of one head: logits / temperature + bias."""
    first = fit_temperature(logits, labels)
    # The bias is fitted on calibrated logits, then the temperature again with the bias in place.
    bias = fit_bias(logits / first, labels) if with_bias else torch.zeros(len(EXPRESSIONS))
    again = fit_temperature(logits / first + bias, labels)
    return {"temperature": first * again, "bias": (bias / again).tolist()}


def fit_mixing(logits: dict[str, torch.Tensor], faces: Faces, rule: Mixing = UNCALIBRATED) -> Mixing:
    """The rule with a temperature per level: the likeliest, or the highest above it with an ECE within `MAX_ECE`."""
    labels = faces.ferplus_majority()
    levels: dict[str, Level] = {}
    for name in LEVELS:
        power = rule.levels[name].power
        plain = replace(rule, levels={**rule.levels, name: Level(power, 1.0)}).apply(logits, name).clamp(min=1e-12).log()
        best = fit_temperature(plain, labels)
        softer = [t for t in (best * 1.02 ** torch.arange(1, 60)).tolist()
                  if calibration((plain / t).softmax(1), labels, faces).ece <= MAX_ECE]
        levels[name] = Level(power, round(max([best, *softer]), 4))
    return replace(rule, levels=levels)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--checkpoint", type=Path)
    source.add_argument("--model", type=Path, help="exported model, whose heads are already calibrated")
    parser.add_argument("--data", type=Path, default=Path("../shared/fer2013"))
    parser.add_argument("--usage", default="valid")
    parser.add_argument("--seed", type=int, default=1, help="seed of the split into halves")
    parser.add_argument("--no-bias", action="store_true", help="temperatures only")
    parser.add_argument("--rule", type=Path, help="rule.json from training.rule (default: the uncalibrated rule)")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(arguments)
    network = averaged_network(args.checkpoint) if args.checkpoint else load_tfjs_model(args.model)
    faces = load_faces(args.data, args.usage)
    logits = predict(network, faces.images)
    fitted_rows, held_rows = halves(faces, args.seed)
    fitted, held = faces.subset(fitted_rows), faces.subset(held_rows)
    labels = labels_of(fitted)
    of_fitted = {n: v[fitted_rows] for n, v in logits.items()}
    of_held = {n: v[held_rows] for n, v in logits.items()}
    identity = {"temperature": 1.0, "bias": [0.0] * len(EXPRESSIONS)}
    heads = {name: fit_head(value, labels[name], not args.no_bias) if args.checkpoint else identity for name, value in of_fitted.items()}
    rule = mixing_from(read_json(args.rule)) if args.rule else UNCALIBRATED
    mixing = fit_mixing(calibrated(of_fitted, heads), fitted, rule)

    plain, final = outputs(of_held, rule), outputs(calibrated(of_held, heads), mixing)
    before, after = calibrations(plain, held), calibrations(final, held)
    held_labels = labels_of(held)
    figures: dict[str, Any] = {}
    for name in final:
        figures[name] = {}
        for state, p, judged in (("before", plain[name], before[name]), ("after", final[name], after[name])):
            scores = report(p, held_labels[name])
            recall = mean_recall(scores.per_class)
            figures[name][state] = asdict(judged) | {"accuracy": scores.accuracy, "mean_recall": recall}
            print(f"{NAMES[name]:30} {state:7} {judged.describe()}, accuracy {100 * scores.accuracy:.1f} %, "
                  f"mean recall {100 * recall:.1f} %")
    args.out.mkdir(parents=True, exist_ok=True)
    write_json(args.out / "calibration.json", {"heads": heads, "mixing": mixing.to_json()})
    write_json(args.out / "report.json", {"seed": args.seed, "fitted_on": len(fitted), "judged_on": len(held), "outputs": figures})
    save_figure(reliability(before, after), args.out / "reliability.png")


if __name__ == "__main__":
    run_command(main)
