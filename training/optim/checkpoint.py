"""Checkpoints, written atomically and read with clear error messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from ..errors import TrainingError, first_line
from ..files import atomic_write
from ..model.network import ExpressionNetwork, load_topology

KEYS = ("config", "epoch", "rate", "best", "best_epoch", "model", "average", "optimiser")


def save_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Writes to a temporary file and renames it, so that neither a kill nor a full disk leaves a partial checkpoint."""
    with atomic_write(path) as partial:
        try:
            torch.save(state, partial)
        except RuntimeError as error: # PyTorch's error for a failed write
            raise TrainingError(f"cannot write {path}: {first_line(error)}") from error


def load_checkpoint(path: Path, device: torch.device) -> dict[str, Any]:
    """Loads a state written by `save_checkpoint`; raises TrainingError if it is missing or damaged."""
    if not path.is_file():
        raise TrainingError(f"there is no checkpoint {path}")
    try:
        # weights_only: a foreign checkpoint must not run code.
        state = torch.load(path, map_location=device, weights_only=True)
    except torch.cuda.OutOfMemoryError:
        raise
    except Exception as error:
        raise TrainingError(f"{path} is damaged or not a checkpoint ({first_line(error)})") from error
    if not isinstance(state, dict) or any(key not in state for key in KEYS):
        raise TrainingError(f"{path} is not a checkpoint of training.train")
    return state


def averaged_network(path: Path) -> ExpressionNetwork:
    """The averaged network of a checkpoint, on the CPU, ready to predict."""
    return averaged_of(load_checkpoint(path, torch.device("cpu")), path)


def averaged_of(state: dict[str, Any], path: Path) -> ExpressionNetwork:
    """Like `averaged_network`, for a state already read from the path."""
    network = ExpressionNetwork(load_topology(state["config"]["plan"], "training"))
    load_weights(network, state["average"], path)
    return network.eval()


def load_weights(network: torch.nn.Module, weights: dict[str, torch.Tensor], path: Path) -> None:
    try:
        network.load_state_dict(weights)
    except RuntimeError as error:
        raise TrainingError(f"{path} does not fit its topology, which has changed since") from error
