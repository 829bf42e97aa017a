import type { MienError } from '../engine/errors';
import { log } from '../engine/log';
import { APP_VERSION } from '../reading/app-version';
import { wordError } from '../words/errors';
import { inEnglish } from '../words/i18n';

/** Lines of the log that go along. */
const LOG_LINES = 40;

/** The engine in words; `none` or its state while there is none. */
export interface EngineWords {
  readonly backend: string;
  readonly model: string;
}

/** What a report of an error needs to say, as text. It holds no picture and no result, and is in English: developers read it. */
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
