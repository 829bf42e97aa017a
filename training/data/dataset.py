"""FER2013 with FER+ votes, read from lossless sheets into memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from ..errors import TrainingError, first_line
from ..labels import EXPRESSIONS, FERPLUS_COLUMNS, FERPLUS_TO_EXPRESSION

FACE_SIZE = 48


@dataclass(frozen=True)
class Faces:
    """Faces of one usage, on one device.

    images: uint8 [n, 48, 48], 0-255 grayscale.
    fer2013: int64 [n], index into EXPRESSIONS.
    votes: float32 [n, 10], FER+ votes in the order of FERPLUS_COLUMNS (0-10 each).
    """

    images: torch.Tensor
    fer2013: torch.Tensor
    votes: torch.Tensor

    def __len__(self) -> int:
        return len(self.images)

    def subset(self, keep: torch.Tensor) -> Faces:
        """The faces that a boolean mask or an index tensor picks."""
        return Faces(self.images[keep], self.fer2013[keep], self.votes[keep])

    def to(self, device: torch.device) -> Faces:
        return Faces(self.images.to(device), self.fer2013.to(device), self.votes.to(device))

    def expression_votes(self) -> torch.Tensor:
        """FER+ votes for the seven expressions, [n, 7], in the order of EXPRESSIONS."""
        columns = {FERPLUS_TO_EXPRESSION[c]: i for i, c in enumerate(FERPLUS_COLUMNS) if c in FERPLUS_TO_EXPRESSION}
        return self.votes[:, [columns[e] for e in EXPRESSIONS]]

    def ferplus_targets(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Soft targets [n, 7] and weights [n] (1, or 0 where no two votes agree on an expression).

        A class with a single vote counts as noise and is dropped, as in FER+ (Barsoum et al.,
        "Training Deep Networks for Facial Expression Recognition with Crowd-Sourced Label
        Distribution", ICMI 2016).
        """
        votes = self.expression_votes()
        votes = torch.where(votes > 1, votes, torch.zeros_like(votes))
        total = votes.sum(1)
        known = total > 0
        return votes / total.clamp(min=1)[:, None], known.float()

    def ferplus_majority(self) -> torch.Tensor:
        """Index of the expression that more than half of all ten votes name, or -1, int64 [n]."""
        share, label = self.expression_votes().max(1)
        return torch.where(share > self.votes.sum(1) / 2, label, torch.full_like(label, -1))


def load_faces(directory: Path, usage: str) -> Faces:
    """Reads the faces of one usage ("train", "valid", or any other in labels.csv).

    Raises TrainingError for a missing folder, column or sheet, a label outside the set, a bad vote,
    a position outside its sheet, or a usage without faces.
    """
    table = _table(directory)
    sheets: dict[str, np.ndarray] = {}
    images: list[np.ndarray] = []
    labels: list[int] = []
    votes: list[list[float]] = []
    for line, row in _rows(table):
        if row["usage"] != usage:
            continue
        try:
            sheet, r, c = row["sheet"], int(row["row"]), int(row["col"])
            labels.append(_label(row["fer2013"]))
            votes.append([_vote(row[name]) for name in FERPLUS_COLUMNS])
            if sheet not in sheets:
                sheets[sheet] = _read_sheet(directory / sheet)
            face = sheets[sheet][r * FACE_SIZE:(r + 1) * FACE_SIZE, c * FACE_SIZE:(c + 1) * FACE_SIZE]
            if r < 0 or c < 0 or face.shape != (FACE_SIZE, FACE_SIZE):
                raise ValueError(f"row {r}, col {c} lies outside {sheet}")
        except (TypeError, ValueError) as error:
            raise TrainingError(f"{table.name} line {line}: {error}") from error
        images.append(face)
    if not images:
        raise TrainingError(f"{table} has no face whose usage is '{usage}'")
    return Faces(torch.from_numpy(np.stack(images)), torch.tensor(labels), torch.tensor(votes))


def usages(directory: Path) -> list[str]:
    """The usages in labels.csv, sorted. Raises TrainingError like `load_faces`."""
    return sorted({row["usage"] for _, row in _rows(_table(directory))})


def _table(directory: Path) -> Path:
    table = directory / "labels.csv"
    if not table.is_file():
        raise TrainingError(f"{table} is missing: --data must name a folder like shared/fer2013")
    return table


def _rows(table: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line numbers and rows of labels.csv, after checking its columns."""
    try:
        with table.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            needed = ("sheet", "row", "col", "usage", "fer2013", *FERPLUS_COLUMNS)
            missing = [name for name in needed if name not in (reader.fieldnames or ())]
            if missing:
                raise TrainingError(f"{table} lacks the column {', '.join(missing)}")
            for row in reader:
                if any(row[name] is None for name in needed):
                    raise TrainingError(f"{table.name} line {reader.line_num} is truncated")
                yield reader.line_num, row
    except (UnicodeDecodeError, csv.Error) as error:
        raise TrainingError(f"{table} is not a CSV file in UTF-8: {error}") from error


def _label(name: str) -> int:
    if name not in EXPRESSIONS:
        raise ValueError(f"the label '{name}' is not one of {', '.join(EXPRESSIONS)}")
    return EXPRESSIONS.index(name)


def _vote(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1000: # also rejects NaN
        raise ValueError(f"'{text}' is not a vote count")
    return value


def _read_sheet(path: Path) -> np.ndarray:
    try:
        with Image.open(path) as image:
            return np.asarray(image.convert("L"))
    except FileNotFoundError as error:
        raise TrainingError(f"the sheet {path} is missing") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise TrainingError(f"cannot read the sheet {path}: {first_line(error)}") from error


def near_duplicates(faces: Faces, of: Faces, correlation: float = 0.97) -> torch.Tensor:
    """Mask [n] of the `faces` that nearly equal a face in `of`, or its mirror image.

    Faces are compared at 24 x 24 by normalised cross-correlation (-1 to 1); two photographs of
    one press moment are near 0.9, copies with another crop or contrast above 0.97.
    """
    result = torch.zeros(len(faces), dtype=torch.bool)
    for start, alike in _alike(faces, of, correlation):
        result[start:start + len(alike)] |= alike.any(1)
    return result


def duplicate_groups(faces: Faces, correlation: float = 0.97) -> torch.Tensor:
    """Group of each face, int64 [n]: faces share one if they are near-duplicates, directly or through a chain."""
    parent = list(range(len(faces)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = i = parent[parent[i]]
        return i

    for start, alike in _alike(faces, faces, correlation):
        for i, j in alike.nonzero().tolist():
            parent[root(start + i)] = root(j)
    return torch.tensor([root(i) for i in range(len(faces))])


def halves(faces: Faces, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Index tensors of two halves of about equal size; near-duplicates stay in one half."""
    groups = duplicate_groups(faces)
    order = torch.randperm(len(faces), generator=torch.Generator().manual_seed(seed))
    shuffled = groups[order].tolist() # groups in order of first occurrence among the shuffled faces
    place = {group: i for i, group in reversed(list(enumerate(shuffled)))}
    rank = torch.tensor([place[g] for g in groups.tolist()])
    by_rank = rank.argsort(stable=True)
    cut = len(faces) // 2
    while 0 < cut < len(faces) and rank[by_rank[cut]] == rank[by_rank[cut - 1]]:
        cut += 1
    return by_rank[:cut], by_rank[cut:]


def _alike(faces: Faces, of: Faces, correlation: float) -> Iterator[tuple[int, torch.Tensor]]:
    """Blocks of the mask [n, m] of near-equal pairs, as (first row, rows); first plain, then mirrored."""
    reference = _fingerprints(of.images)
    for images in (faces.images, faces.images.flip(2)):
        for start in range(0, len(faces), 2048):
            yield start, _fingerprints(images[start:start + 2048]) @ reference.T > correlation


def _fingerprints(images: torch.Tensor) -> torch.Tensor:
    small = torch.nn.functional.avg_pool2d(images[:, None].float(), 2).flatten(1)
    small = small - small.mean(1, keepdim=True)
    return small / small.norm(dim=1, keepdim=True).clamp(min=1e-6)
