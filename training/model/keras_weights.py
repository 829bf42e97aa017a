"""Weights with the names and layout of tf.layers: kernels [height, width, in, out], dense ones [in, out]."""

from __future__ import annotations

import torch
from torch import nn

from ..errors import TrainingError
from .layers import BidirectionalLSTM
from .network import ExpressionNetwork


def keras_weights(network: ExpressionNetwork) -> dict[str, torch.Tensor]:
    """All weights of a network, in the order of its layers."""
    result: dict[str, torch.Tensor] = {}
    for name, module in network.layers.items():
        inner = module[0] if isinstance(module, nn.Sequential) else module
        for part, value in _parts(inner):
            result[f"{name}/{part}"] = value.contiguous()
    return result


def load_keras_weights(network: ExpressionNetwork, weights: dict[str, torch.Tensor], where: str) -> None:
    """Copies weights into a network; ignores weights of unknown layers.

    Raises TrainingError if one is missing or has another shape.
    """
    wanted = keras_weights(network)
    lacking = sorted(set(wanted) - set(weights))
    if lacking:
        raise TrainingError(f"{where} has no weights for {', '.join(lacking)}")
    for name, module in network.layers.items():
        inner = module[0] if isinstance(module, nn.Sequential) else module
        for part, own in _parts(inner):
            given = weights[f"{name}/{part}"]
            if given.shape != own.shape:
                shapes = f"{name}/{part} is {list(given.shape)}, not {list(own.shape)}"
                raise TrainingError(f"{where} does not fit its topology, which has changed since: {shapes}")
            own.copy_(given)


def _parts(module: nn.Module) -> list[tuple[str, torch.Tensor]]:
    """Views of a module's weights in Keras's layout."""
    if isinstance(module, nn.Conv2d):
        depthwise = module.groups > 1
        kernel = module.weight.detach().permute(2, 3, 0, 1) if depthwise else module.weight.detach().permute(2, 3, 1, 0)
        return [("depthwise_kernel" if depthwise else "kernel", kernel), *_bias(module.bias)]
    if isinstance(module, nn.Linear):
        return [("kernel", module.weight.detach().T), *_bias(module.bias)]
    if isinstance(module, nn.BatchNorm2d):
        assert module.running_mean is not None and module.running_var is not None
        return [("gamma", module.weight.detach()), ("beta", module.bias.detach()),
                ("moving_mean", module.running_mean), ("moving_variance", module.running_var)]
    if isinstance(module, BidirectionalLSTM):
        return [
            (f"{way}_{module.inner}/{part}", value)
            for way, suffix in (("forward", ""), ("backward", "_reverse"))
            for part, value in (
                ("kernel", getattr(module, f"weight_ih_l0{suffix}").detach().T),
                ("recurrent_kernel", getattr(module, f"weight_hh_l0{suffix}").detach().T),
                ("bias", getattr(module, f"bias_ih_l0{suffix}").detach()),
            )
        ]
    return []


def _bias(bias: torch.Tensor | None) -> list[tuple[str, torch.Tensor]]:
    return [] if bias is None else [("bias", bias.detach())]
