"""Mixes the heads' outputs into the app's output: the same arithmetic as `src/engine/mixing.ts`.

Each head's probabilities are divided by the class prior of its labels, raised to a power: a network trained on votes, 36 % of which are
neutral and 2 % fear, is otherwise biased towards frequent classes (Saerens et al., "Adjusting the outputs of a classifier to
new a priori probabilities", Neural Computation 2002). Then the heads are weighted, on probabilities or logarithms, and a temperature applied.
The rule is data, stored in the card of every exported model. `Sensitivity` in the app selects one of its levels.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import torch

from ..errors import TrainingError
from ..labels import EXPRESSIONS

LEVELS = ("cautious", "balanced", "eager")
DEFAULT_LEVEL = "balanced"


@dataclass(frozen=True)
class Level:
    """power: strength of the prior correction (0 none, 1 full). temperature: below 1 sharpens."""

    power: float
    temperature: float


@dataclass(frozen=True)
class Mixing:
    """on: "probabilities" (weighted mean) or "logarithms" (weighted product). shares: head -> 0-1, summing to 1.

    priors: head -> the seven class shares of its training labels. levels: one for each of LEVELS.
    """

    on: str
    shares: dict[str, float]
    priors: dict[str, list[float]]
    levels: dict[str, Level]

    def apply(self, logits: dict[str, torch.Tensor], level: str = DEFAULT_LEVEL) -> torch.Tensor:
        """Probabilities [n, 7] from each head's logits [n, 7]."""
        chosen = self.levels[level]
        total: torch.Tensor | None = None
        for head, share in self.shares.items():
            prior = torch.tensor(self.priors[head], dtype=logits[head].dtype, device=logits[head].device)
            adjusted = (logits[head] - chosen.power * prior.log()).log_softmax(1)
            part = share * (adjusted.exp() if self.on == "probabilities" else adjusted)
            total = part if total is None else total + part
        assert total is not None
        mixed = total.clamp(min=1e-30).log() if self.on == "probabilities" else total
        return (mixed / chosen.temperature).softmax(1)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def mixing_from(value: Any) -> Mixing:
    """Parses the output of `to_json`. Raises TrainingError if it is invalid."""
    try:
        levels = {name: Level(float(v["power"]), float(v["temperature"])) for name, v in value["levels"].items()}
        shares = {str(head): float(share) for head, share in value["shares"].items()}
        priors = {head: [float(p) for p in value["priors"][head]] for head in shares}
        fits = (
            value["on"] in ("probabilities", "logarithms") and set(levels) == set(LEVELS)
            and all(len(p) == len(EXPRESSIONS) and min(p) > 0 for p in priors.values())
            and all(level.temperature > 0 for level in levels.values()) and abs(sum(shares.values()) - 1) < 1e-6
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TrainingError(f"invalid mixing rule ({type(error).__name__}: {error})") from error
    if not fits:
        raise TrainingError("invalid mixing rule: shares, priors or levels do not match")
    return Mixing(value["on"], shares, priors, levels)


# Class shares of FER2013's training faces by its own labels and by FER+ votes (single votes dropped).
PRIORS = {
    "fer2013": [0.1384, 0.0136, 0.1413, 0.2570, 0.1711, 0.1023, 0.1763],
    "ferplus": [0.0873, 0.0112, 0.0308, 0.2667, 0.1445, 0.1196, 0.3399],
}
# Chosen by transfer score and FER+ mean recall among 197 combinations of two powers, shares and both ways to mix,
# each evaluated on 1.6.0's faces and their mirror images.
SHARES = {"fer2013": 0.3, "ferplus": 0.7}
POWERS = {"cautious": 0.5, "balanced": 1.0, "eager": 1.25}
# Default without a card: for a running training, before temperatures are fitted.
UNCALIBRATED = Mixing("probabilities", SHARES, PRIORS, {name: Level(power, 1.0) for name, power in POWERS.items()})
