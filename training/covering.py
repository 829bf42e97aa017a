"""Trains the network that detects hidden parts of a face, evaluates it on covers drawn on unseen faces, and exports it for the app.

    python -m training.covering --data DIR --press ../shared/press --out runs/covering [--export]

It has the expression network's input but does not depend on its weights, so it is retrained only when crops or covers change.
`data.covers` and `data.cover_kinds` draw covers on faces of FER2013's `train` and on nine tenths of the press people.
The thresholds let the share `FALSE_ALARMS` of FER2013's `valid` pass and are folded into the biases: the app tests for a logit above 0.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import math
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from .data import augment as a
from .data.cover_kinds import OUTPUTS, cover
from .data.covers import SIZE, anatomy
from .data.dataset import load_faces
from .data.portraits import load_portraits
from .data.preprocess import standardise, to_unit
from .errors import run_command
from .export import MODELS, drawn_crops, fold, stored_weights
from .files import atomic_write, write_json
from .made import load_landmarks
from .model.network import ExpressionNetwork, SameConv2d, load_topology
from .model.tfjs import load_tfjs_model

# Variation of a detector's crop of a covered face.
JITTER = a.Augmentation(roll_deg=16, scale=0.26, shift=0.10, aspect=0.06)
# Per batch: drawn covers, and unmodified press and FER2013 faces.
BATCH, UNCOVERED = 128, 32
RATE, DECAY = 3e-3, 0.998
HELD_BACK = 10 # one person in this many
# Share of unmodified FER2013 validation faces above each output's threshold. Some are indeed covered; sides are hardest to detect.
FALSE_ALARMS = {"mouth": 0.016, "eyes": 0.005, "side": 0.0005}
Faces = tuple[torch.Tensor, torch.Tensor]


def enlarged(images: torch.Tensor) -> torch.Tensor:
    """Enlarges tight crops, uint8 [n, side, side], to the framing of press faces: uint8 [n, 96, 96]."""
    inner = F.interpolate(images[:, None].float(), size=(SIZE - 8, SIZE - 8), mode="bilinear")
    return F.pad(inner, (4, 4, 4, 4), mode="replicate")[:, 0].round().byte()


def draw(images: torch.Tensor, landmarks: np.ndarray, others: np.ndarray, count: int, seed: int) -> Faces:
    """Covers faces in random order: uint8 [count, 96, 96], and hidden parts [count, 3] (1, 0, or -1 for undecided).

    landmarks: [n, 478, 2] pixels, or [478, 2] for faces at approximately that position.
    """
    rng = np.random.default_rng(seed)
    pictures, hidden = [], []
    order = rng.permutation(len(images))
    for i in (int(order[k % len(order)]) for k in range(count)):
        own = landmarks[i] if landmarks.ndim == 3 else SIZE / 2 + (landmarks - SIZE / 2) * rng.normal(1, 0.04) + rng.normal(0, 1.5, 2)
        made = cover(images[i].numpy(), anatomy(own), others, rng)
        pictures.append(made.picture)
        hidden.append(made.hidden)
    return torch.from_numpy(np.stack(pictures)), torch.tensor(hidden).float()


def as_detected(faces: torch.Tensor, g: torch.Generator) -> torch.Tensor:
    """Applies a detector's and a camera's variation to uint8 [n, 96, 96]; standardised [n, 1, 48, 48]."""
    x = F.interpolate(faces[:, None].float() / 255, size=(52, 52), mode="area")
    x = a.geometric(x, JITTER, g)[:, :, 2:50, 2:50]
    x = a.gamma(a.gradient(x, 0.25, g), 0.4, g)
    x = a.low_resolution(a.blur(x, 0.15, g), 0.15, g)
    return standardise(a.jpeg(a.noise(x, 0.2, g), 0.15, g))


def drawn_people(path: Path) -> torch.Tensor:
    """Uncovered faces drawn by `npm run probe-faces FILE FIRST COUNT`, uint8 [n, 96, 96]: their flat beards and glasses resemble covers.

    Cropped to the part that a detector's crop of a drawn face shows.
    """
    faces = torch.from_numpy(np.fromfile(path, np.uint8).reshape(-1, 1, 64, 64))[:, :, 8:56, 8:56].float()
    return F.interpolate(faces, size=(SIZE, SIZE), mode="bilinear")[:, 0].round().byte()


def drawn_anatomy() -> np.ndarray:
    """Landmarks common to all `drawn_people`, [478, 2] pixels; those that `anatomy` does not use are centred."""
    places = {33: (-48, -14), 133: (-16, -14), 362: (16, -14), 263: (48, -14), 61: (-28, 52), 291: (28, 52), 0: (0, 44), 17: (0, 66),
              1: (0, 22), 152: (0, 98)}
    landmarks = np.full((478, 2), SIZE / 2)
    unit = 2 * 64 / 208 # in the drawing's units: heads are 208 high
    for i, (x, y) in places.items():
        landmarks[i] = SIZE / 2 + unit * x, 2 * (0.47 * 64 - 8) + unit * y
    return landmarks


def loss_of(logits: torch.Tensor, hidden: torch.Tensor) -> torch.Tensor:
    """Mean cross-entropy of hidden and visible parts; undecided ones are excluded."""
    counts = (hidden >= 0).float()
    return (F.binary_cross_entropy_with_logits(logits, hidden.clamp(min=0), reduction="none") * counts).sum() / counts.sum()


@torch.no_grad()
def unfold(shipped: ExpressionNetwork, network: ExpressionNetwork, x: torch.Tensor) -> None:
    """Loads an exported network into a trainable one, whose batch norms take the statistics of x, [n, 1, 48, 48], and cancel them."""
    for name, module in network.layers.items():
        target = module[0] if isinstance(module, nn.Sequential) else module
        if not isinstance(target, (SameConv2d, nn.Linear)):
            continue
        layer = shipped.layers[name]
        source = layer[0] if isinstance(layer, nn.Sequential) else layer
        assert isinstance(source, (SameConv2d, nn.Linear)) and source.bias is not None
        target.weight.copy_(source.weight)
        if isinstance(target, nn.Linear):
            target.bias.copy_(source.bias)
            continue
        norm = network.layers[f"{name}_norm"]
        assert isinstance(norm, nn.BatchNorm2d) and norm.running_mean is not None and norm.running_var is not None
        norm.bias.copy_(source.bias)
        norm.weight.fill_(1)
        norm.running_mean.zero_()
        norm.running_var.fill_(1 - norm.eps)

    def measure(norm: nn.Module, inputs: tuple[torch.Tensor]) -> None:
        assert isinstance(norm, nn.BatchNorm2d) and norm.running_mean is not None and norm.running_var is not None
        variance, mean = torch.var_mean(inputs[0], (0, 2, 3))
        norm.weight.copy_(torch.sqrt(variance + norm.eps))
        norm.bias.add_(mean)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)

    hooks = [m.register_forward_pre_hook(measure) for m in network.modules() if isinstance(m, nn.BatchNorm2d)]
    network.eval()(x)
    for hook in hooks:
        hook.remove()


@torch.no_grad()
def mean_of(trained: ExpressionNetwork, start: dict[str, torch.Tensor], share: float, x: torch.Tensor) -> None:
    """Interpolates trained weights back towards their start, and measures batch norm statistics again on x, [n, 1, 48, 48]."""
    mixed = {k: torch.lerp(start[k], v, share) if v.dtype.is_floating_point else v for k, v in trained.state_dict().items()}
    trained.load_state_dict(mixed)
    norms = [m for m in trained.modules() if isinstance(m, nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # the plain mean of all batches
    trained.train()
    for part in x.split(250):
        trained(part)


def train(drawn: Faces, plain: list[torch.Tensor], steps: int, seed: int, start: Path | None = None, share: float = 1) -> ExpressionNetwork:
    """Trains for a number of steps; returns the averaged weights.

    share: weight of the result in the mean with the start. plain: uncovered faces, each uint8 [n, 96, 96] or [n, 48, 48].
    start: covering.pt of an earlier run, or an exported folder.
    """
    torch.manual_seed(seed)
    g = torch.Generator().manual_seed(seed)
    network = ExpressionNetwork(load_topology("covering", "training"))
    if start and start.is_dir():
        unfold(load_tfjs_model(start), network, as_detected(drawn[0][:2000], g))
    elif start:
        network.load_state_dict(torch.load(start)["state"])
    average = {k: v.clone() for k, v in network.state_dict().items()}
    initial = {k: v.clone() for k, v in network.state_dict().items()}
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=1e-3)
    faces, hidden = drawn
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * step / steps)) + 1e-5
        chosen = torch.randint(len(faces), (BATCH,), generator=g)
        batch, targets = [faces[chosen]], [hidden[chosen]]
        for more in plain:
            own = more[torch.randint(len(more), (UNCOVERED,), generator=g)]
            batch.append(own if own.shape[1] == SIZE else enlarged(own))
            targets.append(torch.zeros(UNCOVERED, len(OUTPUTS)))
        network.train()
        loss = loss_of(network(as_detected(torch.cat(batch), g))["hidden"], torch.cat(targets))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        decay = min(DECAY, (step + 1) / (step + 20))
        for name, value in network.state_dict().items():
            if value.dtype.is_floating_point:
                average[name].lerp_(value, 1 - decay)
        if step % 250 == 249:
            print(f"step {step + 1}: loss {loss.item():.3f}", flush=True)
    network.load_state_dict(average)
    if share < 1:
        own = [more if more.shape[1] == SIZE else enlarged(more) for more in (part[:2500] for part in plain)]
        mean_of(network, initial, share, as_detected(torch.cat(own)[torch.randperm(sum(map(len, own)), generator=g)], g))
    return network.eval()


@torch.no_grad()
def logits_of(network: ExpressionNetwork, x: torch.Tensor) -> torch.Tensor:
    return torch.cat([network(part)["hidden"] for part in x.split(500)])


def thresholds(logits: torch.Tensor) -> torch.Tensor:
    """Threshold of each output, [3], that its allowed share of unmodified faces exceeds."""
    return torch.stack([torch.quantile(logits[:, k], 1 - FALSE_ALARMS[name]) for k, name in enumerate(OUTPUTS)])


def found(logits: torch.Tensor, hidden: torch.Tensor) -> dict[str, Any]:
    """Share of faces reported as covered, by hidden part and for uncovered faces, with counts."""
    called = (logits > 0).any(1).float()
    rows = {name: hidden[:, k] == 1 for k, name in enumerate(OUTPUTS)} | {"nothing": (hidden == 0).all(1)}
    return {name: {"faces": int(of.sum()), "called": round(float(called[of].mean()), 4) if of.any() else None} for name, of in rows.items()}


def export(trained: ExpressionNetwork, limits: torch.Tensor, report: dict[str, Any], folder: Path) -> None:
    """Writes model.json, weights.bin, golden.json and card.json, all or none; afterwards a logit above 0 means hidden."""
    topology = load_topology("covering", "shipped")
    shipped = ExpressionNetwork(topology)
    fold(trained, shipped)
    head = shipped.layers["hidden"]
    assert isinstance(head, torch.nn.Linear)
    head.bias.data -= limits
    weights = stored_weights(shipped)
    crops = drawn_crops()
    model = {"format": "layers-model", "generatedBy": "Mien training", "convertedBy": None, "modelTopology": topology,
             "weightsManifest": [{"paths": ["weights.bin"], "weights": [w.entry for w in weights]}]}
    packed = b"".join(w.values.tobytes() for w in weights)
    golden = {"size": 48, "crops": base64.b64encode(crops.numpy().tobytes()).decode(),
              "hidden": [[round(v, 5) for v in row] for row in logits_of(shipped.eval(), standardise(to_unit(crops))).tolist()]}
    card = {"id": "covering", "sha256": hashlib.sha256(packed).hexdigest(), "outputs": list(OUTPUTS), "found": report}
    files = {name: json.dumps(content, separators=(",", ":")) for name, content in (("model.json", model), ("golden.json", golden))}
    files["card.json"] = json.dumps(card, indent=1) + "\n"
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as all_or_none:
        all_or_none.enter_context(atomic_write(folder / "weights.bin")).write_bytes(packed)
        for name, content in files.items():
            all_or_none.enter_context(atomic_write(folder / name)).write_text(content)
    print(f"{folder}: {len(packed)} bytes")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of FER2013's sheets and labels.csv")
    parser.add_argument("--press", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--faces", type=int, nargs=2, default=(7000, 7000), help="number of FER2013 and of press faces to cover")
    parser.add_argument("--judged", type=int, default=1500, help="number of held-back faces of each to cover")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drawn", type=Path, help="drawn people to add, covered and uncovered, see `drawn_people`")
    parser.add_argument("--start", type=Path, help="continue from an earlier run's covering.pt or from the exported public/models/covering; "
                        "another seed draws other covers")
    parser.add_argument("--mean", type=float, default=1, help="share of the new weights in the mean with those of --start (0-1)")
    parser.add_argument("--export", action="store_true", help="export to public/models/covering")
    args = parser.parse_args(arguments)
    torch.set_num_threads(1)
    press, landmarks = load_portraits(args.press), load_landmarks(args.press / "landmarks.npz").numpy().astype(float)
    has_landmarks = torch.from_numpy(landmarks.min((1, 2)) > 0)
    of_held = torch.tensor([int(row["subject"][1:]) % HELD_BACK == 0 for row in press.rows])
    held, trained_on = has_landmarks & of_held, has_landmarks & ~of_held
    fer, valid = (load_faces(args.data, usage).images for usage in ("train", "valid"))
    others, mean_landmarks = press.images[~of_held].numpy(), landmarks[trained_on.numpy()].mean(0)
    parts = [draw(press.images[trained_on], landmarks[trained_on.numpy()], others, args.faces[1], args.seed),
              draw(enlarged(fer), mean_landmarks, others, args.faces[0], args.seed + 1)]
    plain = [press.images[~of_held], fer]
    if args.drawn:
        people = drawn_people(args.drawn)
        parts.append(draw(people, drawn_anatomy(), others, len(people), args.seed + 5))
        plain.append(people)
    drawn = torch.cat([x for x, _ in parts]), torch.cat([y for _, y in parts])
    network = train(drawn, plain, args.steps, args.seed, args.start, args.mean)
    g = torch.Generator().manual_seed(args.seed + 2)
    sets = {"press": draw(press.images[held], landmarks[held.numpy()], others, args.judged, args.seed + 3),
            "FER2013": draw(enlarged(valid), mean_landmarks, others, args.judged, args.seed + 4)}
    answers = {name: (logits_of(network, as_detected(x, g)), y) for name, (x, y) in sets.items()}
    limits = thresholds(logits_of(network, standardise(to_unit(valid))))
    report = {name: found(x - limits, y) for name, (x, y) in answers.items()}
    args.out.mkdir(parents=True, exist_ok=True)
    write_json(args.out / "report.json", report)
    torch.save({"state": network.state_dict(), "limits": limits}, args.out / "covering.pt")
    print(json.dumps(report))
    if args.export:
        export(network, limits, report, MODELS / "covering")


if __name__ == "__main__":
    run_command(main)
