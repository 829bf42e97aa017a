"""One TOML file describes one model; unknown keys are errors, so a typo cannot train for hours."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from .augment import Augmentation
from .errors import TrainingError

CONFIGS = Path(__file__).parent / "configs"


@dataclass(frozen=True)
class Config:
    """What a run depends on besides the data. Learning rates are per step of SGD with Nesterov momentum."""

    plan: str
    seed: int = 1
    epochs: int = 50
    batch_size: int = 128
    learning_rate: float = 0.12
    weight_decay: float = 5e-4
    label_smoothing: float = 0.08
    ferplus_weight: float = 1.0
    ema_decay: float = 0.998
    # "one-cycle", or "plateau": halve the rate after `patience` epochs without a better accuracy.
    schedule: str = "one-cycle"
    patience: int = 5
    # Stop after this many epochs without a better accuracy; 0 never stops early.
    early_stop: int = 0
    augmentation: Augmentation = field(default_factory=Augmentation)


def load_config(name: str) -> Config:
    """Reads `configs/<name>.toml`, or the file at a path that ends in .toml."""
    path = Path(name) if name.endswith(".toml") else CONFIGS / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in CONFIGS.glob("*.toml")))
        raise TrainingError(f"no config '{name}'; known: {known}")
    try:
        values = tomllib.loads(path.read_text())
    except tomllib.TOMLDecodeError as error:
        raise TrainingError(f"{path.name}: {error}") from error
    augmentation = _checked(Augmentation, values.pop("augmentation", {}), path.name)
    config: Config = _checked(Config, {**values, "augmentation": augmentation}, path.name)
    if config.schedule not in ("one-cycle", "plateau"):
        raise TrainingError(f"{path.name}: schedule must be 'one-cycle' or 'plateau'")
    return config


def _checked(kind: type, values: Any, where: str) -> Any:
    unknown = set(values) - {f.name for f in fields(kind)}
    if unknown:
        raise TrainingError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    return kind(**values)
