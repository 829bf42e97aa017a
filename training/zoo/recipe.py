"""A recipe defines the training of one seed network, following its project. Unknown keys are errors."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from ..config import CONFIGS
from ..errors import TrainingError

RECIPES = CONFIGS / "seeds"
OPTIMISERS = ("adam", "rmsprop")
LABELS = ("fer2013", "ferplus")


@dataclass(frozen=True)
class KerasAugmentation:
    """Like Keras's ImageDataGenerator, with uniform draws within each limit: degrees, shares of the side; plus two steps of seed 003."""

    rotation_deg: float = 0.0
    shear_deg: float = 0.0
    zoom: float = 0.0
    shift: float = 0.0
    mirror: bool = False
    closing_p: float = 0.0
    median_luminance_p: float = 0.0


@dataclass(frozen=True)
class Recipe:
    """claim: accuracy stated by the project, 0-1, or 0 for none. said: its documented training, for the card.

    decay: the learning rate is divided by 1 + decay x steps, as in Keras 2.0. plateau, early_stop: epochs without a lower loss on
    valid, 0 disables them. keep: "best" (lowest such loss) or "last".
    """

    said: str
    claimed: str
    claim: float = 0.0
    labels: str = "fer2013"
    seed: int = 1
    epochs: int = 50
    batch_size: int = 64
    optimiser: str = "adam"
    learning_rate: float = 1e-3
    decay: float = 0.0
    plateau: int = 0
    plateau_factor: float = 0.1
    least_rate: float = 0.0
    early_stop: int = 0
    keep: str = "best"
    augmentation: KerasAugmentation = field(default_factory=KerasAugmentation)


def load_recipe(model_id: str) -> Recipe:
    """Reads `configs/seeds/<id>.toml`. Raises TrainingError for a missing file, an unknown key, or an invalid value."""
    path = RECIPES / f"{model_id}.toml"
    if not path.is_file():
        raise TrainingError(f"no recipe for '{model_id}'; known: {', '.join(sorted(p.stem for p in RECIPES.glob('*.toml')))}")
    try:
        values = tomllib.loads(path.read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TrainingError(f"{path.name}: {error}") from error
    augmentation = _checked(KerasAugmentation, values.pop("augmentation", {}), path.name)
    recipe = _checked(Recipe, {**values, "augmentation": augmentation}, path.name)
    for key, known in (("optimiser", OPTIMISERS), ("labels", LABELS), ("keep", ("best", "last"))):
        if getattr(recipe, key) not in known:
            raise TrainingError(f"{path.name}: {key} must be one of {', '.join(known)}")
    return recipe


def same_recipe(saved: dict[str, Any], recipe: Recipe) -> bool:
    """Whether a checkpoint's recipe trains like this one; the number of epochs and the texts do not affect earlier epochs."""
    free = ("epochs", "said", "claimed", "claim")
    return {k: v for k, v in saved.items() if k not in free} == {k: v for k, v in asdict(recipe).items() if k not in free}


def _checked(kind: type, values: dict[str, Any], where: str) -> Any:
    unknown = set(values) - {f.name for f in fields(kind)}
    if unknown:
        raise TrainingError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    try:
        return kind(**values)
    except TypeError as error:
        raise TrainingError(f"{where}: {error}") from error
