/** Widths and depths of an expression network; every convolution is 3×3. */
export interface NetworkPlan {
  /** Channels of the convolution at full resolution. */
  stem: number;
  /** One entry per halving of the resolution: channels and number of residual blocks. */
  stages: readonly { channels: number; blocks: number }[];
  /** Channels of the plain convolutions at the last resolution, before pooling. */
  last: readonly number[];
  /** Dropout rate of the pooled features during training, 0–1. */
  dropout: number;
}

/**
 * Available plans. No operation is slow on WebGL, where op count costs more than arithmetic.
 *
 * `mien-s`, which ships: 62 M multiply-adds, 1.7 M parameters. `mien-xs`, for ablations: 13 M, 0.2 M.
 * Teachers, which never ship: `mien-w`, which is `mien-s` with twice the channels after its stem, 0.2 G, 6.7 M; `mien-t`, for a GPU, 0.9 G, 13 M.
 */
export const NETWORK_PLANS = {
  'mien-s': {
    stem: 32,
    stages: [
      { channels: 32, blocks: 1 },
      { channels: 64, blocks: 1 },
      { channels: 128, blocks: 2 },
      { channels: 256, blocks: 0 },
    ],
    last: [256],
    dropout: 0.2,
  },
  'mien-xs': {
    stem: 16,
    stages: [
      { channels: 16, blocks: 1 },
      { channels: 32, blocks: 1 },
      { channels: 64, blocks: 1 },
    ],
    last: [96],
    dropout: 0.3,
  },
  'mien-w': {
    stem: 32,
    stages: [
      { channels: 64, blocks: 1 },
      { channels: 128, blocks: 1 },
      { channels: 256, blocks: 2 },
      { channels: 512, blocks: 0 },
    ],
    last: [512],
    dropout: 0.5,
  },
  'mien-t': {
    stem: 64,
    stages: [
      { channels: 96, blocks: 2 },
      { channels: 192, blocks: 3 },
      { channels: 384, blocks: 3 },
    ],
    last: [512],
    dropout: 0.5,
  },
} as const satisfies Record<string, NetworkPlan>;

/** Side of the face crop that every network takes, in pixels. */
export const NETWORK_INPUT_SIZE = 48;

/** Names of the two output layers, seven logits each, in the order of `EXPRESSIONS`. */
export const NETWORK_HEADS = ['fer2013', 'ferplus'] as const;

/**
 * Network that detects whether the mouth, eyes or a side of a face are hidden: channels of the downsampling convolutions and of the last one, and
 * number of logits. 1.0 M multiply-adds, 47,000 parameters.
 */
export const COVERING_PLAN = { halvings: [12, 24, 36, 48], last: 48, outputs: 3 } as const;
