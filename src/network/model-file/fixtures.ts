import { readFileSync } from 'node:fs';
import type { NamedBytes } from './read-model';

/** A file in `fixtures/`; its name contains the Keras version that wrote it. */
export function fixture(name: string): NamedBytes {
  return { path: name, bytes: new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url))) };
}

/** Keras's own answers for `trialInput`. */
export interface Expected {
  readonly shape: readonly number[];
  readonly scale: number;
  readonly parameters: number;
  readonly answers: readonly (readonly number[])[];
}

export function expectedOf(version: 'keras2' | 'keras3'): Readonly<Record<string, Expected>> {
  return JSON.parse(readFileSync(new URL(`fixtures/expected.${version}.json`, import.meta.url), 'utf8')) as Record<string, Expected>;
}

/** The input that scripts/keras-fixtures/write.py passes to Keras. */
export function trialInput({ shape, scale }: Expected): Float32Array {
  const length = shape.reduce((product, size) => product * size, 1);
  return Float32Array.from({ length }, (_, i) => (((i * 37) % 101) / 100) * scale);
}
