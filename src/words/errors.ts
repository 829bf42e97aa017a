import type { ErrorKind, MienError } from '../engine/errors';
import type { BackendChoice } from '../engine/types';
import { ENGINE_ERRORS } from './engine-errors';
import { SOURCE_ERRORS } from './source-errors';
import { DETAIL, type Wording, type Wordings } from './wording';

/** Backends in words. */
export const BACKEND_WORDS: Readonly<Record<BackendChoice, string>> = {
  auto: 'Fastest',
  webgl: 'WebGL (graphics card)',
  wasm: 'WebAssembly',
  cpu: 'JavaScript (slow)',
};

const WORDING: Wordings<ErrorKind> = { ...SOURCE_ERRORS, ...ENGINE_ERRORS };

/** What happened and what to do next, in plain words. */
export function wordError(error: MienError): Wording {
  const ofKind: Readonly<Record<string, Wording>> = WORDING[error.kind];
  const { title, advice } = ofKind[error.reason] ?? WORDING.engine.unknown;
  return { title: title.replace(DETAIL, () => error.detail), advice };
}
