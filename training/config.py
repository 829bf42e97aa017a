"""One TOML file describes one model; unknown keys are errors, so a typo cannot train for hours."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, asdict, dataclass, field, fields
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
    # The last `finale_epochs` are augmented by `finale` instead: gentler, so that the averaged weights
    # settle on pictures like real ones (the idea of YOLOX, Ge et al. 2021, for mixup and mosaic).
    finale_epochs: int = 0
    finale: Augmentation = field(default_factory=Augmentation)

    def augmentation_of(self, epoch: int) -> Augmentation:
        """What augments this epoch, counted from 0."""
        return self.finale if epoch >= self.epochs - self.finale_epochs else self.augmentation


def load_config(name: str) -> Config:
    """Reads `configs/<name>.toml`, or the file at a path that ends in .toml."""
    path = Path(name) if name.endswith(".toml") else CONFIGS / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in CONFIGS.glob("*.toml")))
        raise TrainingError(f"no config '{name}'; known: {known}")
    try:
        values = tomllib.loads(path.read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TrainingError(f"{path.name}: {error}") from error
    tables = {key: _checked(Augmentation, values.pop(key, {}), path.name) for key in ("augmentation", "finale")}
    config: Config = _checked(Config, {**values, **tables}, path.name)
    if config.schedule not in ("one-cycle", "plateau"):
        raise TrainingError(f"{path.name}: schedule must be 'one-cycle' or 'plateau'")
    if min(config.epochs, config.batch_size, config.patience) < 1:
        raise TrainingError(f"{path.name}: epochs, batch_size and patience must be at least 1")
    return config


def same_config(saved: dict[str, Any], config: Config) -> bool:
    """Whether a checkpoint's config is this one; keys younger than the checkpoint count as their default."""
    defaults = asdict(Config(plan=config.plan))
    tables = {key: {**defaults[key], **saved.get(key, {})} for key in ("augmentation", "finale")}
    return {**defaults, **saved, **tables} == asdict(config)


def _checked(kind: type, values: Any, where: str) -> Any:
    """Builds a dataclass from a TOML table whose keys and kinds of value it has checked."""
    if not isinstance(values, dict):
        raise TrainingError(f"{where}: [{kind.__name__.lower()}] must be a table")
    known = {f.name: f for f in fields(kind)}
    unknown = set(values) - set(known)
    if unknown:
        raise TrainingError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    missing = [n for n, f in known.items() if n not in values and f.default is MISSING and f.default_factory is MISSING]
    if missing:
        raise TrainingError(f"{where}: missing key {', '.join(missing)}")
    for name, value in values.items():
        wanted = known[name].type
        fits = {"int": (int,), "float": (int, float), "str": (str,)}.get(str(wanted), (object,))
        if not isinstance(value, fits) or isinstance(value, bool):
            raise TrainingError(f"{where}: {name} must be of type {wanted}, not {value!r}")
        if name.endswith("_p") and not 0 <= value <= 1:
            raise TrainingError(f"{where}: {name} is a probability, not {value}")
    return kind(**values)
