"""Starts a training network, possibly a wider one, from an exported one with folded batch norms."""

from __future__ import annotations

import torch
from torch import nn

from ..errors import TrainingError
from .network import ExpressionNetwork, SameConv2d

# Norm of a freshly initialised filter, which the configs' learning rates assume.
FILTER_NORM = 2**0.5
# Copies of a filter must differ slightly, or they would stay identical: relative to the weights' deviation.
COPY_NOISE = 0.2


@torch.no_grad()
def warm_start(network: ExpressionNetwork, exported: ExpressionNetwork, sample: torch.Tensor) -> None:
    """Makes `network` compute the same as `exported`, with batch norms whose statistics are those of `sample`.

    sample: standardised faces [n, 1, 48, 48] as seen in training. Each norm first only undoes the scale of
    its filters; then it adopts the mean and deviation of its inputs, and compensates for them.
    If a layer has a multiple of the other's channels, each channel is copied: the wider network computes
    the same except for the copies' noise (Chen et al., "Net2Net", ICLR 2016).
    Raises TrainingError if the networks differ in any other way.
    """
    norms: dict[str, tuple[nn.BatchNorm2d, torch.Tensor]] = {}
    for name, module in network.layers.items():
        source = exported.layers[name] if name in exported.layers else None
        source = source[0] if isinstance(source, nn.Sequential) else source
        if not isinstance(module, (SameConv2d, nn.Linear)):
            continue
        if not isinstance(source, type(module)) or not _widens(source.weight.shape, module.weight.shape):
            raise TrainingError(f"cannot start from a model of another plan: its layer '{name}' differs")
        weight = _widened(source.weight, module.weight.shape)
        assert source.bias is not None
        bias = source.bias.repeat(len(weight) // len(source.bias))
        if isinstance(module, SameConv2d):
            scale = weight.flatten(1).norm(dim=1).mean() / FILTER_NORM
            module.weight.copy_(weight / scale)
            norm = network.layers[f"{name}_norm"]
            assert isinstance(norm, nn.BatchNorm2d)
            _set(norm, torch.zeros_like(bias), torch.full_like(bias, 1 - norm.eps), scale, bias)
            norms[name] = (norm, scale)
        elif isinstance(module, nn.Linear):
            module.weight.copy_(weight)
            module.bias.copy_(bias)
    for norm, mean, variance in _input_statistics([norm for norm, _ in norms.values()], network, sample):
        assert norm.running_mean is not None
        gain, bias = norm.weight.clone(), norm.bias.clone() # so far: y = gain * x + bias
        _set(norm, mean, variance, gain * (variance + norm.eps).sqrt(), bias + gain * mean)


def _widens(narrow: torch.Size, wide: torch.Size) -> bool:
    """Whether outputs and inputs are integer multiples, and everything else is equal."""
    return narrow[2:] == wide[2:] and wide[0] % narrow[0] == 0 and wide[1] % narrow[1] == 0


def _widened(weight: torch.Tensor, shape: torch.Size) -> torch.Tensor:
    """Filters with outputs and inputs copied to the shape; copies of an input share its weight."""
    copies = shape[1] // weight.shape[1]
    wide = weight.repeat(shape[0] // weight.shape[0], copies, *[1] * (weight.ndim - 2)) / copies
    if wide.shape == weight.shape:
        return wide
    return wide + COPY_NOISE * wide.std() * torch.randn_like(wide)


def _set(norm: nn.BatchNorm2d, mean: torch.Tensor, variance: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> None:
    assert norm.running_mean is not None and norm.running_var is not None
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)
    norm.weight.copy_(weight.expand_as(norm.weight))
    norm.bias.copy_(bias)


def _input_statistics(
    norms: list[nn.BatchNorm2d], network: ExpressionNetwork, sample: torch.Tensor
) -> list[tuple[nn.BatchNorm2d, torch.Tensor, torch.Tensor]]:
    """Mean and variance per channel of each norm's inputs."""
    sums: dict[nn.BatchNorm2d, list[torch.Tensor]] = {norm: [] for norm in norms}

    def note(norm: nn.Module, inputs: tuple[torch.Tensor]) -> None:
        assert isinstance(norm, nn.BatchNorm2d)
        sums[norm].append(torch.stack([inputs[0].mean((0, 2, 3)), inputs[0].square().mean((0, 2, 3))]))

    hooks = [norm.register_forward_pre_hook(note) for norm in norms]
    network.eval()
    for batch in sample.split(256):
        network(batch.contiguous(memory_format=torch.channels_last))
    for hook in hooks:
        hook.remove()
    result = []
    for norm, parts in sums.items():
        mean, square = torch.stack(parts).mean(0)
        result.append((norm, mean, (square - mean.square()).clamp(min=1e-8)))
    return result
