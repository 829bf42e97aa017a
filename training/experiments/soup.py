"""Averages the weights of several exported networks: part of an ensemble's gain at the cost of one network.

    python -m training.experiments.soup runs/mien-s-1.3.0 runs/mien-s-1.4.0 --config mien-s-1.4.0 --data DIR --out runs/soup

Useful only if the runs started from the same weights and ended in the same valley (Wortsman et al., "Model soups", ICML
2022); check with `training.evaluate`. The checkpoint is that of a finished run: calibrate it, then export it.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import torch

from ..config import load_config
from ..data.dataset import load_faces, near_duplicates
from ..errors import TrainingError, run_command
from ..model.network import ExpressionNetwork
from ..model.tfjs import load_tfjs_model
from ..optim.checkpoint import save_checkpoint
from ..train import Run


def mean_network(folders: list[Path]) -> ExpressionNetwork:
    """The first exported network with the mean weights of all. Raises TrainingError if their shapes differ."""
    networks = [load_tfjs_model(folder) for folder in folders]
    states = [network.state_dict() for network in networks]
    shapes = [{name: value.shape for name, value in state.items()} for state in states]
    if any(shape != shapes[0] for shape in shapes):
        raise TrainingError("cannot average models of different plans")
    networks[0].load_state_dict({name: torch.stack([s[name] for s in states]).mean(0) for name in states[0]})
    return networks[0]


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", help="exported models")
    parser.add_argument("--config", required=True, help="config of the last run, which the model's card will describe")
    parser.add_argument("--data", type=Path, default=Path("../shared/fer2013"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(arguments)
    config = load_config(args.config)
    train = load_faces(args.data, "train")
    faces = train.subset(~near_duplicates(train, load_faces(args.data, "valid")))
    mean = mean_network(args.folders)
    run = Run(replace(config, teachers=()), args.out, torch.device("cpu")) # nothing is trained, so no teacher is needed
    run.start_from(mean, faces)
    run.config, run.epoch = config, config.epochs
    args.out.mkdir(parents=True, exist_ok=True)
    save_checkpoint(run.checkpoint, {**run.state(), "mean_of": [folder.name for folder in args.folders]})


if __name__ == "__main__":
    run_command(main)
