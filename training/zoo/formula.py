"""Networks with weights from a formula, and their outputs: verifies that tf.layers and PyTorch compute the same.

    python -m training.zoo.formula      # after changing a seed's network

writes `training/topologies/seeds/answers.json`, which src/network/seed-networks.test.ts reproduces with tf.layers.
"""

from __future__ import annotations

import json
import math

import torch

from ..files import atomic_write
from ..model.keras_weights import keras_weights, load_keras_weights
from ..model.network import SEEDS, ExpressionNetwork, load_seed_topology
from .train import HEAD, side_of

ANSWERS = SEEDS / "answers.json"
FACES = 2


def numbers(count: int, seed: int) -> torch.Tensor:
    """Numbers between -0.5 and 0.5, identical in any language: integer arithmetic below 2^53."""
    i = torch.arange(count, dtype=torch.int64)
    mixed = (i * 7919 + seed * 104_729) % 2_000_003
    return ((mixed * mixed + 12_345 * mixed) % 2_003).double() / 2_002 - 0.5


def weight(name: str, shape: list[int], seed: int) -> torch.Tensor:
    """Kernels with the variance of He's initialisation; norms similar to those of a trained network."""
    value = numbers(math.prod(shape), seed).reshape(shape)
    part = name.rsplit("/", 1)[-1]
    if part.endswith("kernel"):
        fan_in = math.prod(shape[:2] if part == "depthwise_kernel" else shape[:-1])
        return (2 * math.sqrt(6 / fan_in) * value).float()
    if part == "moving_variance":
        return (1 + value).float()
    return (0.2 * value + (1 if part == "gamma" else 0)).float()


def face(side: int, count: int = FACES) -> torch.Tensor:
    """Luminance [count, 1, side, side], 0-1."""
    return (numbers(count * side * side, 1) + 0.5).float().reshape(count, 1, side, side)


@torch.no_grad()
def answers(model_id: str) -> list[list[float]]:
    """Probabilities of the two faces with the formula's weights."""
    topology = load_seed_topology(model_id)
    network = ExpressionNetwork(topology)
    names = keras_weights(network)
    load_keras_weights(network, {name: weight(name, list(value.shape), k) for k, (name, value) in enumerate(names.items())}, model_id)
    logits = network.eval()(face(side_of(topology)))[HEAD]
    return logits.double().softmax(1).tolist()


def seeds() -> list[str]:
    """Ids of the networks."""
    return sorted(path.stem for path in SEEDS.glob("seed-*.json"))


def main() -> None:
    table = {model_id: [[round(v, 6) for v in row] for row in answers(model_id)] for model_id in seeds()}
    with atomic_write(ANSWERS) as partial:
        partial.write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main()
