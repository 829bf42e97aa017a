"""One TOML file per model. Unknown keys are errors, so that a typo cannot waste hours of training."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from .data.augment import Augmentation
from .errors import TrainingError

CONFIGS = Path(__file__).parent / "configs"
SCHEDULES = ("one-cycle", "plateau", "trapezoid")


@dataclass(frozen=True)
class Config:
    """Settings of a run besides the data. Learning rates are per step of SGD with Nesterov momentum."""

    plan: str
    seed: int = 1
    epochs: int = 50
    batch_size: int = 128
    learning_rate: float = 0.12
    weight_decay: float = 5e-4
    # Applies to FER2013's own labels; refined ones are already soft.
    label_smoothing: float = 0.08
    ferplus_weight: float = 1.0
    ema_decay: float = 0.998
    # "one-cycle"; "plateau": halve the rate after `patience` epochs without a better accuracy; or
    # "trapezoid": flat, then down to zero over the last `fall_epochs`.
    schedule: str = "one-cycle"
    fall_epochs: int = 8
    patience: int = 5
    # Stop after this many epochs without better accuracy, and keep the best epoch; 0 disables early stopping.
    early_stop: int = 0
    # Folder of an exported model to start from instead of random weights.
    start_from: str = ""
    # How far that model's predictions refine the labels; see `targets.refined`. 0 and 0 disable it.
    refined_share: float = 0.0
    prior_votes: float = 0.0
    # Weight of press photographs in the FER+ head's loss, relative to 1 for a FER2013 face; 0 excludes them.
    press_weight: float = 0.0
    # Files of `training.made`, and the weight of their faces in each head's loss.
    made: tuple[str, ...] = ()
    made_fer2013_weight: float = 0.3
    made_ferplus_weight: float = 1.0
    # Networks (checkpoints or exported folders) whose outputs the student learns along with the labels.
    teachers: tuple[str, ...] = ()
    # The labels have weight 1 minus this.
    distil_weight: float = 0.7
    distil_temperature: float = 3.0
    # Each step uses the gradient at this distance uphill; see `sharpness.Norms`. 0 uses the gradient at the current weights.
    sharpness_radius: float = 0.0
    augmentation: Augmentation = field(default_factory=Augmentation)
    # The last `finale_epochs` use the gentler augmentation `finale`, so that the averaged weights settle on
    # realistic pictures (the idea of YOLOX, Ge et al. 2021, for mixup and mosaic).
    finale_epochs: int = 0
    finale: Augmentation = field(default_factory=Augmentation)

    def augmentation_of(self, epoch: int) -> Augmentation:
        """Augmentation of an epoch, counted from 0."""
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
    for key in ("teachers", "made"):
        if isinstance(values.get(key), list):
            values[key] = tuple(values[key])
    config: Config = _checked(Config, {**values, **tables}, path.name)
    if config.schedule not in SCHEDULES:
        raise TrainingError(f"{path.name}: schedule must be one of {', '.join(SCHEDULES)}")
    if min(config.epochs, config.batch_size, config.patience, config.fall_epochs) < 1:
        raise TrainingError(f"{path.name}: epochs, batch_size, patience and fall_epochs must be at least 1")
    if (config.refined_share or config.prior_votes) and not config.start_from:
        raise TrainingError(f"{path.name}: refined_share and prior_votes need start_from, whose predictions they use")
    return config


def same_config(saved: dict[str, Any], config: Config) -> bool:
    """Whether a checkpoint's config equals this one; keys missing from the checkpoint count as their default.

    A trapezoid may change its number of epochs, since its flat part does not depend on the end.
    """
    defaults = asdict(Config(plan=config.plan))
    tables = {key: {**defaults[key], **saved.get(key, {})} for key in ("augmentation", "finale")}
    before = {**defaults, **saved, **tables}
    if config.schedule == "trapezoid":
        before["epochs"] = config.epochs
    return before == asdict(config)


def _checked(kind: type, values: Any, where: str) -> Any:
    """Builds a dataclass from a TOML table after checking its keys and value types."""
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
        if str(wanted).startswith("tuple") and not (isinstance(value, tuple) and all(isinstance(v, str) for v in value)):
            raise TrainingError(f"{where}: {name} must be a list of strings")
        if not isinstance(value, fits) or isinstance(value, bool):
            raise TrainingError(f"{where}: {name} must be of type {wanted}, not {value!r}")
        if name.endswith("_p") and not (isinstance(value, int | float) and 0 <= value <= 1):
            raise TrainingError(f"{where}: {name} is a probability, not {value}")
    return kind(**values)
