import * as tfc from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import { OPERATIONS, type OperationOptions } from './operations';
import { shapeByTrial, type Shape } from './trial-shape';

interface Config extends OperationOptions {
  readonly name?: string;
  readonly batchInputShape?: Shape;
  readonly op: string;
}

/** An operation of TensorFlow or Keras as a layer. */
class Operation extends tf.layers.Layer {
  static readonly className = 'MienOperation';
  readonly #options: Config;

  constructor({ name, batchInputShape, ...options }: Config) {
    super({ ...(name !== undefined && { name }), ...(batchInputShape && { batchInputShape }) });
    this.#options = options;
  }

  override call(inputs: tfc.Tensor | tfc.Tensor[]): tfc.Tensor | tfc.Tensor[] {
    return tfc.tidy(() => this.#apply(Array.isArray(inputs) ? inputs : [inputs]));
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape | Shape[] {
    return shapeByTrial(shape, (zeros) => this.#apply(zeros));
  }

  override getConfig(): tfc.serialization.ConfigDict {
    return { ...super.getConfig(), ...(this.#options as unknown as tfc.serialization.ConfigDict) };
  }

  #apply(inputs: readonly tfc.Tensor[]): tfc.Tensor | tfc.Tensor[] {
    const { op } = this.#options;
    const apply = Object.hasOwn(OPERATIONS, op) ? OPERATIONS[op] : undefined;
    if (!apply) throw new Error(op);
    try {
      return apply(inputs, this.#options);
    } catch (error) {
      throw new Error(`${this.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
}

tfc.serialization.registerClass(Operation);
