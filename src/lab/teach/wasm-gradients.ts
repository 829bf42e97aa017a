import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';

/* Gradients of a convolution for tfjs's WebAssembly backend, which has none for the filter and a slow one for the input. Both are computed as
   convolutions, which are fast on WebAssembly. */

type Shape4 = [number, number, number, number];

const wanted = ['Conv2DBackpropFilter', 'Conv2DBackpropInput'] as const;
let isRegistered = false;

/** Registers the gradients in this realm, once. Call after the WebAssembly backend was loaded. */
export function registerWasmGradients(): void {
  if (isRegistered) return;
  isRegistered = true;
  for (const kernelName of wanted) {
    if (tf.getKernel(kernelName, 'wasm') as tf.KernelConfig | undefined) tf.unregisterKernel(kernelName, 'wasm');
  }
  tf.registerKernel({ kernelName: 'Conv2DBackpropFilter', backendName: 'wasm', kernelFunc: ({ inputs, attrs }) => filterGradient(inputs, attrs) });
  tf.registerKernel({ kernelName: 'Conv2DBackpropInput', backendName: 'wasm', kernelFunc: ({ inputs, attrs }) => inputGradient(inputs, attrs) });
}

interface ConvAttributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** tfjs's operations pass tensors to kernels. */
function asTensor(info: tf.TensorInfo | undefined): tf.Tensor4D {
  if (!(info instanceof tf.Tensor)) throw new Error('an input is no tensor');
  return info as tf.Tensor4D;
}

/** [kernel height, kernel width, in, out]: convolves the input with the gradient, with samples as channels. */
function filterGradient(inputs: tf.NamedTensorInfoMap, attrs: tf.NamedAttrMap | undefined): tf.Tensor {
  const { filterShape, ...attributes } = attrs as unknown as ConvAttributes & { readonly filterShape: Shape4 };
  return tf.tidy(() => {
    const [x, dy] = [asTensor(inputs['x']), asTensor(inputs['dy'])];
    const { strideHeight, strideWidth, outHeight, outWidth, padInfo } = convInfo(x.shape, filterShape, attributes);
    const [height, width] = filterShape;
    const padded = padTo(tf.transpose(x, [3, 1, 2, 0]), padInfo.top, padInfo.left, (outHeight - 1) * strideHeight + height, (outWidth - 1) * strideWidth + width);
    const found = tf.conv2d(padded, tf.transpose(dy, [1, 2, 0, 3]), 1, 'valid', 'NHWC', [strideHeight, strideWidth]);
    return tf.transpose(found, [1, 2, 0, 3]);
  });
}

/** Convolves the gradient, dilated by the strides, with the filter rotated by 180°. */
function inputGradient(inputs: tf.NamedTensorInfoMap, attrs: tf.NamedAttrMap | undefined): tf.Tensor {
  const { inputShape, ...attributes } = attrs as unknown as ConvAttributes & { readonly inputShape: Shape4 };
  return tf.tidy(() => {
    const [dy, filter] = [asTensor(inputs['dy']), asTensor(inputs['filter'])];
    const { strideHeight, strideWidth, padInfo } = convInfo(inputShape, filter.shape, attributes);
    const [height, width] = filter.shape;
    const spread = spreadBy(dy, strideHeight, strideWidth);
    const turned = tf.transpose(turnedAround(filter), [0, 1, 3, 2]);
    const [, inputHeight, inputWidth] = inputShape;
    const padded = padTo(spread, height - 1 - padInfo.top, width - 1 - padInfo.left, inputHeight + height - 1, inputWidth + width - 1);
    return tf.conv2d(padded, turned, 1, 'valid');
  });
}

/** Rotates the filter by 180°. Gathers rows, since reversing axes is slow here. */
function turnedAround(filter: tf.Tensor4D): tf.Tensor4D {
  const [height, width, from, to] = filter.shape;
  const places = height * width;
  const order = tf.tensor1d(Int32Array.from({ length: places }, (_, i) => places - 1 - i), 'int32');
  return tf.reshape(tf.gather(tf.reshape(filter, [places, from * to]), order), filter.shape);
}

function convInfo(inputShape: Shape4, filterShape: Shape4, { strides, pad, dimRoundingMode }: ConvAttributes) {
  return tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode);
}

/** Pads with zeros at the start, and pads or crops at the end, to the given size. */
function padTo(x: tf.Tensor4D, top: number, left: number, height: number, width: number): tf.Tensor4D {
  const [samples, ownHeight, ownWidth, channels] = x.shape;
  const [bottom, right] = [height - top - ownHeight, width - left - ownWidth];
  const padded = tf.pad4d(x, [[0, 0], [Math.max(0, top), Math.max(0, bottom)], [Math.max(0, left), Math.max(0, right)], [0, 0]]);
  return tf.slice4d(padded, [0, Math.max(0, -top), Math.max(0, -left), 0], [samples, height, width, channels]);
}

/** Inserts zeros between rows and columns. */
function spreadBy(dy: tf.Tensor4D, strideHeight: number, strideWidth: number): tf.Tensor4D {
  if (strideHeight === 1 && strideWidth === 1) return dy;
  const [samples, height, width, channels] = dy.shape;
  // Pads twice, since tfjs pads at most four dimensions here.
  const columns = tf.pad(tf.reshape(dy, [samples * height, width, 1, channels]), [[0, 0], [0, 0], [0, strideWidth - 1], [0, 0]]);
  const rows = tf.pad(tf.reshape(columns, [samples, height, 1, width * strideWidth * channels]), [[0, 0], [0, 0], [0, strideHeight - 1], [0, 0]]);
  return tf.reshape(rows, [samples, height * strideHeight, width * strideWidth, channels]);
}
