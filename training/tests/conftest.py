"""A tiny data set of drawn faces in the format of shared/fer2013, and a config that trains on it in seconds."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training.labels import EXPRESSIONS, FERPLUS_COLUMNS, FERPLUS_TO_EXPRESSION

torch.set_num_threads(1)

COLUMNS = ["sheet", "row", "col", "usage", "fer2013", *FERPLUS_COLUMNS]
TO_COLUMN = {expression: column for column, expression in FERPLUS_TO_EXPRESSION.items()}


def drawn_face(label: int, generator: np.random.Generator) -> np.ndarray:
    """A bright head with a dark mouth whose position and shape encode the label, uint8 [48, 48]."""
    y, x = np.mgrid[-1:1:48j, -1:1:48j]
    cx, cy = generator.uniform(-0.1, 0.1, 2)
    head = 60 + 120 * np.exp(-(((x - cx) / 0.8) ** 2 + ((y - cy) / 0.9) ** 2) ** 2)
    angle = 2 * np.pi * label / 7
    mouth = np.exp(-(((x - cx - 0.4 * np.cos(angle)) / 0.3) ** 2 + ((y - cy - 0.4 * np.sin(angle)) / 0.15) ** 2))
    picture = head - 110 * mouth + generator.normal(0, 12, (48, 48))
    return np.asarray(picture.clip(0, 255), dtype=np.uint8)


def write_data(folder: Path, train: int = 70, valid: int = 28) -> Path:
    """Two sheets and their labels.csv; all but one of each face's votes agree with its label."""
    generator = np.random.default_rng(7)
    rows: list[dict[str, str | int]] = []
    folder.mkdir(parents=True, exist_ok=True)
    for usage, count in (("train", train), ("valid", valid)):
        sheet = np.zeros((48 * -(-count // 10), 480), np.uint8)
        for i in range(count):
            r, c, label = i // 10, i % 10, i % 7
            sheet[r * 48:r * 48 + 48, c * 48:c * 48 + 48] = drawn_face(label, generator)
            votes: dict[str, int] = dict.fromkeys(FERPLUS_COLUMNS, 0)
            votes[TO_COLUMN[EXPRESSIONS[label]]] = 9
            votes["unknown"] = 1
            rows.append({"sheet": f"{usage}-0.png", "row": r, "col": c, "usage": usage,
                         "fer2013": EXPRESSIONS[label], **votes})
        Image.fromarray(sheet).save(folder / f"{usage}-0.png")
    write_rows(folder, rows)
    return folder


def write_rows(folder: Path, rows: list[dict[str, str | int]]) -> None:
    with (folder / "labels.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


def read_rows(folder: Path) -> list[dict[str, str | int]]:
    with (folder / "labels.csv").open(newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]


def write_portraits(folder: Path, count: int = 14) -> None:
    """Drawn faces, enlarged to 96 pixels, as film stills of two old women and a young man."""
    folder.mkdir(parents=True)
    sheet = np.zeros((96, 96 * count), np.uint8)
    rows = []
    for i in range(count):
        face = Image.fromarray(drawn_face(i % 7, np.random.default_rng(i))).resize((96, 96))
        sheet[:, 96 * i:96 * i + 96] = np.asarray(face)
        old = i % 2 == 0
        rows.append({"sheet": "film-0.png", "row": 0, "col": i, "label": EXPRESSIONS[i % 7], "subject": f"f{i % 3}",
                     "gender": "FEMALE" if old else "MALE", "age": "OLD" if old else "YOUNG", "illumination": "HIGH"})
    Image.fromarray(sheet).save(folder / "film-0.png")
    with (folder / "labels.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def write_photographs(folder: Path) -> None:
    for i, name in enumerate(EXPRESSIONS):
        (folder / name).mkdir(parents=True)
        Image.fromarray(drawn_face(i, np.random.default_rng(i))).resize((120, 120)).save(folder / name / "a.jpg")


def foreign_arguments(root: Path) -> list[str]:
    """Writes drawn sets for `training.transfer`; returns its arguments."""
    for name in ("ck48", "taiwanese"):
        folder = write_data(root / "transfer" / name, train=7, valid=21)
        write_rows(folder, [{**r, "usage": name if r["usage"] == "valid" else "weak"} for r in read_rows(folder)])
    write_photographs(root / "photos")
    write_portraits(root / "film")
    return ["--transfer", str(root / "transfer"), "--photos", str(root / "photos"), "--film", str(root / "film"), "--levels"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_data(tmp_path / "data")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Five short epochs of the smallest plan, with a fast-moving average."""
    path = tmp_path / "tiny.toml"
    path.write_text('plan = "mien-xs"\nepochs = 5\nbatch_size = 32\nlearning_rate = 0.02\nema_decay = 0.5\n')
    return path


@pytest.fixture
def without_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes empty files instead of figures, which take half a second each to draw."""
    monkeypatch.setattr("training.eval.plots.save_figure", lambda figure, path: path.touch())


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Data and folder of a complete run, for tests that only read."""
    from training.train import main

    root = tmp_path_factory.mktemp("trained")
    folder = write_data(root / "data")
    path = root / "tiny.toml"
    path.write_text('plan = "mien-xs"\nepochs = 5\nbatch_size = 32\nlearning_rate = 0.02\nema_decay = 0.5\n')
    main(["--config", str(path), "--data", str(folder), "--out", str(root / "run"), "--threads", "1"])
    return folder, root / "run"
