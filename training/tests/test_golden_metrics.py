"""Golden metrics, shared with the app: src/lab/metrics/metrics.test.ts reads the same files."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import torch

from training.data.dataset import Faces
from training.eval.metrics import calibration, report
from training.labels import FERPLUS_COLUMNS

HERE = Path(__file__).parent
# Computed with scikit-learn and SciPy.
GOLDEN: dict[str, Any] = json.loads((HERE / "golden-metrics.json").read_text())


@pytest.mark.parametrize("model", ["a", "b"])
def test_metrics_match_golden_values(model: str) -> None:
    with (HERE / "golden-answers.csv").open() as file:
        rows = list(csv.DictReader(file))
    labels = torch.tensor([int(row["label"]) for row in rows])
    probabilities = torch.tensor([[float(row[f"{model}{k}"]) for k in range(7)] for row in rows], dtype=torch.float64)
    n = len(rows)
    unvoted = Faces(torch.zeros(n, 48, 48, dtype=torch.uint8), torch.zeros(n, dtype=torch.int64), torch.zeros(n, len(FERPLUS_COLUMNS)))
    expected = GOLDEN[model]
    r, c = report(probabilities, labels), calibration(probabilities, labels, unvoted)
    assert (r.count, r.confusion) == (expected["count"], expected["confusion"])
    assert r.accuracy == pytest.approx(expected["accuracy"])
    assert r.interval == pytest.approx(expected["interval"], abs=1e-5)
    assert r.macro_f1 == pytest.approx(expected["macro_f1"])
    assert [row["recall"] for row in r.per_class.values()] == pytest.approx(expected["recall"])
    assert [count for count, _, _ in c.bins] == expected["bins"]
    assert c.ece == pytest.approx(expected["ece"])
    assert c.brier == pytest.approx(expected["brier"])
    assert c.nll == pytest.approx(expected["nll"], abs=1e-4)
