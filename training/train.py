"""Trains one network: `python -m training.train --config NAME --data DIR --out DIR`.

A run can be killed at any time and restarted with the same arguments: it resumes from the last
complete epoch with identical results, since every epoch's randomness is derived from (seed, epoch).
"""

from __future__ import annotations

import argparse
import csv
import math
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch.utils.tensorboard import SummaryWriter

from .config import Config, load_config, same_config
from .data.augment import augment, mixup
from .data.dataset import Faces, load_faces, near_duplicates
from .data.preprocess import standardise, to_unit
from .errors import TrainingError, run_command
from .eval.metrics import Report, predict, reports
from .eval.plots import write_run_report
from .files import atomic_write
from .model.network import ExpressionNetwork, load_topology
from .model.tfjs import load_tfjs_model
from .model.warm_start import warm_start
from .optim.checkpoint import load_checkpoint, load_weights, save_checkpoint
from .optim.distil import Logits, Teachers, distillation_loss
from .optim.precision import bfloat16_is_faster
from .optim.schedule import one_cycle, trapezoid
from .optim.sharpness import Norms
from .optim.targets import mirrored_logits, refined, targets_of
from .optim.training_set import TrainingSet, training_set_of

PRESS = Path("../shared/press")


def loss_of(logits: dict[str, torch.Tensor], targets: list[torch.Tensor], ferplus_weight: float) -> torch.Tensor:
    """Cross-entropy of both heads against soft targets; a row that sums to less than 1 has less weight."""
    hard, soft, weight = targets
    fer2013 = -(hard * F.log_softmax(logits["fer2013"].float(), 1)).sum(1).mean()
    ferplus = -(soft * F.log_softmax(logits["ferplus"].float(), 1)).sum(1) * weight
    return fer2013 + ferplus_weight * ferplus.mean()


class Run:
    """Model, averaged model, optimiser and progress of one run, saved and restored together."""

    def __init__(self, config: Config, out: Path, device: torch.device) -> None:
        torch.manual_seed(config.seed)
        self.config, self.device = config, device
        self.checkpoint = out / "checkpoint.pt"
        topology = load_topology(config.plan, "training")
        self.model = ExpressionNetwork(topology).to(device).to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        self.average = ExpressionNetwork(topology).to(device).to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        self.average.load_state_dict(self.model.state_dict())
        decayed = [p for p in self.model.parameters() if p.ndim > 1]
        plain = [p for p in self.model.parameters() if p.ndim <= 1]
        self.optimiser = torch.optim.SGD(
            [{"params": decayed, "weight_decay": config.weight_decay}, {"params": plain, "weight_decay": 0.0}],
            lr=config.learning_rate, momentum=0.9, nesterov=True,
        )
        self.norms = Norms(self.model)
        self.bfloat16 = bfloat16_is_faster(device)
        self.teachers = Teachers(config.teachers, device) if config.teachers else None
        self.epoch = 0
        self.rate = config.learning_rate
        self.best, self.best_epoch = 0.0, 0
        # Averaged weights of the best epoch, which a run that stops early returns to.
        self.best_average: dict[str, torch.Tensor] | None = None

    def state(self) -> dict[str, Any]:
        """Contents of a checkpoint."""
        return {
            "config": asdict(self.config), "epoch": self.epoch, "rate": self.rate,
            "best": self.best, "best_epoch": self.best_epoch, "best_average": self.best_average,
            "model": self.model.state_dict(), "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
        }

    def save(self) -> None:
        save_checkpoint(self.checkpoint, self.state())

    def resume(self) -> None:
        if not self.checkpoint.exists():
            return
        state = load_checkpoint(self.checkpoint, self.device)
        if not same_config(state["config"], self.config):
            raise TrainingError(f"{self.checkpoint} belongs to another config; choose another --out")
        load_weights(self.model, state["model"], self.checkpoint)
        load_weights(self.average, state["average"], self.checkpoint)
        self.optimiser.load_state_dict(state["optimiser"])
        self.epoch, self.rate = state["epoch"], state["rate"]
        self.best, self.best_epoch, self.best_average = state["best"], state["best_epoch"], state.get("best_average")

    @property
    def finished(self) -> bool:
        """Whether all epochs are done, or the last `early_stop` brought no improvement."""
        c = self.config
        return self.epoch >= c.epochs or (c.early_stop > 0 and self.epoch - self.best_epoch >= c.early_stop)

    def start_from(self, exported: ExpressionNetwork, faces: Faces) -> None:
        """Adopts an exported model's weights; norm statistics come from faces augmented as in training."""
        g = torch.Generator(self.device).manual_seed(self.config.seed)
        some = torch.randperm(len(faces), generator=g, device=self.device)[:2048]
        sample = standardise(augment(to_unit(faces.images[some]), self.config.augmentation, g))
        warm_start(self.model, exported, sample)
        self.average.load_state_dict(self.model.state_dict())

    def train_epoch(self, training_set: TrainingSet) -> float:
        """One pass in random order; returns the mean loss."""
        c = self.config
        augmentation = c.augmentation_of(self.epoch)
        g = torch.Generator(self.device).manual_seed(c.seed * 100_003 + self.epoch)
        torch.manual_seed(c.seed * 100_003 + self.epoch)  # dropout draws from the global generator
        order = torch.randperm(len(training_set.images), generator=g, device=self.device)
        steps = max(len(order) // c.batch_size, 1)
        total = torch.zeros((), device=self.device)
        self.model.train()
        for step in range(steps):
            self._set_rate(self.epoch * steps + step, steps)
            picked = order[step * c.batch_size:(step + 1) * c.batch_size]
            batch = [t[picked] for t in training_set.targets]
            with torch.no_grad():
                x = augment(to_unit(training_set.images[picked]), augmentation, g)
                if torch.rand(1, generator=g, device=self.device).item() < augmentation.mixup_p:
                    x, batch = mixup(x, batch, augmentation.mixup_alpha, g)
                x = standardise(x).contiguous(memory_format=torch.channels_last)
            loss = self._descend(x, batch)
            self._update_average()
            total += loss
        self.epoch += 1
        mean = total.item() / steps
        if not math.isfinite(mean):
            raise TrainingError(f"the loss of epoch {self.epoch} is not finite; lower learning_rate")
        return mean

    def _descend(self, x: torch.Tensor, targets: list[torch.Tensor]) -> torch.Tensor:
        """One step of the optimiser; returns its loss."""
        c = self.config
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.bfloat16):
            answer = self.teachers.answer(x, c.distil_temperature) if self.teachers else None
        self.optimiser.zero_grad(set_to_none=True)
        with ExitStack() as stack:
            if c.sharpness_radius:
                # Half of the batch suffices: the climb needs only a direction, and half is cheaper.
                half = slice(0, max(len(x) // 2, 1))
                part = {head: value[half] for head, value in answer.items()} if answer else None
                stack.enter_context(self.norms.uphill(self._loss(x[half], [t[half] for t in targets], part), c.sharpness_radius))
            loss = self._loss(x, targets, answer)
            loss.backward()
        self.optimiser.step()
        return loss.detach()

    def _loss(self, x: torch.Tensor, targets: list[torch.Tensor], answer: Logits | None) -> torch.Tensor:
        """Loss against the labels and, if there are teachers, their outputs for the same crops."""
        c = self.config
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.bfloat16):
            logits = self.model(x)
        loss = loss_of(logits, targets, c.ferplus_weight)
        if answer is None:
            return loss
        return (1 - c.distil_weight) * loss + c.distil_weight * distillation_loss(logits, answer, c.distil_temperature)

    def _set_rate(self, step: int, steps_per_epoch: int) -> None:
        c, n = self.config, steps_per_epoch
        if c.schedule == "one-cycle":
            self.rate = one_cycle(step, c.epochs * n, c.learning_rate)
        elif c.schedule == "trapezoid":
            self.rate = trapezoid(step, c.epochs * n, c.learning_rate, n, c.fall_epochs * n)
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate

    @torch.no_grad()
    def _update_average(self) -> None:
        new = self.model.state_dict()
        for name, value in self.average.state_dict().items():
            if value.is_floating_point():
                value.lerp_(new[name], 1 - self.config.ema_decay)
            else:
                value.copy_(new[name])

    def record_score(self, score: float) -> None:
        """Records an epoch's score for early stopping, and halves the rate on a plateau."""
        if score > self.best:
            self.best, self.best_epoch = score, self.epoch
            if self.config.early_stop:
                self.best_average = {name: value.clone() for name, value in self.average.state_dict().items()}
        waited = self.epoch - self.best_epoch
        if self.config.schedule == "plateau" and waited and waited % self.config.patience == 0:
            self.rate /= 2

    def restore_best(self) -> None:
        """If the run may stop early, restores the averaged weights of the best epoch and saves them."""
        if self.best_average is not None:
            self.average.load_state_dict(self.best_average)
            self.save()


def train(config: Config, data: Path, out: Path, device: torch.device, press: Path = PRESS) -> dict[str, Report]:
    """Trains all epochs of the config; returns the averaged model's reports on `valid`."""
    train_faces, valid = load_faces(data, "train"), load_faces(data, "valid")
    copies = near_duplicates(train_faces, valid)
    print(f"{len(train_faces)} training faces, {int(copies.sum())} excluded as near-duplicates of validation faces")
    train_faces, valid = train_faces.subset(~copies).to(device), valid.to(device)
    if len(train_faces) == 0:
        raise TrainingError("no training faces are left")
    run = Run(config, out, device)
    targets, valid_targets = targets_of(train_faces, config.label_smoothing), targets_of(valid, 0)
    earlier: ExpressionNetwork | None = None
    if config.start_from:
        start = load_tfjs_model(Path(config.start_from)).to(device).to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        run.start_from(start, train_faces)
        earlier = start
        if config.refined_share or config.prior_votes:
            predictions = mirrored_logits(start, train_faces.images)
            targets = refined(train_faces, predictions, config.refined_share, config.prior_votes, config.seed)
    training_set = training_set_of(train_faces, targets, config, press, earlier)
    run.resume()
    with ExitStack() as closing:
        events: SummaryWriter | None = None
        while not run.finished:
            started = time.monotonic()
            loss = run.train_epoch(training_set)
            trained = time.monotonic() - started
            logits = predict(run.average, valid.images, bfloat16=run.bfloat16)
            scores = reports(logits, valid)
            run.record_score(scores["fer2013"].accuracy + scores["ferplus"].accuracy)
            row = {
                "epoch": run.epoch, "loss": loss, "learning_rate": run.rate,
                "fer2013_accuracy": scores["fer2013"].accuracy, "fer2013_macro_f1": scores["fer2013"].macro_f1,
                "ferplus_accuracy": scores["ferplus"].accuracy, "ferplus_macro_f1": scores["ferplus"].macro_f1,
                "train_seconds": trained,
                "valid_loss": loss_of(logits, valid_targets, config.ferplus_weight).item(),
            }
            if events is None: # only when there is something to write, so that a run that fails at once leaves nothing
                out.mkdir(parents=True, exist_ok=True)
                # After a kill the event file may contain epochs that the checkpoint lacks: purge_step hides them.
                events = closing.enter_context(SummaryWriter(str(out / "events"), purge_step=run.epoch))
            log_epoch(out / "log.csv", row)
            for key, value in row.items():
                events.add_scalar(key, value, run.epoch)
            events.flush()
            run.save()
        run.restore_best()
    return reports(predict(run.average, valid.images), valid)


def log_epoch(path: Path, row: dict[str, float]) -> None:
    """Writes an epoch to log.csv, replacing rows of the same or later epochs from before a kill."""
    earlier: list[dict[str, str]] = []
    if path.exists():
        with path.open(newline="") as file:
            earlier = [old for old in csv.DictReader(file) if int(old["epoch"]) < row["epoch"]]
    with atomic_write(path) as partial, partial.open("w", newline="") as file:
        writer = csv.DictWriter(file, row, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(earlier)
        writer.writerow({k: round(v, 6) for k, v in row.items()})
    print("  ".join(f"{k} {v:.4g}" for k, v in row.items()), flush=True)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", required=True, help="name in training/configs, or a .toml file")
    parser.add_argument("--data", type=Path, default=Path("../shared/fer2013"))
    parser.add_argument("--press", type=Path, default=PRESS, help="portraits, for configs with a press_weight")
    parser.add_argument("--out", type=Path, help="default: runs/<config>")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 lets PyTorch choose")
    args = parser.parse_args(arguments)
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.backends.cudnn.deterministic = True # a resumed run must repeat an uninterrupted one
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    out = args.out or Path("runs") / Path(args.config).stem
    write_run_report(out, train(load_config(args.config), args.data, out, device, args.press))


if __name__ == "__main__":
    run_command(main)
