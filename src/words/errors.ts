import type { ErrorKind, MienError } from '../engine/errors';
import type { BackendChoice } from '../engine/types';
import { ENGINE_ERRORS } from './engine-errors';
import { SOURCE_ERRORS } from './source-errors';
import type { Wording, Wordings } from './wording';
import { msg, t, type Phrase } from './i18n';

/** Display names of the backends. */
const BACKEND_NAMES: Readonly<Record<BackendChoice, Phrase>> = {
  auto: msg('Fastest'),
  webgl: msg('WebGL (graphics card)'),
  wasm: msg('WebAssembly'),
  cpu: msg('JavaScript (slow)'),
};

export function backendName(backend: BackendChoice): string {
  return t(BACKEND_NAMES[backend]);
}

const WORDING: Wordings<ErrorKind> = { ...SOURCE_ERRORS, ...ENGINE_ERRORS };

/** Says what happened and what to do next, in plain words. */
export function wordError(error: MienError): Wording {
  const ofKind: Readonly<Record<string, { readonly title: Phrase; readonly advice: Phrase }>> = WORDING[error.kind];
  const { title, advice } = ofKind[error.reason] ?? WORDING.engine.unknown;
  return { title: t(title, { detail: error.detail }), advice: t(advice) };
}
