"""The complete training set of a run: FER2013's faces and, depending on its config, press photographs and synthesised faces.

Each target row sums to the face's weight in that head's loss; a row of zeros excludes a face from a head.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F

from ..config import Config
from ..data.dataset import Faces
from ..data.portraits import load_portraits
from ..errors import TrainingError
from ..labels import EXPRESSIONS
from ..made import Made, load_made
from ..model.network import ExpressionNetwork
from .targets import CLASSES, mirrored_logits

NEUTRAL = EXPRESSIONS.index("neutral")
# Press labels are noisy: targets are half the smoothed label, half the prediction of the model that the run starts from.
PRESS_LABEL_SHARE = 0.5
PRESS_SMOOTHING = 0.1


@dataclass(frozen=True)
class TrainingSet:
    """images: uint8 [n, 48, 48]. targets: FER2013 head [n, 7], FER+ head [n, 7], and weights [n] of the second."""

    images: torch.Tensor
    targets: list[torch.Tensor]


def training_set_of(faces: Faces, targets: list[torch.Tensor], config: Config, press: Path, earlier: ExpressionNetwork | None) -> TrainingSet:
    """FER2013's faces with their targets (`targets_of`, `refined`), and the config's additional sets.

    earlier: the network that the run starts from. Raises TrainingError if press faces are requested without one.
    """
    hard, soft, weight = targets
    images, device = [faces.images], faces.images.device
    parts = [(hard, soft, weight)]
    if config.press_weight:
        if earlier is None:
            raise TrainingError("press_weight needs start_from, whose predictions half of the press targets come from")
        portraits = load_portraits(press)
        crops = portraits.crops().to(device)
        label = F.one_hot(portraits.labels, CLASSES).float().to(device) * (1 - PRESS_SMOOTHING) + PRESS_SMOOTHING / CLASSES
        predictions = mirrored_logits(earlier, crops)["ferplus"].softmax(1)
        mixed = PRESS_LABEL_SHARE * label + (1 - PRESS_LABEL_SHARE) * predictions
        images.append(crops)
        parts.append((torch.zeros_like(mixed), mixed, torch.full((len(crops),), config.press_weight, device=device)))
    for path in config.made:
        made = load_made(Path(path))
        intended = intended_targets(made).to(device)
        images.append(made.images.to(device))
        parts.append((config.made_fer2013_weight * intended, intended,
                      torch.full((len(intended),), config.made_ferplus_weight, device=device)))
    return TrainingSet(torch.cat(images), [torch.cat([part[i] for part in parts]) for i in range(3)])


def intended_targets(made: Made) -> torch.Tensor:
    """Targets [n, 7] by strength: an expression at a third of its strength has about a third of the probability, the rest is mostly neutral."""
    named = (0.15 + 0.8 * made.strengths).clamp(0.3, 0.92)
    named = torch.where(made.labels == NEUTRAL, torch.full_like(named, 0.94), named)
    result = torch.zeros(len(named), CLASSES).scatter_(1, made.labels[:, None], named[:, None])
    expressive = made.labels != NEUTRAL
    result[expressive, NEUTRAL] += 0.7 * (1 - named[expressive])
    return result + ((1 - result.sum(1)) / CLASSES)[:, None]
