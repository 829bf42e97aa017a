"""Small networks that learn drawn faces, each with its own scaling and order of labels, which src/network must infer.

    npm run probe-faces drawn.bin 100 40
    pip install keras==3.15.1 torch h5py   && KERAS_BACKEND=torch python train_drawn.py drawn.bin

Writes into src/network/model-file/fixtures; committed.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np

L = keras.layers
FIXTURES = Path(__file__).parents[2] / "src/network/model-file/fixtures"
EXPRESSIONS = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]
SIDE, EPOCHS = 32, 6


def training_set(order: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Faces 0-255 [n, 32, 32] with varied position and brightness, and the index of each label."""
    people = np.fromfile(sys.argv[1], "u1").reshape(len(EXPRESSIONS), -1, SIDE, 2, SIDE, 2).mean((3, 5))
    faces = np.concatenate([people[EXPRESSIONS.index(label)] for label in order])
    shifts = [(dy, dx) for dy in (-2, 0, 2) for dx in (-2, 0, 2)]
    faces = np.concatenate([np.roll(faces, shift, (1, 2)) for shift in shifts])
    labels = np.tile(np.repeat(np.arange(len(order)), people.shape[1]), len(shifts))
    gains = np.random.default_rng(0).uniform(0.7, 1.2, (len(faces), 1, 1))
    return np.clip(faces * gains, 0, 255).astype("float32"), labels


def train(name: str, order: list[str], scale: Callable[[np.ndarray], np.ndarray], norm: bool, softmax: bool) -> None:
    """Trains a network and saves it, compressed and without its optimiser."""
    keras.utils.set_random_seed(0)
    faces, labels = training_set(order)
    layers = [L.Input((SIDE, SIDE, 1))]
    for filters in (8, 16):
        layers += [L.Conv2D(filters, 3, padding="same", activation="relu"), *([L.BatchNormalization(momentum=0.9)] if norm else []), L.MaxPooling2D()]
    model = keras.Sequential([*layers, L.Flatten(), L.Dense(len(order), activation="softmax" if softmax else None)])
    model.compile(keras.optimizers.Adam(2e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=not softmax), metrics=["accuracy"])
    model.fit(scale(faces)[..., None], labels, batch_size=64, epochs=EPOCHS, verbose=2)
    bare = keras.models.clone_model(model)
    bare.set_weights(model.get_weights())
    path = FIXTURES / f"{name}.keras"
    bare.save(path)
    with zipfile.ZipFile(path) as stored:
        parts = {part: stored.read(part) for part in stored.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as deflated:
        for part, data in parts.items():
            deflated.writestr(part, data)


def per_face(faces: np.ndarray) -> np.ndarray:
    """Standardises each face to zero mean and unit deviation."""
    return (faces - faces.mean((1, 2), keepdims=True)) / faces.std((1, 2), keepdims=True)


train("drawn-alphabetical-unit", sorted(EXPRESSIONS), lambda faces: faces / 255, False, True)
train("drawn-raf-centred", ["surprise", "fear", "disgust", "happy", "sad", "angry", "neutral"], lambda faces: faces / 127.5 - 1, True, False)
train("drawn-six-perface", ["angry", "fear", "happy", "neutral", "sad", "surprise"], per_face, True, True)
