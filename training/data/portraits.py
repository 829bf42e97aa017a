"""Faces with some context, 96 pixels a side, and the attributes in their table: `shared/press` and `shared/film`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from ..errors import TrainingError, first_line
from ..labels import EXPRESSIONS

SIZE = 96
# The app's own crop of such a face, measured with its detector: the central 88 pixels.
CROP = slice(4, 92)


@dataclass(frozen=True)
class Portraits:
    """images: uint8 [n, 96, 96]. labels: int64 [n], index into EXPRESSIONS. rows: the table's own lines."""

    images: torch.Tensor
    labels: torch.Tensor
    rows: list[dict[str, str]]

    def crops(self) -> torch.Tensor:
        """The app's input to the network, uint8 [n, 48, 48]: area-averaged."""
        middle = self.images[:, None, CROP, CROP].float()
        return F.interpolate(middle, size=(48, 48), mode="area")[:, 0].round().byte()


def load_portraits(directory: Path) -> Portraits:
    """Reads labels.csv (sheet, row, col, label, subject …) and its sheets. Raises TrainingError for missing or invalid data."""
    table = directory / "labels.csv"
    if not table.is_file():
        raise TrainingError(f"{table} is missing")
    sheets: dict[str, np.ndarray] = {}
    images: list[np.ndarray] = []
    labels: list[int] = []
    with table.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for line, row in enumerate(rows, 2):
        try:
            name, top, left = row["sheet"], int(row["row"]) * SIZE, int(row["col"]) * SIZE
            if name not in sheets:
                with Image.open(directory / name) as image:
                    sheets[name] = np.asarray(image.convert("L"))
            face = sheets[name][top:top + SIZE, left:left + SIZE]
            if top < 0 or left < 0 or face.shape != (SIZE, SIZE):
                raise ValueError(f"row {row['row']}, col {row['col']} lies outside {name}")
            labels.append(EXPRESSIONS.index(row["label"]))
        except (KeyError, TypeError, ValueError, OSError) as error:
            raise TrainingError(f"{table.name} line {line}: {first_line(error)}") from error
        images.append(face)
    if not images:
        raise TrainingError(f"{table} has no face")
    return Portraits(torch.from_numpy(np.stack(images)), torch.tensor(labels), rows)
