"""Measures accuracy on foreign data sets that no model was trained on: one table for any model or checkpoint.

    python -m training.transfer                                     # the shipped model
    python -m training.transfer --checkpoint runs/x/checkpoint.pt --views
    python -m training.transfer --film ../shared/film --out runs/mien-s/transfer

Sets: in the format of shared/fer2013 (posed: CK+ peak frames; rated: Taiwanese), photographs (a folder per expression, or 48-pixel crops in
that format, written by `npm run crops -- DIR --sheet OUT` with the app's own detector), FER2013's `valid` by both rules, and film by
groups of people. The *transfer score* is the mean of the mean recalls of the app's output on the first three. Intervals are
bootstrapped over people, since pictures of one person are not independent. `--views` also evaluates each face mirrored and shifted by
a pixel to each side, and averages the figures, which reduces chance differences between models.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image

from .data.dataset import Faces, load_faces, usages
from .data.portraits import load_portraits
from .errors import TrainingError, run_command
from .eval.metrics import calibration, mean_recall, report
from .evaluate import Subject, add_model_arguments, subject_of
from .files import write_json
from .labels import EXPRESSIONS, FERPLUS_COLUMNS
from .model.face_api import WEIGHTS, FaceApi
from .model.mixing import DEFAULT_LEVEL, LEVELS
from .optim.precision import bfloat16_is_faster
from .robustness import jitter

# Sets that count for the transfer score.
SCORED = ("CK+ peak", "Taiwanese, clear", "photographs")
PIXEL = 1 / 48
COVERAGES = (1.0, 0.9, 0.8, 0.7, 0.5)
VIEWS: tuple[Callable[[torch.Tensor], torch.Tensor], ...] = (
    lambda i: i, lambda i: i.flip(2),
    lambda i: jitter(i, x=PIXEL), lambda i: jitter(i, x=-PIXEL), lambda i: jitter(i, y=PIXEL), lambda i: jitter(i, y=-PIXEL),
)
GROUPS = ("gender", "age", "illumination")
SMALLEST_GROUP = 25 # people; differences between smaller groups are meaningless


@dataclass(frozen=True)
class ForeignSet:
    """images: uint8 [n, 48, 48]. labels: int64 [n], -1 excluded. people: one name per face."""

    name: str
    images: torch.Tensor
    labels: torch.Tensor
    people: list[str]

    def faces(self) -> Faces:
        return Faces(self.images, self.labels.clamp(min=0), torch.zeros(len(self.labels), len(FERPLUS_COLUMNS)))


def foreign_set(name: str, directory: Path, usage: str) -> ForeignSet:
    """One usage of a folder in the format of shared/fer2013; without a `subject` column every face is its own person."""
    faces = load_faces(directory, usage)
    with (directory / "labels.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["usage"] == usage]
    return ForeignSet(name, faces.images, faces.fer2013, [row.get("subject") or str(i) for i, row in enumerate(rows)])


def photographs(directory: Path) -> ForeignSet:
    """48-pixel crops if the folder has such a table; else one folder per expression, with the centre as an estimate of the app's crop."""
    table = directory / "labels.csv"
    if table.is_file() and "sheet" in table.read_text(encoding="utf-8").splitlines()[0].split(","):
        return foreign_set("photographs", directory, usages(directory)[0])
    images, labels = [], []
    for i, expression in enumerate(EXPRESSIONS):
        for path in sorted((directory / expression).glob("*.jpg")):
            with Image.open(path) as picture:
                edge = min(picture.size) / 24
                box = (edge, edge, picture.width - edge, picture.height - edge)
                images.append(np.asarray(picture.convert("L").resize((48, 48), Image.Resampling.BOX, box=box)))
            labels.append(i)
    if not images:
        raise TrainingError(f"{directory} has no folder of photographs named after an expression")
    return ForeignSet("photographs", torch.from_numpy(np.stack(images)), torch.tensor(labels), [str(i) for i in range(len(images))])


def recall_interval(predicted: torch.Tensor, labels: torch.Tensor, people: list[str], draws: int = 1000, seed: int = 0) -> tuple[float, float]:
    """95 % bootstrap interval of the mean recall (0-1) over people (Efron, 1979)."""
    names = {name: i for i, name in enumerate(dict.fromkeys(people))}
    person = np.array([names[name] for name in people])
    k = len(EXPRESSIONS)
    hits, faces = np.zeros((len(names), k)), np.zeros((len(names), k))
    np.add.at(faces, (person, labels.numpy()), 1)
    np.add.at(hits, (person, labels.numpy()), (predicted == labels).numpy())
    drawn = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    seen = drawn @ faces
    recall = np.where(seen > 0, drawn @ hits / np.maximum(seen, 1), np.nan)
    low, high = np.percentile(np.nanmean(recall, axis=1), (2.5, 97.5))
    return float(low), float(high)


def coverage(probabilities: torch.Tensor, labels: torch.Tensor, people: list[str]) -> list[dict[str, Any]]:
    """Accuracy (0-1, with its 95 % interval over people) of the most confident faces, by their share.

    from: lowest confidence included. faces: their number.
    """
    confidence, said = probabilities.max(1)
    order = confidence.argsort(descending=True)
    wrong = (said != labels)[order].long()
    result: list[dict[str, Any]] = []
    for share in COVERAGES:
        n = max(round(share * len(labels)), 1)
        # With correctness as a single class, the mean recall is the accuracy.
        interval = recall_interval(wrong[:n], torch.zeros_like(wrong[:n]), [people[i] for i in order[:n].tolist()])
        begins, accuracy = float(confidence[order[n - 1]]), float(1 - wrong[:n].float().mean())
        result.append({"share": share, "from": begins, "faces": n, "accuracy": accuracy, "interval95": list(interval)})
    return result


def answers(subject: Subject, images: torch.Tensor, levels: tuple[str, ...]) -> dict[str, torch.Tensor]:
    """Probabilities [n, 7] of each head, and of the app's output at each sensitivity level."""
    logits = subject.logits(images)
    shown = {"shown" if level == DEFAULT_LEVEL else f"shown, {level}": subject.mixing.apply(logits, level) for level in levels}
    return {head: value.softmax(1) for head, value in logits.items()} | shown


def row(probabilities: torch.Tensor, given: ForeignSet) -> dict[str, Any]:
    """One output's figures on one set; shares are 0-1."""
    keep = given.labels >= 0
    p, labels = probabilities[keep], given.labels[keep]
    scores, judged = report(p, labels), calibration(p, labels, given.faces().subset(keep))
    people = [name for name, kept in zip(given.people, keep.tolist(), strict=True) if kept]
    return {
        "faces": scores.count, "people": len(set(people)), "accuracy": scores.accuracy, "recall": mean_recall(scores.per_class),
        "recall95": list(recall_interval(p.argmax(1), labels, people)), "macroF1": scores.macro_f1, "ece": judged.ece, "nll": judged.nll,
        "coverage": coverage(p, labels, people),
        "perClass": {name: [round(v["recall"] * v["count"]), int(v["count"])] for name, v in scores.per_class.items() if v["count"]},
    }


def measure(answer: Callable[[torch.Tensor], dict[str, torch.Tensor]], sets: list[ForeignSet], views: bool = False) -> dict[str, Any]:
    """Output -> set -> figures. With `views` everything except counts and intervals is averaged over `VIEWS`.

    answer: probabilities [n, 7] of each output for uint8 images [n, 48, 48].
    """
    table: dict[str, dict[str, Any]] = {}
    answered: dict[int, list[dict[str, torch.Tensor]]] = {} # sets may share faces with different labels
    for given in sets:
        seen = answered.get(id(given.images))
        if seen is None:
            seen = [answer(view(given.images)) for view in (VIEWS if views else VIEWS[:1])]
            answered[id(given.images)] = seen
        for output in seen[0]:
            rows = [row(one[output], given) for one in seen]
            mean = {key: sum(r[key] for r in rows) / len(rows) for key in ("accuracy", "recall", "macroF1", "ece", "nll")}
            table.setdefault(output, {})[given.name] = rows[0] | mean
    return table


def transfer_score(figures: dict[str, Any]) -> float | None:
    """Mean of the mean recalls (0-1) of one output on the scored sets; None if one is missing."""
    if any(name not in figures for name in SCORED):
        return None
    return sum(figures[name]["recall"] for name in SCORED) / len(SCORED)


def film_groups(subject: Subject, directory: Path) -> list[dict[str, Any]]:
    """Recall of smiles and neutral faces (0-1) for each group of people in a film table."""
    film = load_portraits(directory)
    said = subject.mixing.apply(subject.logits(film.crops())).argmax(1)
    result: list[dict[str, Any]] = []
    for column in GROUPS:
        if column not in film.rows[0]:
            continue
        for value in sorted({r[column] for r in film.rows}):
            group = torch.tensor([r[column] == value for r in film.rows])
            entry: dict[str, Any] = {"group": column, "value": value.lower()}
            entry["people"] = len({r["subject"] for r, inside in zip(film.rows, group.tolist(), strict=True) if inside})
            for name in ("happy", "neutral"):
                true = EXPRESSIONS.index(name)
                picked = group & (film.labels == true)
                entry[name] = float((said[picked] == true).float().mean()) if picked.any() else None
                entry[f"{name}Faces"] = int(picked.sum())
            result.append(entry)
    return result


def describe(table: dict[str, Any]) -> str:
    lines = [f"{'':20}{'set':20}{'faces':>7}{'people':>8}{'acc.':>7}{'recall':>8}{'95 % of recall':>16}{'F1':>7}{'ECE':>7}{'NLL':>8}"]
    for output, figures in table.items():
        for name, r in figures.items():
            low, high = r["recall95"]
            lines.append(f"{output:20}{name:20}{r['faces']:>7}{r['people']:>8}{100 * r['accuracy']:>7.1f}{100 * r['recall']:>8.1f}"
                         f"{100 * low:>9.1f}–{100 * high:<6.1f}{100 * r['macroF1']:>7.1f}{100 * r['ece']:>7.1f}{r['nll']:>8.3f}")
        score = transfer_score(figures)
        lines.append(f"{output:20}transfer score {'–' if score is None else format(100 * score, '.1f')}")
    return "\n".join(lines)


def add_set_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments for the sets' folders."""
    parser.add_argument("--data", type=Path, default=Path("../shared/fer2013"))
    parser.add_argument("--transfer", type=Path, default=Path("../shared/transfer"), help="folder with ck48/ and taiwanese/")
    parser.add_argument("--photos", type=Path, default=Path("../shared/photos"))


def sets_of(args: argparse.Namespace) -> list[ForeignSet]:
    """The sets selected by the arguments."""
    valid = load_faces(args.data, "valid")
    anyone = [str(i) for i in range(len(valid))]
    return [
        foreign_set("CK+ peak", args.transfer / "ck48", "ck48"),
        foreign_set("Taiwanese, clear", args.transfer / "taiwanese", "taiwanese"),
        photographs(args.photos),
        ForeignSet("FER+ valid", valid.images, valid.ferplus_majority(), anyone),
        ForeignSet("FER2013 valid", valid.images, valid.fer2013, anyone),
    ]


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_model_arguments(parser)
    add_set_arguments(parser)
    parser.add_argument("--film", type=Path, help="also evaluate groups of people, in a folder like shared/film")
    parser.add_argument("--face-api", type=Path, nargs="?", const=WEIGHTS, help="add face-api's expression network to the table (needs npm ci)")
    parser.add_argument("--views", action="store_true", help="average the figures of six views of each face")
    parser.add_argument("--levels", action="store_true", help="evaluate the output at every sensitivity level")
    parser.add_argument("--out", type=Path, help="folder for transfer.json")
    args = parser.parse_args(arguments)
    subject = subject_of(args)
    levels = LEVELS if args.levels else (DEFAULT_LEVEL,)
    sets = sets_of(args)
    table = measure(lambda images: answers(subject, images, levels), sets, args.views)
    if args.face_api:
        peer = FaceApi(args.face_api, bfloat16_is_faster(torch.device("cpu")))
        table |= measure(lambda images: {"face-api": peer.logits(images).softmax(1)}, sets, args.views)
    print(describe(table))
    groups = film_groups(subject, args.film) if args.film else []
    for g in groups:
        few = "" if g["people"] >= SMALLEST_GROUP else "  (few people)"
        cells = [f"{name} {'–' if g[name] is None else format(100 * g[name], '.1f')} of {g[f'{name}Faces']}" for name in ("happy", "neutral")]
        print(f"film {g['group']:13}{g['value']:8}{g['people']:>4} people  {'  '.join(cells)}{few}")
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
        write_json(args.out / "transfer.json", {
            "weights_sha256": subject.sha256, "views": len(VIEWS) if args.views else 1, "outputs": table, "film": groups,
            "score": {output: transfer_score(figures) for output, figures in table.items()},
        })


if __name__ == "__main__":
    run_command(main)
