"""Small networks with random weights, saved by Keras, and Keras's outputs: fixtures for src/network/model-file.

    pip install keras==3.15.1 torch h5py       && KERAS_BACKEND=torch python write.py keras3
    pip install tensorflow-cpu==2.15.1         && python write.py keras2
    pip install tensorflow-cpu==2.21 tf_keras  && python write.py keras2 operations transfer attention variety   (the same Keras 2, as a package of its own)

functional.graph.zip is functional.keras2.h5, exported and put through tensorflowjs 4.22.0 (`convert_tf_saved_model`).

Writes into src/network/model-file/fixtures, all networks or those that are named. The files are committed; run it again only to add a network.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

import numpy as np

VERSION = sys.argv[1]
if VERSION == "keras2":
    try:
        import tf_keras as keras
    except ImportError:
        from tensorflow import keras
    import tensorflow as tf
else:
    import keras

L = keras.layers
FIXTURES = Path(__file__).parents[2] / "src/network/model-file/fixtures"
# Saved formats and input range of each network.
NETWORKS = {"sequential": ("h5", 1), "functional": ("h5 keras", 255), "recurrent": ("keras", 1), "nested": ("h5 keras", 255), "scaled": ("keras", 255),
            "operations": ("h5 keras", 255), "transfer": ("h5 keras", 1), "attention": ("h5 keras", 1), "variety": ("h5 keras", 1), "channels": ("keras", 1)}
# On CPUs TensorFlow lacks channels-first convolution.
LACKED = {"keras2": {"channels"}, "keras3": set()}


def sequential() -> keras.Model:
    """Plain convolutions, with activations as separate layers."""
    return keras.Sequential([
        L.Input((12, 12, 1)), L.Conv2D(4, 3, padding="same", activation="relu"), L.BatchNormalization(), L.MaxPooling2D(),
        L.Dropout(0.25), L.Conv2D(6, 3), L.LeakyReLU(0.1), L.ReLU(max_value=6), L.SpatialDropout2D(0.2), L.Flatten(),
        L.Dense(8, activation="elu"), L.PReLU(), L.Dense(7, activation="softmax"),
    ])


def functional() -> keras.Model:
    """Three channels, separable convolutions, squeeze and excitation, a residual, 8 logits."""
    inputs = L.Input((16, 16, 3))
    x = L.Rescaling(1 / 127.5, offset=-1)(inputs)
    x = L.Activation("relu")(L.BatchNormalization()(L.SeparableConv2D(6, 3, padding="same", use_bias=False)(x)))
    squeezed = L.Dense(3, activation="swish")(L.GlobalAveragePooling2D(keepdims=True)(x))
    x = L.Multiply()([x, L.Dense(6, activation="sigmoid")(squeezed)])
    x = L.Add()([L.DepthwiseConv2D(3, padding="same", strides=2)(x), L.Conv2D(6, 1, strides=2)(x)])
    x = L.Concatenate()([L.AveragePooling2D(2, padding="same")(x), L.MaxPooling2D(2, padding="same")(x)])
    x = L.Conv2D(5, 3, strides=2, activation="hard_sigmoid")(L.ZeroPadding2D(((0, 1), (1, 0)))(x))
    return keras.Model(inputs, L.Dense(8, name="logits")(L.GlobalAveragePooling2D()(x)))


def recurrent() -> keras.Model:
    """Bidirectional LSTM and GRU over the rows of a picture."""
    inputs = L.Input((12, 12, 1))
    x = L.MaxPooling2D(2)(L.Conv2D(4, 3, padding="same", activation="relu")(inputs))
    x = L.Reshape((6, 24))(L.Permute((2, 1, 3))(x))
    x = L.Bidirectional(L.LSTM(5, return_sequences=True))(x)
    x = L.Bidirectional(L.GRU(4, return_sequences=True))(x)
    return keras.Model(inputs, L.Softmax()(L.Dense(7)(L.LSTM(4)(x))))


def nested() -> keras.Model:
    """Transfer learning: a frozen sequential model and a functional one within a sequential one, 6 classes."""
    base = keras.Sequential([L.Input((16, 16, 3)), L.Conv2D(4, 3, strides=2), L.BatchNormalization(), L.Activation("relu6")], name="base")
    base.trainable = False
    inputs = L.Input((7, 7, 4))
    block = keras.Model(inputs, L.Add()([L.BatchNormalization()(L.Conv2D(4, 3, padding="same")(inputs)), inputs]), name="block")
    return keras.Sequential([
        L.Input((16, 16, 3)), L.RandomFlip("horizontal"), L.Rescaling([1 / 50, 1 / 60, 1 / 70], offset=[-1, -2, -3]), base, block,
        L.GlobalMaxPooling2D(), L.LayerNormalization(), L.Dense(6, activation="softmax"),
    ])


def scaled() -> keras.Model:
    """Arithmetic on the input, and a normalisation with given mean."""
    inputs = L.Input((10, 10, 1))
    x = L.Normalization(mean=[0.1], variance=[0.4])((inputs / 127.5) - 1.0)
    x = L.Cropping2D(1)(L.UpSampling2D(2)(L.Conv2D(3, 3, dilation_rate=2, activation="gelu")(x)))
    x = L.Flatten()(L.Conv2DTranspose(2, 3, activation="tanh")(x))
    return keras.Model(inputs, L.Dense(7, activation="sigmoid")(x))


def operations() -> keras.Model:
    """Functions between layers: per-channel preprocessing, channel and spatial attention, arithmetic."""
    inputs = L.Input((12, 12, 3))
    x = tf.reverse(inputs, axis=[-1]) if VERSION == "keras2" else keras.ops.flip(inputs, axis=-1)
    x = (x - np.array([103.9, 116.8, 123.7], "float32")) / np.array([57.4, 57.1, 58.4], "float32")
    x = L.ReLU(max_value=6, negative_slope=0.1, threshold=0.05)(L.Conv2D(4, 3)(x))
    mean, largest = (tf.reduce_mean, tf.reduce_max) if VERSION == "keras2" else (keras.ops.mean, keras.ops.max)
    seen = L.Concatenate()([mean(x, axis=-1, keepdims=True), largest(x, axis=3, keepdims=True)])
    x = x * L.Conv2D(1, 3, padding="same", activation="sigmoid")(seen)
    x = 1.0 - (x + L.Conv2D(4, 1)(x)) / 2.0
    relu, reshape = (tf.nn.relu, tf.reshape) if VERSION == "keras2" else (keras.ops.relu, keras.ops.reshape)
    x = reshape(relu(x), (-1, 100, 4))
    return keras.Model(inputs, L.Dense(7)(mean(x, axis=1)))


def transfer() -> keras.Model:
    """A frozen functional model, and a sequential one that is used twice, within a functional one."""
    seen = L.Input((16, 16, 3))
    base = keras.Model(seen, L.BatchNormalization()(L.Conv2D(4, 3, strides=2)(seen)), name="base")
    base.trainable = False
    half = keras.Sequential([L.Input((3, 7, 4)), L.Conv2D(3, 3), L.GlobalAveragePooling2D()], name="half")
    inputs = L.Input((16, 16, 3))
    x = base(L.RandomFlip("horizontal")(inputs), training=False)
    upper, lower = half(L.Cropping2D(((0, 4), (0, 0)))(x)), half(L.Cropping2D(((4, 0), (0, 0)))(x))
    return keras.Model(inputs, L.Dense(7, activation="softmax")(L.Dropout(0.2)(L.Concatenate()([upper, lower]))))


def attention() -> keras.Model:
    """Every attention layer, a manual one, and a tensor used twice by one layer."""
    inputs = L.Input((6, 6, 1))
    x = L.Reshape((36, 8))(L.GroupNormalization(4)(L.Conv2D(8, 3, padding="same")(inputs)))
    x = L.Add()([x, L.MultiHeadAttention(num_heads=2, key_dim=3)(x, x)])
    y = L.MultiHeadAttention(num_heads=2, key_dim=3, value_dim=5, use_bias=False, output_shape=8)(query=x, value=L.Dense(6)(x), key=L.Dense(4)(x))
    x = L.Attention(use_scale=True)([x, y]) + L.AdditiveAttention()([x, y])
    x = L.EinsumDense("abc,cd->abd", output_shape=(None, 6), bias_axes="d", activation="relu")(x)
    matmul, softmax = (tf.matmul, tf.nn.softmax) if VERSION == "keras2" else (keras.ops.matmul, keras.ops.softmax)
    x = matmul(softmax(L.Dot(axes=(2, 2))([x, L.Dense(6)(x)]) / 2.5), x)
    return keras.Model(inputs, L.Dense(7, activation="softmax")(L.GlobalAveragePooling1D()(x[:, 1:30:3])))


def variety() -> keras.Model:
    """Features that tf.layers lacks or computes differently: groups, dilated depth, another axis, sizes, layers as activations, sequences."""
    inputs = L.Input((10, 12, 3))
    x = L.UpSampling2D((2, 1), interpolation="bilinear")(L.Resizing(8, 9)(L.Normalization(axis=None, mean=0.4, variance=0.3)(inputs)))
    slope = {"alpha": 0.2} if VERSION == "keras2" else {"negative_slope": 0.2}
    x = L.Conv2D(8, 3, groups=1, activation=L.LeakyReLU(**slope))(L.CenterCrop(12, 8)(x))
    x = L.Conv2D(12, 3, groups=4, padding="same")(L.BatchNormalization(axis=1, scale=False)(x))
    x = L.ELU(0.5)(L.DepthwiseConv2D(3, dilation_rate=2, padding="same")(x))
    x = L.Multiply()([x, L.Softmax(axis=[1, 2])(x), x])
    x = L.Conv1D(6, 3, padding="causal", dilation_rate=2)(L.Reshape((60, 12))(x))
    x = L.DepthwiseConv1D(3, depth_multiplier=2)(L.SeparableConv1D(5, 3, strides=2)(L.ZeroPadding1D((1, 2))(x)))
    x = L.Concatenate()([L.GlobalAveragePooling1D(keepdims=True)(x), L.GlobalMaxPooling1D(keepdims=True)(L.Cropping1D(1)(L.UpSampling1D(2)(x)))])
    states = L.LSTM(4, return_state=True)(x)
    return keras.Model(inputs, L.Dense(7)(L.Concatenate()(states)))


def channels() -> keras.Model:
    """Channels first, as in networks converted from PyTorch."""
    inputs = L.Input((3, 10, 10))
    first = {"data_format": "channels_first"}
    x = L.PReLU(shared_axes=[2, 3])(L.BatchNormalization(axis=1)(L.Conv2D(4, 3, padding="same", **first)(inputs)))
    x = L.MaxPooling2D(2, **first)(x)
    x = L.Concatenate(axis=1)([x, L.Cropping2D(1, **first)(L.DepthwiseConv2D(3, padding="same", **first)(L.ZeroPadding2D(1, **first)(x)))])
    x = L.AveragePooling2D(2, strides=1, **first)(L.UpSampling2D(2, **first)(L.SeparableConv2D(6, 3, **first)(x)))
    x = L.Multiply()([x, L.GlobalAveragePooling2D(keepdims=True, **first)(x)])
    return keras.Model(inputs, L.Dense(7, activation="softmax")(L.Flatten(**first)(x)))


def randomise(model: keras.Model, rng: np.random.Generator) -> None:
    """Random weights like those after training: variances positive, nothing zero."""
    for weight in model.weights:
        name = getattr(weight, "path", weight.name)
        if "seed" in name:
            continue
        low, high = (0.5, 1.5) if "variance" in name or "gamma" in name else (-0.5, 0.5)
        weight.assign(rng.uniform(low, high, weight.shape))


def main() -> None:
    warnings.simplefilter("ignore")
    keras.utils.set_random_seed(1)
    rng = np.random.default_rng(0)
    written = FIXTURES / f"expected.{VERSION}.json"
    expected = json.loads(written.read_text()) if sys.argv[2:] else {}
    for name, (formats, scale) in NETWORKS.items():
        if name in LACKED[VERSION] or (sys.argv[2:] and name not in sys.argv[2:]):
            continue
        keras.backend.clear_session()
        model = globals()[name]()
        randomise(model, rng)
        shape = (2, *model.input_shape[1:])
        # The i-th number of the input is (37 i mod 101) / 100, times the scale.
        faces = (np.arange(np.prod(shape)) * 37 % 101 / 100 * scale).astype("float32").reshape(shape)
        answers = np.asarray(model.predict(faces, verbose=0))
        expected[name] = {"shape": shape, "scale": scale, "parameters": int(model.count_params()), "answers": answers.astype(float).round(7).tolist()}
        for extension in formats.split():
            model.save(FIXTURES / f"{name}.{VERSION}.{extension}")
        if name == "sequential":
            (FIXTURES / f"{name}.{VERSION}.json").write_text(model.to_json())
            model.save_weights(FIXTURES / f"{name}.{VERSION}.weights.h5")
    written.write_text(json.dumps(expected))


main()
