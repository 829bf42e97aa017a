"""Trains a seed network with its own recipe: `python -m training.zoo.train --id seed-cnn4 --data DIR --out DIR`.

A run can be killed at any time and restarted with the same arguments: it resumes from the last complete epoch with
identical results, since every epoch's randomness is derived from (seed, epoch). If its checkpoint is lost, `--shipped` resumes
from the shipped weights, whose rounding and new optimiser state change the results.
"""

from __future__ import annotations

import argparse
import csv
import math
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from ..data.dataset import Faces, load_faces, near_duplicates
from ..data.preprocess import to_unit
from ..errors import TrainingError, run_command
from ..eval.metrics import report
from ..export import MODELS
from ..files import atomic_write, read_json
from ..model.layers import BidirectionalLSTM
from ..model.network import ExpressionNetwork, load_seed_topology
from ..model.tfjs import load_tfjs_model
from ..optim.checkpoint import load_weights
from ..optim.precision import bfloat16_is_faster
from ..train import log_epoch
from .augment import keras_augment
from .recipe import Recipe, load_recipe, same_recipe

HEAD = "label"
RESULTS = Path(__file__).parents[1] / "results"
PROGRESS = ("epoch", "rate", "best", "best_epoch", "lowered", "anew")


class SeedRun:
    """Network, optimiser and progress of one run, saved and restored together."""

    def __init__(self, model_id: str, recipe: Recipe, out: Path) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe, self.path = recipe, out / "checkpoint.pt"
        topology = load_seed_topology(model_id)
        self.side = side_of(topology)
        self.model = ExpressionNetwork(topology).to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        initialise_like_keras(self.model)
        self.bfloat16 = bfloat16_is_faster(torch.device("cpu"))
        own = [p for p in self.model.parameters() if p.requires_grad]
        # Keras's constants differ from PyTorch's.
        self.optimiser = (torch.optim.Adam(own, recipe.learning_rate, eps=1e-7) if recipe.optimiser == "adam"
                          else torch.optim.RMSprop(own, recipe.learning_rate, alpha=0.9, eps=1e-7))
        self.epoch, self.rate = 0, recipe.learning_rate
        self.best, self.best_epoch, self.lowered = math.inf, 0, 0
        self.best_weights: dict[str, torch.Tensor] | None = None
        # Epochs after which the optimiser was reset.
        self.anew: list[int] = []

    @property
    def finished(self) -> bool:
        """Whether all epochs are done, or the last `early_stop` brought no improvement."""
        stop = self.recipe.early_stop
        return self.epoch >= self.recipe.epochs or (stop > 0 and self.epoch - self.best_epoch >= stop)

    def save(self) -> None:
        state = {"recipe": asdict(self.recipe), "model": self.model.state_dict(), "optimiser": self.optimiser.state_dict(),
                 "best_weights": self.best_weights,
                 **{key: getattr(self, key) for key in PROGRESS}}
        with atomic_write(self.path) as partial:
            torch.save(state, partial)

    def resume(self) -> None:
        if not self.path.exists():
            return
        state = read_state(self.path)
        if not same_recipe(state["recipe"], self.recipe):
            raise TrainingError(f"{self.path} belongs to another recipe; choose another --out")
        load_weights(self.model, state["model"], self.path)
        self.optimiser.load_state_dict(state["optimiser"])
        self.best_weights = state["best_weights"]
        for key in PROGRESS:
            setattr(self, key, state[key])

    def resume_from_shipped(self, shipped: Path, log: Path) -> None:
        """Resumes after the epoch whose weights ship, with the log up to there."""
        kept = read_json(shipped / "card.json")["training"]
        load_weights(self.model, load_tfjs_model(shipped).state_dict(), shipped)
        with log.open(newline="") as file:
            rows = [row for row in csv.DictReader(file) if int(row["epoch"]) <= kept["keptEpoch"]]
        for row in rows:
            self.epoch = int(row["epoch"])
            self.record_loss(float(row["valid_loss"]))
            log_epoch(self.path.with_name("log.csv"), {key: float(value) for key, value in row.items()} | {"epoch": self.epoch})
        self.anew = [*kept.get("beganAnew", []), self.epoch]

    def train_epoch(self, images: torch.Tensor, labels: torch.Tensor, most_steps: int | None = None) -> tuple[float, float]:
        """One pass in random order; returns mean loss and accuracy during training."""
        r = self.recipe
        g = torch.Generator().manual_seed(r.seed * 100_003 + self.epoch)
        torch.manual_seed(r.seed * 100_003 + self.epoch)  # dropout draws from the global generator
        order = torch.randperm(len(images), generator=g)
        steps = -(-len(order) // r.batch_size)
        total, hits, seen = 0.0, 0, 0
        self.model.train()
        for step in range(steps if most_steps is None else most_steps):
            picked = order[step * r.batch_size:(step + 1) * r.batch_size]
            for group in self.optimiser.param_groups:
                group["lr"] = self.rate / (1 + r.decay * (self.epoch * steps + step))
            with torch.no_grad():
                x = input_of(keras_augment(to_unit(images[picked]), r.augmentation, g), self.side)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bfloat16):
                logits = self.model(x)[HEAD].float()
            loss = F.cross_entropy(logits, labels[picked])
            self.optimiser.zero_grad(set_to_none=True)
            loss.backward()
            self.optimiser.step()
            total, seen = total + loss.item() * len(picked), seen + len(picked)
            hits += int((logits.argmax(1) == labels[picked]).sum())
        self.epoch += 1
        if not math.isfinite(total):
            raise TrainingError(f"the loss of epoch {self.epoch} is not finite: the run has diverged")
        return total / seen, hits / seen

    def record_loss(self, loss: float) -> None:
        """Records an epoch's loss on valid, for the best weights, early stopping, and Keras's ReduceLROnPlateau."""
        r = self.recipe
        if loss < self.best:
            self.best, self.best_epoch = loss, self.epoch
            self.best_weights = {name: value.clone() for name, value in self.model.state_dict().items()}
        waited = self.epoch - max(self.best_epoch, self.lowered)
        if r.plateau and waited >= r.plateau:
            self.rate, self.lowered = max(self.rate * r.plateau_factor, r.least_rate), self.epoch


def side_of(topology: dict[str, Any]) -> int:
    """Pixels on a side of the input."""
    return topology["config"]["layers"][0]["config"]["batch_input_shape"][1]


def input_of(faces: torch.Tensor, side: int) -> torch.Tensor:
    """Luminance 0-1 at the network's size."""
    sized = faces if faces.shape[-1] == side else F.interpolate(faces, (side, side), mode="bilinear", align_corners=False)
    return sized.contiguous(memory_format=torch.channels_last)


@torch.no_grad()
def logits_of(model: ExpressionNetwork, images: torch.Tensor, side: int, bfloat16: bool = False) -> torch.Tensor:
    """Logits [n, 7] of uint8 images [n, 48, 48]."""
    model.eval()
    parts: list[torch.Tensor] = []
    for batch in images.split(max(1, 128 * 48 * 48 // side ** 2)):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
            parts.append(model(input_of(to_unit(batch), side))[HEAD].float())
    return torch.cat(parts)


def labelled(faces: Faces, labels: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Images and labels of the labelled faces: FER2013's own label, or the FER+ majority."""
    label = faces.fer2013 if labels == "fer2013" else faces.ferplus_majority()
    keep = label >= 0
    return faces.images[keep], label[keep]


def initialise_like_keras(model: nn.Module) -> None:
    """Keras's initial weights: Glorot-uniform kernels, orthogonal recurrent ones, forget bias 1; and its norms' momentum."""
    for module in model.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.xavier_uniform_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.BatchNorm2d):
            module.momentum = 0.01
        elif isinstance(module, BidirectionalLSTM):
            units = module.hidden_size
            for name, value in module.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(value)
                elif "weight_hh" in name:
                    nn.init.orthogonal_(value)
                elif "bias_ih" in name:
                    nn.init.zeros_(value)
                    value.data[units:2 * units] = 1


def read_state(path: Path) -> dict[str, Any]:
    """Reads a checkpoint. Raises TrainingError if it is missing or damaged."""
    if not path.is_file():
        raise TrainingError(f"there is no checkpoint {path}: run training.zoo.train first")
    try:
        # Checkpoints without this key come from runs that were never reset.
        return {"anew": []} | torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:
        raise TrainingError(f"{path} is damaged or not a checkpoint") from error


def train(model_id: str, recipe: Recipe, data: Path, out: Path, shipped: Path | None = None) -> None:
    """Trains to the recipe's end; without a checkpoint, from random weights or from a folder's shipped weights."""
    faces, valid = load_faces(data, "train"), load_faces(data, "valid")
    faces = faces.subset(~near_duplicates(faces, valid))
    images, labels = labelled(faces, recipe.labels)
    valid_images, valid_labels = labelled(valid, recipe.labels)
    print(f"{len(images)} training faces, {len(valid_images)} validation faces", flush=True)
    out.mkdir(parents=True, exist_ok=True)
    run = SeedRun(model_id, recipe, out)
    run.resume()
    if shipped and run.epoch == 0:
        run.resume_from_shipped(shipped, RESULTS / model_id / "log.csv")
    while not run.finished:
        started = time.monotonic()
        loss, accuracy = run.train_epoch(images, labels)
        trained = time.monotonic() - started
        logits = logits_of(run.model, valid_images, run.side, run.bfloat16)
        scores, valid_loss = report(logits.softmax(1), valid_labels), F.cross_entropy(logits, valid_labels).item()
        rate = run.rate
        run.record_loss(valid_loss)
        log_epoch(out / "log.csv", {
            "epoch": run.epoch, "loss": loss, "accuracy": accuracy, "valid_loss": valid_loss, "valid_accuracy": scores.accuracy,
            "valid_macro_f1": scores.macro_f1, "learning_rate": rate, "train_seconds": trained,
        })
        run.save()


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--id", required=True, help="name of a recipe in training/configs/seeds")
    parser.add_argument("--data", type=Path, default=Path("../shared/fer2013"))
    parser.add_argument("--out", type=Path, help="default: runs/<id>")
    parser.add_argument("--shipped", action="store_true", help="without a checkpoint, resume from public/models/<id>")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 lets PyTorch choose")
    args = parser.parse_args(arguments)
    if args.threads:
        torch.set_num_threads(args.threads)
    train(args.id, load_recipe(args.id), args.data, args.out or Path("runs") / args.id, MODELS / args.id if args.shipped else None)


if __name__ == "__main__":
    run_command(main)
