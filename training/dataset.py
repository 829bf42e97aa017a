"""FER2013 with FER+ votes, read from lossless sheets into memory."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from .errors import TrainingError
from .labels import EXPRESSIONS, FERPLUS_COLUMNS, FERPLUS_TO_EXPRESSION

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
        """Soft targets [n, 7] and weights [n] (1, or 0 where nobody agreed on an expression).

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
    """Reads the faces of one usage ("train" or "valid", or whatever labels.csv names).

    Raises TrainingError for a missing folder or sheet, a label outside the set, a bad vote, a
    position outside its sheet, or a usage that has no face.
    """
    table = directory / "labels.csv"
    if not table.is_file():
        raise TrainingError(f"{table} is missing: --data must name a folder like shared/fer2013")
    sheets: dict[str, np.ndarray] = {}
    images: list[np.ndarray] = []
    labels: list[int] = []
    votes: list[list[float]] = []
    with table.open(newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if row.get("usage") != usage:
                continue
            where = f"{table.name} line {line}"
            try:
                sheet, r, c = row["sheet"], int(row["row"]), int(row["col"])
                labels.append(EXPRESSIONS.index(row["fer2013"]))
                votes.append([float(row[name]) for name in FERPLUS_COLUMNS])
            except (KeyError, TypeError, ValueError) as error:
                raise TrainingError(f"{where}: {error}") from error
            if sheet not in sheets:
                sheets[sheet] = _read_sheet(directory / sheet)
            face = sheets[sheet][r * FACE_SIZE:(r + 1) * FACE_SIZE, c * FACE_SIZE:(c + 1) * FACE_SIZE]
            if r < 0 or c < 0 or face.shape != (FACE_SIZE, FACE_SIZE):
                raise TrainingError(f"{where}: row {r}, col {c} lies outside {sheet}")
            images.append(face)
    if not images:
        raise TrainingError(f"{table} has no face whose usage is '{usage}'")
    return Faces(torch.from_numpy(np.stack(images)), torch.tensor(labels), torch.tensor(votes))


def _read_sheet(path: Path) -> np.ndarray:
    try:
        with Image.open(path) as image:
            return np.asarray(image.convert("L"))
    except OSError as error:
        raise TrainingError(f"cannot read the sheet {path}: {error}") from error


def near_duplicates(faces: Faces, of: Faces, correlation: float = 0.97) -> torch.Tensor:
    """Mask [n]: which `faces` nearly equal, also mirrored, some face in `of`.

    Faces are compared at 24 x 24 by normalised cross-correlation (-1 to 1); two photographs of
    one press moment lie near 0.9, copies with another crop or contrast above 0.97.
    """
    reference = _fingerprints(of.images)
    result = torch.zeros(len(faces), dtype=torch.bool)
    for images in (faces.images, faces.images.flip(2)):
        for start in range(0, len(faces), 2048):
            scores = _fingerprints(images[start:start + 2048]) @ reference.T
            result[start:start + 2048] |= (scores > correlation).any(1)
    return result


def _fingerprints(images: torch.Tensor) -> torch.Tensor:
    small = torch.nn.functional.avg_pool2d(images[:, None].float(), 2).flatten(1)
    small = small - small.mean(1, keepdim=True)
    return small / small.norm(dim=1, keepdim=True).clamp(min=1e-6)
