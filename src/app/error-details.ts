import type { MienError } from '../engine/errors';
import { log } from '../engine/log';
import { APP_VERSION } from '../reading/app-version';
import { wordError } from '../words/errors';
import { inEnglish } from '../words/i18n';

/** Number of log lines included. */
const LOG_LINES = 40;

/** Backend and model in words; the holder's state and `none` if no engine is ready. */
export interface EngineWords {
  readonly backend: string;
  readonly model: string;
}

/** Text for an error report. Contains no picture or result, and is in English for developers. */
export function errorDetails(error: MienError, { backend, model }: EngineWords): string {
  const lines = log.last(LOG_LINES).map(({ atMs, level, text }) => `${new Date(atMs).toISOString()} ${level} ${text}`);
  return [
    inEnglish(() => wordError(error).title),
    `Error: ${error.kind}/${error.reason}`,
    `Detail: ${error.detail || 'none'}`,
    `Version: ${APP_VERSION}`,
    `Backend: ${backend}`,
    `Model: ${model}`,
    `Browser: ${navigator.userAgent}`,
    `Time: ${new Date().toISOString()}`,
    `Trace: ${error.trace}`,
    'Log:',
    ...lines,
    '',
  ].join('\n');
}
