"""Fits temperatures and class biases on one half of `valid` and judges them on the other.

    python -m training.calibrate --checkpoint runs/mien-s/checkpoint.pt --out runs/mien-s/calibration

Writes calibration.json, which training.export folds into the heads (logits = (Wx + b) / temperature
+ bias), report.json and reliability.png. Near-duplicates stay on one side of the split.

temperature: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017. bias: -strength *
log(class share), after Menon et al., "Long-tail learning via logit adjustment", ICLR 2021: it lifts
the rare classes; the strength is the one with the best mean recall among those that keep the accuracy.
"mean" in calibration.json sharpens the mixture: p = mean ** (1 / temperature), scaled to a sum of one.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from .checkpoint import averaged_network
from .dataset import halves, load_faces
from .errors import run_command
from .files import write_json
from .labels import EXPRESSIONS
from .metrics import calibrated, judge, labels_of, mean_of_heads, outputs, predict, report
from .plots import NAMES, reliability, save_figure

STRENGTHS = torch.linspace(0, 0.6, 13)


def fit_temperature(logits: torch.Tensor, labels: torch.Tensor) -> float:
    """The temperature, 0.1-10, at which the negative log-likelihood of the labels is least."""
    keep = labels >= 0
    values, true = logits[keep].double(), labels[keep]
    low, high = 0.1, 10.0
    loss = lambda log_t: torch.nn.functional.cross_entropy(values / log_t.exp(), true)  # noqa: E731
    # The loss has one minimum along log T: golden-section search.
    a, b = torch.tensor(low).double().log(), torch.tensor(high).double().log()
    ratio = (5 ** 0.5 - 1) / 2
    for _ in range(60):
        c, d = b - ratio * (b - a), a + ratio * (b - a)
        a, b = (a, d) if loss(c) < loss(d) else (c, b)
    return float(((a + b) / 2).exp())


def fit_bias(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Per-class bias [7], mean zero, of the logits; zeros where none lifts the mean recall at no cost."""
    counts = torch.bincount(labels[labels >= 0], minlength=len(EXPRESSIONS)) + 1
    direction = -(counts / counts.sum()).log()
    direction = direction - direction.mean()
    plain = report(logits, labels)
    best, best_recall = torch.zeros(len(EXPRESSIONS)), mean_recall(plain.per_class)
    for strength in STRENGTHS:
        scored = report(logits + strength * direction, labels)
        if scored.accuracy < plain.accuracy:
            break  # a later, stronger one that regains it would be luck of this half
        recall = mean_recall(scored.per_class)
        if recall > best_recall:
            best, best_recall = strength * direction, recall
    return best


def mean_recall(per_class: dict[str, dict[str, float]]) -> float:
    present = [c["recall"] for c in per_class.values() if c["count"]]
    return sum(present) / max(len(present), 1)


def fit_head(logits: torch.Tensor, labels: torch.Tensor, with_bias: bool) -> dict[str, Any]:
    """Temperature and bias of one head: logits / temperature + bias."""
    first = fit_temperature(logits, labels)
    # The bias is fitted in the scale of calibrated logits; then T once more, with the bias in place.
    bias = fit_bias(logits / first, labels) if with_bias else torch.zeros(len(EXPRESSIONS))
    again = fit_temperature(logits / first + bias, labels)
    return {"temperature": first * again, "bias": (bias / again).tolist()}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/fer2013"))
    parser.add_argument("--usage", default="valid")
    parser.add_argument("--seed", type=int, default=1, help="of the split into halves")
    parser.add_argument("--no-bias", action="store_true", help="temperatures only")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(arguments)
    network = averaged_network(args.checkpoint)
    faces = load_faces(args.data, args.usage)
    logits = predict(network, faces.images)
    here, there = halves(faces, args.seed)
    fitted, held = faces.subset(here), faces.subset(there)
    labels = labels_of(fitted)
    of_fitted = {n: v[here] for n, v in logits.items()}
    of_held = {n: v[there] for n, v in logits.items()}
    heads = {name: fit_head(value, labels[name], not args.no_bias) for name, value in of_fitted.items()}
    mean_temperature = fit_temperature(mean_of_heads(calibrated(of_fitted, heads)).log(), labels["mean_ferplus"])

    plain, final = outputs(of_held), outputs(calibrated(of_held, heads), mean_temperature)
    before, after = judge(plain, held), judge(final, held)
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
    write_json(args.out / "calibration.json", {"heads": heads, "mean": {"temperature": mean_temperature}})
    write_json(args.out / "report.json", {"seed": args.seed, "fitted_on": len(fitted), "judged_on": len(held), "outputs": figures})
    save_figure(reliability(before, after), args.out / "reliability.png")


if __name__ == "__main__":
    run_command(main)
