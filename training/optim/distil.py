"""Teachers: larger or earlier networks whose outputs for the same augmented crops the student learns."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F

from ..model.network import ExpressionNetwork
from ..model.tfjs import load_tfjs_model
from .checkpoint import averaged_network

Logits = dict[str, torch.Tensor]


def load_network(path: Path) -> ExpressionNetwork:
    """A trained network: the averaged one of a checkpoint file, or an exported model's folder."""
    return load_tfjs_model(path) if path.is_dir() else averaged_network(path)


class Teachers:
    """Several networks used as an ensemble."""

    def __init__(self, paths: tuple[str, ...], device: torch.device) -> None:
        loaded = [load_network(Path(p)).to(device) for p in paths]
        self._networks = [network.to(memory_format=torch.channels_last) for network in loaded]  # pyright: ignore[reportCallIssue]

    @torch.no_grad()
    def answer(self, x: torch.Tensor, temperature: float) -> Logits:
        """Mean softened probabilities [n, 7] of each head for standardised crops [n, 1, 48, 48].

        Each network sees the crops or their mirror images, chosen by the global generator: over many batches the
        student learns the mean of both, which is more accurate than either, at the cost of one.
        """
        answers = [
            {h: (v.float() / temperature).softmax(1) for h, v in net(x.flip(3) if torch.rand(()) < 0.5 else x).items()}
            for net in self._networks
        ]
        return {head: torch.stack([a[head] for a in answers]).mean(0) for head in answers[0]}


def distillation_loss(logits: Logits, answer: Logits, temperature: float) -> torch.Tensor:
    """Kullback-Leibler divergence from the teachers' softened answer, summed over the heads.

    Multiplied by temperature squared, which preserves the gradient's scale (Hinton et al., "Distilling the Knowledge in
    a Neural Network", 2015).
    """
    parts = [
        F.kl_div(F.log_softmax(value.float() / temperature, 1), answer[head], reduction="batchmean")
        for head, value in logits.items()
    ]
    return torch.stack(parts).sum() * temperature**2
