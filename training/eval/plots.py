"""Figures: every PNG has a JSON file with the same numbers.

Colours are Okabe and Ito's, distinguishable with colour vision deficiencies; lines also differ in their markers.
"""

from __future__ import annotations

import csv
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from ..errors import TrainingError
from ..files import atomic_write, write_json
from ..labels import EXPRESSIONS
from .metrics import Calibration, Report

BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#666666"
NAMES = {
    "fer2013": "FER2013 head, FER2013 labels", "ferplus": "FER+ head, FER+ majority",
    "balanced": "balanced head, FER+ majority",
    "mean_fer2013": "as shown, FER2013 labels", "mean_ferplus": "as shown, FER+ majority",
}


def write_run_report(out: Path, final: dict[str, Report]) -> None:
    """Writes a run's curves, confusion matrices and per-class tables into its folder, as PNG and JSON."""
    rows = read_log(out / "log.csv")
    save_figure(curves(rows), out / "curves.png")
    write_json(out / "curves.json", rows)
    write_reports(out, final)


def write_reports(out: Path, final: dict[str, Report], more: dict[str, Any] | None = None) -> None:
    """Writes report.json, including `more`, and each output's confusion matrix and table."""
    write_json(out / "report.json", (more or {}) | {name: asdict(report) for name, report in final.items()})
    for name, report in final.items():
        save_figure(confusion(report, NAMES[name]), out / f"confusion-{name}.png")
        save_figure(classes(report, NAMES[name]), out / f"classes-{name}.png")


def read_log(path: Path) -> list[dict[str, float]]:
    """Rows of a run's log.csv; columns that were added later are missing in earlier rows."""
    try:
        with path.open(newline="") as file:
            return [{k: float(v) for k, v in row.items() if v} for row in csv.DictReader(file)]
    except FileNotFoundError as error:
        raise TrainingError(f"{path} is missing: the run has no curve to draw") from error
    except (TypeError, ValueError) as error:
        raise TrainingError(f"{path} is damaged: {error}") from error


def curves(rows: list[dict[str, float]]) -> Figure:
    """Accuracy, loss and learning rate by epoch."""
    figure = Figure(figsize=(12, 4.2), layout="constrained")
    panels = figure.subplots(1, 3)

    def line(panel: Any, key: str, label: str, colour: str, style: str = "-") -> None:
        points = [(r["epoch"], r[key]) for r in rows if key in r]
        if points:
            panel.plot([x for x, _ in points], [y for _, y in points], style, color=colour, label=label,
                       marker="o" if len(points) == 1 else None)

    for head, label, colour in (("ferplus", "FER+", BLUE), ("fer2013", "FER2013", ORANGE)):
        line(panels[0], f"{head}_accuracy", f"{label} accuracy", colour)
        line(panels[0], f"{head}_macro_f1", f"{label} macro-F1", colour, "--")
    line(panels[1], "loss", "training (minimised)", GREY, "--")
    line(panels[1], "valid_loss", "valid", BLUE)
    line(panels[2], "learning_rate", "learning rate", GREEN)
    for panel, title in zip(panels, ("Averaged weights on valid", "Loss of both heads", "Learning rate")):
        panel.set(title=title, xlabel="epoch")
        panel.xaxis.get_major_locator().set_params(integer=True)
        panel.grid(alpha=0.3)
        if panel is not panels[2]: # a single line, named by the title
            panel.legend(frameon=False, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.15))
    panels[0].yaxis.set_major_formatter(lambda v, _: f"{100 * v:.0f} %")
    return figure


def confusion(report: Report, title: str) -> Figure:
    """Share of predictions per true class (rows add up to 100 %), with counts."""
    counts = np.array(report.confusion)
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    figure = Figure(figsize=(7.6, 6.6), layout="constrained")
    panel = figure.subplots()
    image = panel.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for i, j in np.ndindex(*counts.shape):
        panel.text(j, i, f"{100 * shares[i, j]:.0f} %\n{counts[i, j]}", ha="center", va="center", fontsize=9,
                   color="white" if shares[i, j] > 0.55 else "black")
    ticks = range(len(EXPRESSIONS))
    panel.set_xticks(ticks, EXPRESSIONS, rotation=30)
    panel.set_yticks(ticks, [f"{name} ({n})" for name, n in zip(EXPRESSIONS, counts.sum(1))])
    panel.set(xlabel="predicted", ylabel="labelled")
    figure.suptitle(f"{title}\n{describe(report)}", fontsize=11)
    figure.colorbar(image, ax=panel, shrink=0.8, label="share of the labelled class")
    return figure


def describe(report: Report) -> str:
    """Accuracy with its interval, macro-F1 and count, in one line."""
    low, high = report.interval
    return (f"accuracy {100 * report.accuracy:.1f} % (95 %: {100 * low:.1f}-{100 * high:.1f}), "
            f"macro-F1 {100 * report.macro_f1:.1f}, {report.count} faces")


def classes(report: Report, title: str) -> Figure:
    """Precision, recall and F1 of each class as dots, with a table of the numbers."""
    figure = Figure(figsize=(9, 4), layout="constrained")
    panel, table = figure.subplots(1, 2, width_ratios=(3, 2))
    y = np.arange(len(EXPRESSIONS))
    measures = (("precision", BLUE, "s"), ("recall", ORANGE, "o"), ("f1", GREEN, "D"))
    for measure, colour, marker in measures:
        values = [report.per_class[name][measure] for name in EXPRESSIONS]
        panel.plot(values, y, marker, color=colour, label="F1" if measure == "f1" else measure)
    panel.set_yticks(y, EXPRESSIONS)
    panel.set(xlim=(-0.02, 1.02), ylim=(len(y) - 0.5, -0.5), title=title)
    panel.xaxis.set_major_formatter(lambda v, _: f"{100 * v:.0f} %")
    panel.grid(alpha=0.3)
    panel.legend(frameon=False, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.1))
    cells = [[f"{100 * report.per_class[n][m]:.1f}" for m, _, _ in measures] + [f"{report.per_class[n]['count']:.0f}"]
             for n in EXPRESSIONS]
    table.axis("off")
    table.set_title(f"accuracy {100 * report.accuracy:.1f} %, macro-F1 {100 * report.macro_f1:.1f}", fontsize=10)
    cells_drawn = table.table(cells, rowLabels=EXPRESSIONS, colLabels=("precision", "recall", "F1", "faces"),
                              loc="center", cellLoc="right", bbox=(0.2, 0, 0.8, 1), edges="horizontal")
    for cell in cells_drawn.get_celld().values():
        cell.set_edgecolor("#cccccc")
    return figure


def reliability(before: dict[str, Calibration], after: dict[str, Calibration]) -> Figure:
    """Accuracy by confidence for each output, before and after calibration, above the share of faces."""
    figure = Figure(figsize=(4.2 * len(after), 5), layout="constrained")
    panels = figure.subplots(2, len(after), height_ratios=(3, 1), sharex=True, squeeze=False)
    for column, name in enumerate(after):
        top, bottom = panels[0][column], panels[1][column]
        top.plot((0, 1), (0, 1), color=GREY, linewidth=1, linestyle=":")
        for state, measured, colour, marker in (("before", before, ORANGE, "s"), ("after", after, BLUE, "o")):
            # A bin of few faces is uninformative and would attract attention.
            points = [(c, a) for n, c, a in measured[name].bins if n >= 10]
            top.plot([c for c, _ in points], [a for _, a in points], color=colour, marker=marker,
                     linestyle="--" if state == "before" else "-",
                     label=f"{state}: ECE {100 * measured[name].ece:.1f} %")
        top.set(title=NAMES.get(name, name), ylabel="accuracy", xlim=(0, 1), ylim=(0, 1))
        top.grid(alpha=0.3)
        top.legend(frameon=False, loc="upper left")
        counts = [n for n, _, _ in after[name].bins]
        width = 1 / len(counts)
        bottom.bar([(i + 0.5) * width for i in range(len(counts))], counts, width * 0.9, color=BLUE)
        bottom.set(xlabel="confidence", ylabel="faces")
    return figure


def robustness(sweeps: dict[str, list[dict[str, float]]]) -> Figure:
    """Accuracy of each output along each sweep; rows hold `at` and one share per output."""
    figure = Figure(figsize=(4 * len(sweeps), 3.8), layout="constrained")
    panels = figure.subplots(1, len(sweeps), sharey=True, squeeze=False)[0]
    for panel, (name, rows) in zip(panels, sweeps.items()):
        for key, colour, marker in (("mean_ferplus", GREEN, "D"), ("ferplus", BLUE, "o"), ("fer2013", ORANGE, "s")):
            panel.plot([r["at"] for r in rows], [100 * r[key] for r in rows], color=colour, marker=marker,
                       markersize=4, label=NAMES[key])
        panel.set(title=name)
        panel.grid(alpha=0.3)
    panels[0].set(ylabel="accuracy, %")
    panels[0].legend(frameon=False, fontsize=8)
    return figure


def save_figure(figure: Figure, path: Path) -> None:
    with atomic_write(path) as partial:
        figure.savefig(partial, dpi=110)
