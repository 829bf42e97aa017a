"""Chooses the mixing rule for the heads' outputs: shares, power, and a correction of each class's prior.

    python -m training.rule --model runs/mean/mien-s --out runs/mean/rule.json

The labels' priors reflect their frequency, not the needs of other data: a network trained on many sad and few surprised faces
remains biased after dividing them out. With --correct, one factor per class, the same for both heads, is therefore found by
hill climbing, on each face and its mirror image. The objective is the transfer score, minus two points for each point of FER+ accuracy or mean
recall below `FLOOR`, minus a cost of the correction itself, since seven factors easily overfit a few hundred faces.
`training.calibrate --rule` fits the temperatures afterwards.
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

import torch

from .data.dataset import load_faces
from .errors import run_command
from .eval.metrics import mean_recall, predict, report
from .files import write_json
from .labels import EXPRESSIONS
from .model.mixing import PRIORS, Level, Mixing
from .model.tfjs import load_tfjs_model
from .optim.precision import bfloat16_is_faster
from .transfer import SCORED, VIEWS, ForeignSet, add_set_arguments, sets_of

SHARES = (0.15, 0.3)  # of the FER2013 head
POWERS = (0.5, 0.75, 0.9, 1.0)
LEVELS = {"cautious": 0.5, "balanced": 1.0, "eager": 1.25} # relative to the chosen power
STEPS = (0.4, 0.2, 0.1)
FLOOR = {"accuracy": 0.888, "recall": 0.868}
COST = 0.004 # per squared unit of a factor's logarithm
Logits = dict[str, torch.Tensor]


def mixing_of(share: float, power: float, correction: torch.Tensor) -> Mixing:
    """correction [7]: added to the logarithm of each class's probability at the balanced level."""
    priors = {
        head: (p := torch.tensor(prior) * torch.exp(-correction / power)).div(p.sum()).tolist() for head, prior in PRIORS.items()
    }
    levels = {name: Level(factor * power, 1.0) for name, factor in LEVELS.items()}
    return Mixing("probabilities", {"fer2013": share, "ferplus": 1 - share}, priors, levels)


class Objective:
    """Scores rules on sets with known logits."""

    def __init__(self, sets: list[tuple[list[Logits], torch.Tensor, bool]]) -> None:
        """sets: logits of each view, labels [n] (-1 excluded), and whether the set counts for the transfer score."""
        self._sets = sets

    def value(self, rule: Mixing) -> tuple[float, float, float, float]:
        """Objective, transfer score, FER+ accuracy and mean recall (0-1), averaged over the views."""
        scored, accuracy, recall = [], 0.0, 0.0
        for views, labels, foreign in self._sets:
            reports = [report(rule.apply(logits), labels) for logits in views]
            own = sum(mean_recall(r.per_class) for r in reports) / len(reports)
            if foreign:
                scored.append(own)
            else:
                accuracy, recall = sum(r.accuracy for r in reports) / len(reports), own
        score = sum(scored) / len(scored)
        short = max(0.0, FLOOR["accuracy"] - accuracy) + max(0.0, FLOOR["recall"] - recall)
        return score - 2 * short, score, accuracy, recall

    def climb(self, share: float, power: float) -> tuple[float, torch.Tensor]:
        """Maximises the objective from zero correction; returns its value and the correction."""
        def penalised(c: torch.Tensor) -> float:
            return self.value(mixing_of(share, power, c))[0] - COST * float(c.square().sum())

        here = torch.zeros(len(EXPRESSIONS))
        best = penalised(here)
        for step in STEPS:
            moved = True
            while moved:
                moved = False
                for k, sign in itertools.product(range(len(EXPRESSIONS)), (1, -1)):
                    there = here.clone()
                    there[k] += sign * step
                    if (reached := penalised(there - there.mean())) > best + 1e-4:
                        best, here, moved = reached, there - there.mean(), True
        return best, here


def choose(objective: Objective, correct: bool) -> tuple[Mixing, str]:
    """The best rule over all shares and powers, with a correction if requested, and a one-line summary."""
    none = torch.zeros(len(EXPRESSIONS))
    found = [
        (*(objective.climb(share, power) if correct else (objective.value(mixing_of(share, power, none))[0], none)), share, power)
        for share, power in itertools.product(SHARES, POWERS)
    ]
    _, correction, share, power = max(found, key=lambda f: f[0])
    rule = mixing_of(share, power, correction)
    _, score, accuracy, recall = objective.value(rule)
    factors = ", ".join(f"{name} {c:+.1f}" for name, c in zip(EXPRESSIONS, correction.tolist(), strict=True))
    return rule, (f"share {share}, power {power}, {factors}: transfer {100 * score:.1f}, FER+ {100 * accuracy:.1f} / {100 * recall:.1f} "
                  "(mean of two views)")


def objective_of(network: torch.nn.Module, sets: list[ForeignSet], valid: ForeignSet) -> Objective:
    network = network.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    bfloat16 = bfloat16_is_faster(torch.device("cpu"))
    views = lambda images: [predict(network, view(images), bfloat16=bfloat16) for view in VIEWS[:2]]
    return Objective([(views(s.images), s.labels, s.name in SCORED) for s in [*sets, valid]])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder of an exported model")
    add_set_arguments(parser)
    parser.add_argument("--correct", action="store_true", help="also fit a correction of each class's prior")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(arguments)
    sets = [s for s in sets_of(args) if s.name in SCORED]
    faces = load_faces(args.data, "valid")
    valid = ForeignSet("FER+ valid", faces.images, faces.ferplus_majority(), [])
    rule, line = choose(objective_of(load_tfjs_model(args.model), sets, valid), args.correct)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    write_json(args.out, rule.to_json())
    print(line)


if __name__ == "__main__":
    run_command(main)
