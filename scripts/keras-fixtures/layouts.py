"""Rewrites the Keras 2 fixtures with other HDF5 storage layouts, Theano's kernel orientation, and Keras 1 configs, as found in real files.

    pip install h5py && python layouts.py

Turns src/network/model-file/fixtures/sequential.keras2.h5 into sequential.<kind>.h5 beside it. The outputs stay the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np

FIXTURES = Path(__file__).parents[2] / "src/network/model-file/fixtures"
Put = Callable[[h5py.Group, str, np.ndarray], None]


def plain(group: h5py.Group, name: str, values: np.ndarray) -> None:
    group.create_dataset(name, data=values)


def packed(kind: str = "<f4", **filters: object) -> Put:
    return lambda group, name, values: group.create_dataset(name, data=values.astype(kind), **(filters if values.ndim else {}))


def compact(group: h5py.Group, name: str, values: np.ndarray) -> None:
    """Compact storage, within the object header; h5py has no option for it."""
    plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plan.set_layout(h5py.h5d.COMPACT)
    data = h5py.h5d.create(group.id, name.encode(), h5py.h5t.py_create(values.dtype), h5py.h5s.create_simple(values.shape), plan)
    data.write(h5py.h5s.ALL, h5py.h5s.ALL, np.ascontiguousarray(values))


def mirrored(group: h5py.Group, name: str, values: np.ndarray) -> None:
    plain(group, name, values[::-1, ::-1] if values.ndim == 4 else values)


def in_keras_1(config: dict) -> dict:
    """A list of layers with Keras 1's option names."""
    names = {"filters": "nb_filter", "strides": "subsample", "padding": "border_mode", "use_bias": "bias", "units": "output_dim", "rate": "p"}
    layers = []
    for layer in config["config"]["layers"]:
        kind, said = layer["class_name"], layer["config"]
        if kind == "InputLayer":
            shape = said["batch_input_shape"]
            continue
        strides = {"strides": said["strides"]} if kind == "MaxPooling2D" else {}
        old = {
            names.get(option, option): value
            for option, value in said.items()
            if option not in ("kernel_size", "data_format", "dilation_rate", "groups")
        }
        if kind == "Conv2D":
            kind = "Convolution2D"
            old |= dict(zip(("nb_row", "nb_col"), said["kernel_size"], strict=True))
        if "data_format" in said and kind != "Flatten":
            old["dim_ordering"] = "tf"
        layers.append({"class_name": kind, "config": {**old, **strides, **({"batch_input_shape": shape} if not layers else {})}})
    return {"class_name": "Sequential", "config": layers}


def rewrite(kind: str, put: Put, change: Callable[[h5py.File], None] | None = None, **options: object) -> None:
    with h5py.File(FIXTURES / "sequential.keras2.h5") as source, h5py.File(FIXTURES / f"sequential.{kind}.h5", "w", **options) as target:

        def copy(old: h5py.Group, new: h5py.Group) -> None:
            for name, value in old.attrs.items():
                new.attrs[name] = value
            for name, member in old.items():
                if isinstance(member, h5py.Group):
                    copy(member, new.create_group(name))
                else:
                    put(new, name, member[()])

        copy(source, target)
        if change:
            change(target)


def claim_keras_1(file: h5py.File) -> None:
    file.attrs["model_config"] = json.dumps(in_keras_1(json.loads(file.attrs["model_config"])))
    for group in (file, file["model_weights"]):
        group.attrs["keras_version"] = "1.2.2"
        # Keras 1 lacks this attribute, which Keras 2 introduced.
        del group.attrs["backend"]


def claim_theano(file: h5py.File) -> None:
    for group in (file, file["model_weights"]):
        group.attrs["backend"] = "theano"


rewrite("latest", packed(compression="gzip"), libver="latest")
rewrite("half", packed("<f2", compression="gzip"), libver="latest")
rewrite("bigendian", packed(">f8", compression="gzip"), libver="latest")
rewrite("compact", compact)
rewrite("userblock", plain, userblock_size=1024)
rewrite("scaleoffset", packed(scaleoffset=7))
rewrite("theano", mirrored, claim_theano)
rewrite("keras1", plain, claim_keras_1)
