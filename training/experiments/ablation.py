"""Tests whether preprocessing steps of the systems before Mien help: `python -m training.experiments.ablation --data DIR --out DIR`.

Trains the config once per variant and seed, all else equal, and writes ablation.json with the
accuracy of each on `valid`. Variants already in the file are not trained again.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from statistics import mean

import torch

from ..config import Config, load_config
from ..errors import TrainingError, run_command
from ..files import write_json
from ..train import train

# Changes to the augmentation: the two steps of the seeds (see shared/anchors.md) that are off by default, and the two
# that are on.
VARIANTS: dict[str, dict[str, float]] = {
    "baseline": {},
    "with median luminance": {"median_luminance_p": 0.5},
    "with closing": {"closing_p": 0.5},
    "without rotation": {"roll_deg": 0.0},
    "without mirroring": {"mirror_p": 0.0},
}


def variant(config: Config, changes: dict[str, float], seed: int) -> Config:
    return replace(
        config, seed=seed,
        augmentation=replace(config.augmentation, **changes), finale=replace(config.finale, **changes),
    )


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", default="ablation")
    parser.add_argument("--data", type=Path, default=Path("../shared/fer2013"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=2, help="runs per variant")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 lets PyTorch choose")
    args = parser.parse_args(arguments)
    if args.seeds < 1:
        raise TrainingError("--seeds must be at least 1")
    if args.threads:
        torch.set_num_threads(args.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    config = load_config(args.config)
    figures: dict[str, dict[str, list[float]]] = {name: {"fer2013": [], "ferplus": []} for name in VARIANTS}
    for seed in range(1, args.seeds + 1):
        for name, changes in VARIANTS.items():
            reports = train(variant(config, changes, seed), args.data, args.out / f"{name} {seed}".replace(" ", "-"), device)
            for head, values in figures[name].items():
                values.append(reports[head].accuracy)
        # After each round over all variants, so that an interrupted ablation is usable.
        write_json(args.out / "ablation.json", {"config": args.config, "seeds": seed, "accuracy": figures})
    for name, heads in figures.items():
        print(f"{name:24}" + "  ".join(f"{head} {100 * mean(v):.1f} %" for head, v in heads.items()))


if __name__ == "__main__":
    run_command(main)
