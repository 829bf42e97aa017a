/** One output of the network: its share in the mixed answer, and its dense layer's weights, [width × classes]. */
export interface MixedHead {
  readonly share: number;
  readonly kernel: ArrayLike<number>;
}

/**
 * Contribution of each place of a feature map to each class's score, minus the mean over classes: what all classes gain decides nothing. Its sum over
 * places is the class's margin in the heads' logits, weighted by their shares, without the biases.
 *
 * @param map [places × width], input of the pooling layer.
 * @returns [classes × places].
 */
export function mixedEvidence(map: ArrayLike<number>, width: number, heads: readonly MixedHead[], classes: number): Float32Array {
  const places = map.length / width;
  const evidence = new Float32Array(classes * places);
  for (let place = 0; place < places; place++) {
    const own = Array.from({ length: classes }, (_, k) => {
      let sum = 0;
      for (const { share, kernel } of heads) {
        for (let i = 0; i < width; i++) sum += share * (map[place * width + i] ?? 0) * (kernel[i * classes + k] ?? 0);
      }
      return sum / places;
    });
    const mean = own.reduce((total, value) => total + value, 0) / classes;
    own.forEach((value, k) => (evidence[k * places + place] = value - mean));
  }
  return evidence;
}
