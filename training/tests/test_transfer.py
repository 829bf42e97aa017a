"""Foreign sets, the transfer score and its intervals, on drawn faces."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from training import transfer
from training.data.portraits import load_portraits
from training.errors import TrainingError
from training.transfer import ForeignSet, coverage, photographs, recall_interval, row, transfer_score

from .conftest import foreign_arguments, write_data, write_portraits
from .test_face_api import write_weights


def test_command_prints_and_writes_the_table(
    trained: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sets = foreign_arguments(tmp_path)
    write_weights(tmp_path, [0.1] * 6 + [0.2])
    transfer.main(["--checkpoint", str(trained[1] / "checkpoint.pt"), "--data", str(trained[0]), *sets, "--views",
                   "--face-api", str(tmp_path), "--out", str(tmp_path / "out")])
    written = json.loads((tmp_path / "out" / "transfer.json").read_text())
    assert set(written["outputs"]) == {"fer2013", "ferplus", "shown", "shown, cautious", "shown, eager", "face-api"}
    assert written["outputs"]["face-api"]["CK+ peak"]["recall"] == pytest.approx(1 / 7)
    shown = written["outputs"]["shown"]
    assert shown["CK+ peak"]["faces"] == 21 and shown["photographs"]["people"] == 7
    recalls = [shown[name]["recall"] for name in ("CK+ peak", "Taiwanese, clear", "photographs")]
    assert written["score"]["shown"] == pytest.approx(sum(recalls) / 3)
    old = next(g for g in written["film"] if g["value"] == "old")
    assert old["people"] == 3 and old["happyFaces"] + old["neutralFaces"] == 2
    printed = capsys.readouterr().out
    assert "transfer score" in printed and "film gender" in printed


def test_transfer_score_needs_all_three_sets() -> None:
    assert transfer_score({"CK+ peak": {"recall": 1.0}}) is None


def test_recall_interval_resamples_people() -> None:
    labels = torch.arange(7).repeat(40)
    right = labels.clone()
    wrong = torch.where(torch.arange(280) % 2 == 0, labels, (labels + 1) % 7)
    alone = [str(i) for i in range(280)]
    assert recall_interval(right, labels, alone) == (1.0, 1.0)
    low, high = recall_interval(wrong, labels, alone)
    assert low < 0.5 < high and high - low < 0.2
    # Four people, two of them always classified correctly: 280 pictures of them are little evidence.
    people = [str(i // 70) for i in range(280)]
    by_person = torch.where(torch.arange(280) < 140, labels, (labels + 1) % 7)
    low, high = recall_interval(by_person, labels, people)
    assert low == 0 and high == 1


def test_mean_recall_weights_expressions_equally() -> None:
    labels = torch.tensor([6] * 90 + [2] * 10)
    probabilities = torch.nn.functional.one_hot(torch.full((100,), 6), 7).float()
    given = ForeignSet("x", torch.zeros(100, 48, 48, dtype=torch.uint8), labels, [str(i) for i in range(100)])
    figures = row(probabilities, given)
    assert figures["accuracy"] == pytest.approx(0.9) and figures["recall"] == pytest.approx(0.5)
    assert figures["perClass"] == {"fear": [0, 10], "neutral": [90, 90]}


def test_coverage_keeps_the_most_confident_faces() -> None:
    confidence = torch.linspace(0.95, 0.5, 10)
    probabilities = ((1 - confidence) / 6)[:, None].repeat(1, 7)
    probabilities[:, 0] = confidence
    labels = torch.tensor([0, 0, 0, 0, 0, 0, 0, 1, 1, 1]) # the three with the lowest confidence are wrong
    rows = {row["share"]: row for row in coverage(probabilities, labels, [str(i) for i in range(10)])}
    assert rows[1.0]["accuracy"] == pytest.approx(0.7) and rows[0.8]["accuracy"] == pytest.approx(7 / 8) and rows[0.5]["accuracy"] == 1
    assert rows[0.5]["from"] == pytest.approx(0.75)
    low, high = rows[0.8]["interval95"]
    assert rows[0.8]["faces"] == 8 and low < 7 / 8 < high
    # Two people, one of them always classified correctly: a sample of people may contain only one kind.
    rows = {row["share"]: row for row in coverage(probabilities, labels, ["a"] * 7 + ["b"] * 3)}
    assert rows[1.0]["interval95"] == [0, 1] and rows[0.5]["interval95"] == [1, 1]


def test_photographs_accepts_crops(tmp_path: Path) -> None:
    folder = write_data(tmp_path / "crops", train=14, valid=7)
    assert len(photographs(folder).labels) == 14
    with pytest.raises(TrainingError, match="no folder of photographs"):
        photographs(tmp_path)


def test_load_portraits_reports_the_invalid_line(tmp_path: Path) -> None:
    write_portraits(tmp_path / "film")
    table = tmp_path / "film" / "labels.csv"
    for before, after, message in (("film-0.png,0,3", "film-0.png,0,99", "line 5"), ("film-0.png,0,2", "none.png,0,2", "line 4"),
                                   (",happy,", ",cheerful,", "line 5")):
        text = table.read_text()
        table.write_text(text.replace(before, after, 1))
        with pytest.raises(TrainingError, match=message):
            load_portraits(tmp_path / "film")
        table.write_text(text)
    assert load_portraits(tmp_path / "film").crops().shape == (14, 48, 48)
