"""Exports a trained seed network as a tfjs layers model with its card: `python -m training.zoo.export --id seed-cnn4 --run DIR`.

Writes to public/models/<id>/: model.json, weights.bin (8 bits if that costs nothing on `valid`, else float16), golden.json (drawn crops and
PyTorch's probabilities for the stored weights) and card.json, whose figures are all measured here on those weights; lists the model in
public/models/index.json. Writes to training/results/<id>/ the run's log.csv and report.json with all figures, and updates its row in
results.csv.
"""

from __future__ import annotations

import argparse
import base64
import copy
import csv
import hashlib
import json
import math
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from ..card import TRANSFER_SOURCES
from ..data.dataset import load_faces
from ..errors import TrainingError, run_command
from ..eval.metrics import calibration, report
from ..export import MODELS, drawn_crops
from ..files import atomic_write, read_json, write_json
from ..labels import EXPRESSIONS
from ..model.keras_weights import keras_weights, load_keras_weights
from ..model.network import ExpressionNetwork, load_seed_topology
from ..model.storage import eight_bits, half_precision
from ..optim.checkpoint import load_weights
from ..transfer import add_set_arguments, measure, sets_of, transfer_score
from .recipe import Recipe, load_recipe
from .train import HEAD, RESULTS, input_of, labelled, logits_of, read_state, side_of

RULES = {
    "fer2013": ("FER2013 labels", "the data set's own label, every face"),
    "ferplus": ("FER+ votes", "faces where more than half of ten votes name one of the seven expressions"),
}
# Tolerated cost of 8 bits: accuracy on valid, and share of changed answers.
MAX_LOSS, MAX_CHANGED = 0.001, 0.01
# Smaller weights do not justify a scale.
MIN_VALUES = 512


@dataclass(frozen=True)
class Stored:
    """A weight as stored in weights.bin: its manifest entry, its bytes, and the decoded value."""

    entry: dict[str, Any]
    content: bytes
    value: torch.Tensor


def stored(name: str, weight: torch.Tensor, eight_bit: bool) -> Stored:
    """One weight in 8 bits if requested and worthwhile, else as float16."""
    values = weight.float().numpy()
    keep = eight_bits if eight_bit and values.ndim > 1 and values.size >= MIN_VALUES else half_precision
    with np.errstate(over="ignore"):
        kept = keep(name, values)
    if not np.isfinite(kept.values).all():
        raise TrainingError(f"{name} is not finite in float16; the run has diverged")
    return Stored(kept.entry, kept.values.tobytes(), torch.from_numpy(kept.decoded()))


def with_weights(network: ExpressionNetwork, weights: list[Stored]) -> ExpressionNetwork:
    """The network with its stored, i.e. rounded, weights."""
    other = copy.deepcopy(network)
    load_keras_weights(other, {w.entry["name"]: w.value for w in weights}, "the stored model")
    return other.eval()


def choose_storage(network: ExpressionNetwork, images: torch.Tensor, labels: torch.Tensor, side: int) -> tuple[list[Stored], str]:
    """8-bit weights if they have no measurable cost, else 16-bit ones; and a description of the measurement."""
    own = keras_weights(network)
    original = logits_of(network, images, side).argmax(1)
    rounded = [stored(name, value, True) for name, value in own.items()]
    quantised = logits_of(with_weights(network, rounded), images, side).argmax(1)
    lost = float((original == labels).float().mean() - (quantised == labels).float().mean())
    changed = float((quantised != original).float().mean())
    words = f"8 bits change {100 * changed:.1f} % of the answers on valid and {100 * -lost:+.2f} points of accuracy"
    if lost <= MAX_LOSS and changed <= MAX_CHANGED:
        return rounded, words
    return [stored(name, value, False) for name, value in own.items()], words + ", so they are kept as float16"


@torch.no_grad()
def golden(network: ExpressionNetwork, side: int) -> dict[str, Any]:
    """Drawn crops at the network's input size, with its probabilities."""
    crops = drawn_crops()[: 4 if side <= 96 else 1]
    sized = F.interpolate(crops[:, None].float(), (side, side), mode="bilinear", align_corners=False).round().byte()[:, 0]
    answers = network(input_of(sized[:, None].float() / 255, side))[HEAD].double().softmax(1)
    return {
        "size": side,
        "crops": base64.b64encode(sized.contiguous().numpy().tobytes()).decode(),
        "answers": [[round(v, 6) for v in row] for row in answers.tolist()],
    }


def metrics_of(logits: torch.Tensor, data: Path) -> list[dict[str, Any]]:
    """Rows of the card for both label rules, on all faces of valid."""
    valid = load_faces(data, "valid")
    rows: list[dict[str, Any]] = []
    for rule, (labels, description) in RULES.items():
        true = valid.fer2013 if rule == "fer2013" else valid.ferplus_majority()
        scores = report(logits.softmax(1), true)
        judged = calibration(logits.softmax(1), true, valid)
        rows.append({"labels": labels, "output": "As the app shows", "rule": description, "usage": "valid", "count": scores.count,
                     "accuracy": scores.accuracy, "interval95": list(scores.interval), "macroF1": scores.macro_f1,
                     "perClass": scores.per_class, "confusion": scores.confusion, "ece": judged.ece})
    return rows


def training_of(recipe: Recipe, state: dict[str, Any], log: Path) -> dict[str, Any]:
    """Progress of the run, from its checkpoint and log."""
    with log.open(newline="") as file:
        rows = list(csv.DictReader(file))
    stopped = recipe.early_stop > 0 and state["epoch"] - state["best_epoch"] >= recipe.early_stop
    finished = state["epoch"] >= recipe.epochs or stopped
    kept = state["best_epoch"] if recipe.keep == "best" else state["epoch"]
    anew = f"; the optimiser began anew after epoch {', '.join(map(str, state['anew']))}" if state["anew"] else ""
    end = "" if finished else "; its curve had not come to its end"
    return {"recipe": recipe.said, "epochs": state["epoch"], "plannedEpochs": recipe.epochs, "keptEpoch": kept, "finished": finished,
            "beganAnew": state["anew"],
            "minutes": round(sum(float(row["train_seconds"]) for row in rows) / 60, 1),
            "words": f"{state['epoch']} of at most {recipe.epochs} epochs, the weights of epoch {kept}{anew}{end}"}


def index_with(index: Path, model_id: str) -> dict[str, Any]:
    """The list of models including this one, in its previous place or at the end."""
    known = read_json(index)
    own = {"id": model_id, "folder": f"{model_id}/"}
    if any(model["id"] == model_id for model in known["models"]):
        return {**known, "models": [own if model["id"] == model_id else model for model in known["models"]]}
    return {**known, "models": [*known["models"], own]}


def write_row(table: Path, row: dict[str, Any]) -> None:
    """Writes a model's row to results.csv, replacing any previous one."""
    with table.open(newline="") as file:
        reader = csv.DictReader(file)
        columns = list(reader.fieldnames or ())
        rows = [old for old in reader if old["model"] != row["model"]]
    with atomic_write(table) as partial, partial.open("w", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, row])


def export(model_id: str, run: Path, args: argparse.Namespace, models: Path = MODELS) -> None:
    """Writes the model's folder and its results."""
    recipe, state, topology = load_recipe(model_id), read_state(run / "checkpoint.pt"), load_seed_topology(model_id)
    side = side_of(topology)
    network = ExpressionNetwork(topology)
    weights = state["best_weights"] if recipe.keep == "best" and state["best_weights"] else state["model"]
    load_weights(network, weights, run / "checkpoint.pt")
    network.eval()
    images, labels = labelled(load_faces(args.data, "valid"), recipe.labels)
    kept, words = choose_storage(network, images, labels, side)
    shipped = with_weights(network, kept)
    packed = b"".join(w.content for w in kept)
    model = {
        "format": "layers-model", "generatedBy": "Mien training", "convertedBy": None,
        "userDefinedMetadata": {"mien": {"scaling": "unit", "labels": list(EXPRESSIONS)}},
        "modelTopology": topology,
        "weightsManifest": [{"paths": ["weights.bin"], "weights": [w.entry for w in kept]}],
    }
    sets = measure(lambda faces: {"shown": logits_of(shipped, faces, side).softmax(1)}, sets_of(args))["shown"]
    score = transfer_score(sets)
    rows = metrics_of(logits_of(shipped, load_faces(args.data, "valid").images, side), args.data)
    card = {
        "id": model_id, "version": args.version, "sha256": hashlib.sha256(packed).hexdigest(),
        "input": {"side": side, "channels": 1}, "scaling": "unit", "labels": list(EXPRESSIONS),
        "parameters": sum(math.prod(w.entry["shape"]) for w in kept), "bytes": len(packed), "weights": words,
        "training": training_of(recipe, state, run / "log.csv"),
        "data": f"FER2013's Training images, {'its own labels' if recipe.labels == 'fer2013' else 'the FER+ majority'}",
        "claim": {"words": recipe.claimed, "accuracy": recipe.claim or None},
        "metrics": rows,
        "transfer": {"score": score, "sets": [{"name": name, "source": TRANSFER_SOURCES[name]} | sets[name] for name in TRANSFER_SOURCES]},
    }
    folder = models / model_id
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "model.json": json.dumps(model, separators=(",", ":")).encode(), "weights.bin": packed,
        "golden.json": json.dumps(golden(shipped, side), separators=(",", ":")).encode(),
        "card.json": (json.dumps(card, indent=1) + "\n").encode(),
    }
    for name, content in files.items():
        with atomic_write(folder / name) as partial:
            partial.write_bytes(content)
    write_json(models / "index.json", index_with(models / "index.json", model_id))
    results = args.results / model_id
    results.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(run / "log.csv", results / "log.csv")
    write_json(results / "report.json", {
        "recipe": asdict(recipe), "training": card["training"], "weights": words, "metrics": rows, "sets": sets, "score": score,
    })
    percent = lambda share: f"{100 * share:.1f}"
    write_row(args.results / "results.csv", {
        "model": f"{model_id} {args.version}", "config": f"seeds/{model_id}", "epochs": card["training"]["epochs"],
        "minutes": round(card["training"]["minutes"]), "machine": "one thread of a crowded CPU",
        **{f"{rule}_accuracy": percent(row["accuracy"]) for rule, row in zip(RULES, rows)},
        **{f"{rule}_macro_f1": percent(row["macroF1"]) for rule, row in zip(RULES, rows)},
        "transfer_score": percent(score or 0), "ck_recall": percent(sets["CK+ peak"]["recall"]),
        "taiwanese_recall": percent(sets["Taiwanese, clear"]["recall"]), "photos_recall": percent(sets["photographs"]["recall"]),
        "note": "" if card["training"]["finished"] else "curve not at its end",
    })
    for row in rows:
        low, high = row["interval95"]
        print(f"{model_id}: {100 * row['accuracy']:.1f} % ({100 * low:.1f}-{100 * high:.1f}) of {row['count']} by {row['labels']}")
    print(f"{len(packed)} bytes; {words}; transfer score {'-' if score is None else format(100 * score, '.1f')}")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--id", required=True)
    parser.add_argument("--run", type=Path, help="default: runs/<id>")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--results", type=Path, default=RESULTS)
    add_set_arguments(parser)
    args = parser.parse_args(arguments)
    export(args.id, args.run or Path("runs") / args.id, args, args.models)


if __name__ == "__main__":
    run_command(main)
