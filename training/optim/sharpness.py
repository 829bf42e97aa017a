"""Sharpness-aware minimisation: uses the gradient at a point slightly uphill, which favours flat minima."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn


class Norms:
    """Scales and shifts of a network's batch norms, and their uphill step.

    Foret et al., "Sharpness-aware minimization for efficiently improving generalization", ICLR 2021; for norms only: Mueller et al.,
    "Normalization layers are all that sharpness-aware minimization needs", NeurIPS 2023.
    """

    def __init__(self, model: nn.Module) -> None:
        self._modules = [m for m in model.modules() if isinstance(m, nn.BatchNorm2d)]
        self._parameters = [p for m in self._modules for p in (m.weight, m.bias)]

    @contextmanager
    def uphill(self, loss: torch.Tensor, radius: float) -> Iterator[None]:
        """Context in which the norms are moved by `radius` (Euclidean) along the loss's gradient, with frozen running statistics."""
        gradients = torch.autograd.grad(loss, self._parameters)
        length = torch.stack([g.norm() for g in gradients]).norm().clamp(min=1e-12)
        before = [p.detach().clone() for p in self._parameters]
        momenta = [m.momentum for m in self._modules]
        with torch.no_grad():
            for p, g in zip(self._parameters, gradients):
                p.add_(g * (radius / length))
        for m in self._modules:
            m.momentum = 0.0
        try:
            yield
        finally:
            with torch.no_grad():
                for p, value in zip(self._parameters, before):
                    p.copy_(value)
            for m, momentum in zip(self._modules, momenta):
                m.momentum = momentum
