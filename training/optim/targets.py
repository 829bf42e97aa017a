"""Training targets: both kinds of labels, and their weights."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from ..data.dataset import Faces, duplicate_groups
from ..eval.metrics import predict
from ..labels import EXPRESSIONS

CLASSES = len(EXPRESSIONS)


def targets_of(faces: Faces, smoothing: float) -> list[torch.Tensor]:
    """Smoothed FER2013 targets [n, 7], FER+ targets [n, 7] and their weights [n]."""
    hard = F.one_hot(faces.fer2013, CLASSES).float() * (1 - smoothing) + smoothing / CLASSES
    soft, weight = faces.ferplus_targets()
    return [hard, soft, weight]


def mirrored_logits(model: nn.Module, images: torch.Tensor) -> dict[str, torch.Tensor]:
    """Logits [n, 7] of each head for uint8 images [n, 48, 48], averaged over each face and its mirror image."""
    plain, mirrored = predict(model, images), predict(model, images.flip(2))
    return {head: (value + mirrored[head]) / 2 for head, value in plain.items()}


def refined(
    faces: Faces, earlier: dict[str, torch.Tensor], share: float, prior_votes: float, seed: int
) -> list[torch.Tensor]:
    """Targets in the form of `targets_of`, with label noise reduced by the predictions of an earlier network.

    earlier: logits [n, 7] of each of its heads for these faces.
    share: 0-1, how far each FER2013 label is replaced by its probability given the face's *votes* and
      these logits. That probability has information that the student lacks (Lopez-Paz et al., "Unifying
      distillation and privileged information", ICLR 2016). It is fitted on other fifths of the faces, near-duplicates
      kept together; but the earlier network may have been trained on the label, so the label is not fully unseen.
    prior_votes: weight of the FER+ head's prediction, in votes beside the ten human ones.
    """
    posterior = cross_fitted(_evidence(faces, earlier), faces.fer2013, duplicate_groups(faces), seed)
    hard = (1 - share) * F.one_hot(faces.fer2013, CLASSES).float() + share * posterior
    soft, weight = faces.ferplus_targets()
    votes = soft * agreed_votes(faces)[:, None] + prior_votes * earlier["ferplus"].softmax(1)
    return [hard, votes / votes.sum(1, keepdim=True).clamp(min=1e-6), weight]


def agreed_votes(faces: Faces) -> torch.Tensor:
    """Number of votes [n] behind the FER+ targets: for one of the seven expressions, single ones excluded."""
    votes = faces.expression_votes()
    return torch.where(votes > 1, votes, torch.zeros_like(votes)).sum(1)


def cross_fitted(
    evidence: torch.Tensor, labels: torch.Tensor, groups: torch.Tensor, seed: int, folds: int = 5
) -> torch.Tensor:
    """Probabilities [n, 7] of the labels given the evidence [n, k], each fold predicted by a fit on the others.

    groups: int64 [n], each below n; faces of one group share a fold.
    """
    device = evidence.device
    fold = torch.randint(folds, (len(labels),), generator=torch.Generator().manual_seed(seed))[groups.cpu()].to(device)
    result = torch.zeros(len(labels), CLASSES, device=device)
    for k in range(folds):
        here = fold == k
        result[here] = _fit_and_predict(evidence[~here], labels[~here], evidence[here], seed + k)
    return result


def _evidence(faces: Faces, earlier: dict[str, torch.Tensor]) -> torch.Tensor:
    share = faces.votes / faces.votes.sum(1, keepdim=True).clamp(min=1)
    return torch.cat([earlier["fer2013"], earlier["ferplus"], share, share.sqrt(), (share > 0.5).float()], 1)


def _fit_and_predict(x: torch.Tensor, y: torch.Tensor, unseen: torch.Tensor, seed: int, epochs: int = 30) -> torch.Tensor:
    """Probabilities from a small perceptron trained on standardised columns."""
    with torch.random.fork_rng(devices=[x.device] if x.is_cuda else []):
        torch.manual_seed(seed)
        net = nn.Sequential(nn.Linear(x.shape[1], 96), nn.ReLU(), nn.Dropout(0.3), nn.Linear(96, CLASSES)).to(x.device)
        optimiser = torch.optim.AdamW(net.parameters(), weight_decay=1e-2)
        mean, deviation = x.mean(0), x.std(0) + 1e-6
        for epoch in range(epochs):
            for group in optimiser.param_groups:
                group["lr"] = 2e-3 * (1 - epoch / epochs)
            for batch in torch.randperm(len(x), device=x.device).split(512):
                loss = F.cross_entropy(net((x[batch] - mean) / deviation), y[batch])
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
        net.eval()
        with torch.no_grad():
            return net((unseen - mean) / deviation).softmax(1)
