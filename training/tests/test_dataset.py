from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training.data.dataset import Faces, duplicate_groups, halves, load_faces, near_duplicates
from training.errors import TrainingError
from training.labels import EXPRESSIONS, FERPLUS_COLUMNS

from .conftest import drawn_face, read_rows, write_rows


def faces_of(images: list[np.ndarray]) -> Faces:
    n = len(images)
    return Faces(torch.from_numpy(np.stack(images)), torch.zeros(n, dtype=torch.int64), torch.zeros(n, 10))


def voted(**votes: float) -> Faces:
    row = torch.tensor([[votes.get(name, 0.0) for name in FERPLUS_COLUMNS]])
    return Faces(torch.zeros(1, 48, 48, dtype=torch.uint8), torch.zeros(1, dtype=torch.int64), row)


def test_load_faces_reads_pixels_and_labels(data: Path) -> None:
    faces = load_faces(data, "train")
    assert len(faces) == 70 and faces.images.shape == (70, 48, 48) and faces.images.dtype == torch.uint8
    sheet = np.asarray(Image.open(data / "train-0.png"))
    assert (faces.images[23].numpy() == sheet[96:144, 144:192]).all()
    assert faces.fer2013[:8].tolist() == [0, 1, 2, 3, 4, 5, 6, 0]
    assert (faces.expression_votes().argmax(1) == faces.fer2013).all()


@pytest.mark.parametrize(("column", "value", "message"), [
    ("fer2013", "bored", "'bored' is not one of angry, disgust"),
    ("row", "x", "invalid literal"),
    ("row", "99", "lies outside train-0.png"),
    ("col", "-1", "lies outside train-0.png"),
    ("sadness", "nan", "not a vote count"),
    ("sadness", "-2", "not a vote count"),
    ("sheet", "gone.png", "gone.png is missing"),
    ("sheet", "labels.csv", "cannot read the sheet"),
])
def test_load_faces_reports_invalid_rows(data: Path, column: str, value: str, message: str) -> None:
    rows = read_rows(data)
    rows[2][column] = value
    write_rows(data, rows)
    with pytest.raises(TrainingError, match=message) as caught:
        load_faces(data, "train")
    assert "\n" not in str(caught.value)


def test_load_faces_reports_a_truncated_sheet(data: Path) -> None:
    sheet = data / "valid-0.png"
    sheet.write_bytes(sheet.read_bytes()[:2000])
    with pytest.raises(TrainingError, match="valid-0.png"):
        load_faces(data, "valid")


def test_load_faces_reports_a_missing_table_column_or_usage(data: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="labels.csv is missing"):
        load_faces(tmp_path / "nowhere", "train")
    with pytest.raises(TrainingError, match="no face whose usage is 'test'"):
        load_faces(data, "test")
    table = data / "labels.csv"
    table.write_text(table.read_text().replace("fer2013", "emotion", 1))
    with pytest.raises(TrainingError, match="lacks the column fer2013"):
        load_faces(data, "train")
    table.write_bytes(b"\xff\xfe\x00sheet")
    with pytest.raises(TrainingError, match="not a CSV file"):
        load_faces(data, "train")


def test_single_votes_are_dropped() -> None:
    target, weight = voted(happiness=6, surprise=3, neutral=1).ferplus_targets()
    assert weight.item() == 1
    assert target[0, EXPRESSIONS.index("happy")].item() == pytest.approx(6 / 9)
    assert target[0, EXPRESSIONS.index("surprise")].item() == pytest.approx(3 / 9)
    assert target[0, EXPRESSIONS.index("neutral")].item() == 0
    assert voted(happiness=1, unknown=9).ferplus_targets()[1].item() == 0


def test_majority_needs_more_than_half_of_all_ten_votes() -> None:
    assert voted(fear=6, unknown=4).ferplus_majority().item() == EXPRESSIONS.index("fear")
    assert voted(fear=5, neutral=5).ferplus_majority().item() == -1
    assert voted(fear=4, contempt=6).ferplus_majority().item() == -1
    assert voted().ferplus_majority().item() == -1


def test_near_duplicates_include_mirrored_and_paler_copies() -> None:
    generator = np.random.default_rng(1)
    base = [drawn_face(i, generator) for i in range(7)]
    mirrored = base[1][:, ::-1].copy()
    paler = (base[5] * 0.6 + 40).astype(np.uint8)
    mask = near_duplicates(faces_of([mirrored, paler, base[3]]), faces_of([base[1], base[5], base[0]]))
    assert mask.tolist() == [True, True, False]


def test_halves_keep_duplicates_together() -> None:
    generator = np.random.default_rng(2)
    base = [drawn_face(i % 7, generator) for i in range(40)]
    # Unrelated textures on the drawn heads, so that only copies are similar.
    base = [np.clip(b + generator.normal(0, 60, (48, 48)), 0, 255).astype(np.uint8) for b in base]
    base = [np.repeat(np.repeat(b[::4, ::4], 4, 0), 4, 1) for b in base]
    faces = faces_of([*base, *(b[:, ::-1].copy() for b in base[:20])])
    groups = duplicate_groups(faces)
    assert (groups[:20] == groups[40:]).all() and len(groups.unique()) == 40
    for seed in range(8):
        first, second = halves(faces, seed)
        assert sorted([*first.tolist(), *second.tolist()]) == list(range(60))
        assert not set(groups[first].tolist()) & set(groups[second].tolist())
        assert abs(len(first) - len(second)) <= 2
    first = halves(faces, seed=7)[0]
    assert torch.equal(first, halves(faces, seed=7)[0]) and not torch.equal(first, halves(faces, seed=8)[0])
