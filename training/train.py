"""Trains one network: `python -m training.train --config NAME --data DIR --out DIR`.

A run can be killed at any time and started again with the same arguments: it goes on from the last
whole epoch with identical results, since every epoch's randomness comes from (seed, epoch).
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path

import torch
import torch.nn.functional as F

from .augment import augment, mixup
from .config import Config, load_config
from .dataset import Faces, load_faces, near_duplicates
from .errors import TrainingError
from .metrics import Report, predict, reports
from .network import ExpressionNetwork, load_topology
from .preprocess import standardise, to_unit


def targets_of(faces: Faces, smoothing: float) -> list[torch.Tensor]:
    """Smoothed FER2013 targets [n, 7], FER+ targets [n, 7] and their weights [n]."""
    hard = F.one_hot(faces.fer2013, 7).float() * (1 - smoothing) + smoothing / 7
    soft, weight = faces.ferplus_targets()
    return [hard, soft, weight]


def loss_of(logits: dict[str, torch.Tensor], targets: list[torch.Tensor], ferplus_weight: float) -> torch.Tensor:
    """Cross-entropy of both heads against soft targets; faces without FER+ agreement weigh nothing."""
    hard, soft, weight = targets
    fer2013 = -(hard * F.log_softmax(logits["fer2013"].float(), 1)).sum(1).mean()
    ferplus = -(soft * F.log_softmax(logits["ferplus"].float(), 1)).sum(1) * weight
    return fer2013 + ferplus_weight * ferplus.mean()


def one_cycle(step: int, total: int, peak: float) -> float:
    """Linear rise over the first 20 %, cosine fall to zero (Smith and Topin, 2018)."""
    rise = 0.2 * total
    if step < rise:
        return peak * (0.04 + 0.96 * step / rise)
    return peak * 0.5 * (1 + math.cos(math.pi * (step - rise) / (total - rise)))


class Run:
    """Model, averaged model, optimiser and progress of one run, saved and restored together."""

    def __init__(self, config: Config, out: Path, device: torch.device) -> None:
        torch.manual_seed(config.seed)
        self.config, self.out, self.device = config, out, device
        topology = load_topology(config.plan, "training")
        self.model = ExpressionNetwork(topology).to(device, memory_format=torch.channels_last)
        self.average = ExpressionNetwork(topology).to(device, memory_format=torch.channels_last)
        self.average.load_state_dict(self.model.state_dict())
        decayed = [p for p in self.model.parameters() if p.ndim > 1]
        plain = [p for p in self.model.parameters() if p.ndim <= 1]
        self.optimiser = torch.optim.SGD(
            [{"params": decayed, "weight_decay": config.weight_decay}, {"params": plain, "weight_decay": 0.0}],
            lr=config.learning_rate, momentum=0.9, nesterov=True,
        )
        self.epoch = 0
        self.rate = config.learning_rate
        self.best, self.best_epoch = 0.0, 0

    @property
    def checkpoint(self) -> Path:
        return self.out / "checkpoint.pt"

    def save(self) -> None:
        """Writes beside and renames, so that a kill never leaves half a checkpoint."""
        state = {
            "config": asdict(self.config), "epoch": self.epoch, "rate": self.rate,
            "best": self.best, "best_epoch": self.best_epoch,
            "model": self.model.state_dict(), "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
        }
        partial = self.checkpoint.with_suffix(".partial")
        torch.save(state, partial)
        os.replace(partial, self.checkpoint)

    def resume(self) -> None:
        if not self.checkpoint.exists():
            return
        try:
            state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        except Exception as error:
            raise TrainingError(f"{self.checkpoint} is damaged ({error}); delete it to start anew") from error
        if state["config"] != asdict(self.config):
            raise TrainingError(f"{self.checkpoint} belongs to another config; choose another --out")
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.epoch, self.rate = state["epoch"], state["rate"]
        self.best, self.best_epoch = state["best"], state["best_epoch"]

    def train_epoch(self, faces: Faces, targets: list[torch.Tensor]) -> float:
        """One pass in random order; returns the mean loss."""
        c = self.config
        g = torch.Generator(self.device).manual_seed(c.seed * 100_003 + self.epoch)
        torch.manual_seed(c.seed * 100_003 + self.epoch)  # dropout draws from the global generator
        order = torch.randperm(len(faces), generator=g, device=self.device)
        steps = max(len(faces) // c.batch_size, 1)
        total = 0.0
        self.model.train()
        for step in range(steps):
            if c.schedule == "one-cycle":
                self.rate = one_cycle(self.epoch * steps + step, c.epochs * steps, c.learning_rate)
            for group in self.optimiser.param_groups:
                group["lr"] = self.rate
            picked = order[step * c.batch_size:(step + 1) * c.batch_size]
            batch = [t[picked] for t in targets]
            with torch.no_grad():
                x = augment(to_unit(faces.images[picked]), c.augmentation, g)
                if torch.rand(1, generator=g, device=self.device).item() < c.augmentation.mixup_p:
                    x, batch = mixup(x, batch, c.augmentation.mixup_alpha, g)
                x = standardise(x).contiguous(memory_format=torch.channels_last)
            with torch.autocast(self.device.type, dtype=torch.bfloat16):
                logits = self.model(x)
            loss = loss_of(logits, batch, c.ferplus_weight)
            self.optimiser.zero_grad(set_to_none=True)
            loss.backward()
            self.optimiser.step()
            self._update_average()
            total += loss.item()
        self.epoch += 1
        return total / steps

    @torch.no_grad()
    def _update_average(self) -> None:
        new = self.model.state_dict()
        for name, value in self.average.state_dict().items():
            if value.is_floating_point():
                value.lerp_(new[name], 1 - self.config.ema_decay)
            else:
                value.copy_(new[name])

    def judge(self, score: float) -> bool:
        """Notes an epoch's score for plateau and early stopping; returns whether to go on."""
        c = self.config
        if score > self.best:
            self.best, self.best_epoch = score, self.epoch
        waited = self.epoch - self.best_epoch
        if c.schedule == "plateau" and waited and waited % c.patience == 0:
            self.rate /= 2
        return not (c.early_stop and waited >= c.early_stop)


def train(config: Config, data: Path, out: Path, device: torch.device) -> dict[str, Report]:
    """Trains to the end of the config's epochs; returns the averaged model's reports on `valid`."""
    train_faces, valid = load_faces(data, "train"), load_faces(data, "valid")
    copies = near_duplicates(train_faces, valid)
    print(f"{len(train_faces)} training faces, {int(copies.sum())} left out as near-duplicates of valid ones")
    train_faces, valid = train_faces.subset(~copies).to(device), valid.to(device)
    out.mkdir(parents=True, exist_ok=True)
    run = Run(config, out, device)
    run.resume()
    targets = targets_of(train_faces, config.label_smoothing)
    going = run.epoch < config.epochs
    while going:
        started = time.monotonic()
        loss = run.train_epoch(train_faces, targets)
        trained = time.monotonic() - started
        scores = reports(predict(run.average, valid.images, bfloat16=True), valid)
        going = run.judge(scores["fer2013"].accuracy + scores["ferplus"].accuracy) and run.epoch < config.epochs
        log_epoch(out, {
            "epoch": run.epoch, "loss": loss, "learning_rate": run.rate,
            "fer2013_accuracy": scores["fer2013"].accuracy, "fer2013_macro_f1": scores["fer2013"].macro_f1,
            "ferplus_accuracy": scores["ferplus"].accuracy, "ferplus_macro_f1": scores["ferplus"].macro_f1,
            "train_seconds": trained,
        })
        run.save()
    return reports(predict(run.average, valid.images), valid)


def log_epoch(out: Path, row: dict[str, float]) -> None:
    """Appends to log.csv, and to TensorBoard's event file where tensorboard is installed."""
    path = out / "log.csv"
    fresh = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.DictWriter(file, row)
        if fresh:
            writer.writeheader()
        writer.writerow({k: round(v, 6) for k, v in row.items()})
    from torch.utils.tensorboard import SummaryWriter

    with SummaryWriter(str(out / "events")) as events:
        for key, value in row.items():
            events.add_scalar(key, value, int(row["epoch"]))
    print("  ".join(f"{k} {v:.4g}" for k, v in row.items()), flush=True)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/fer2013"))
    parser.add_argument("--out", type=Path, help="default: runs/<config>")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 lets PyTorch choose")
    args = parser.parse_args(arguments)
    if args.threads:
        torch.set_num_threads(args.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    out = args.out or Path("runs") / Path(args.config).stem
    final = train(load_config(args.config), args.data, out, device)
    from .plots import write_run_report

    write_run_report(out, final)


if __name__ == "__main__":
    try:
        main()
    except (TrainingError, torch.cuda.OutOfMemoryError) as error:
        sys.exit(f"training: {error}")
