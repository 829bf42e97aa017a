import type { MienError } from '../engine/errors';
import { log } from '../engine/log';
import { APP_VERSION } from '../reading/app-version';
import { wordError } from '../words/errors';
import { engineHolder } from './engine-holder';

/** Lines of the log that go along. */
const LOG_LINES = 40;

/** What a report of an error needs to say, as text. It holds no picture and no result. */
export function errorDetails(error: MienError): string {
  const { state } = engineHolder;
  const backend = state.status === 'ready' ? `${state.health.backend}, ${state.engine.place}` : state.status;
  const model = state.status === 'ready' ? `${state.health.model.id} ${state.health.model.version}` : 'none';
  const lines = log.last(LOG_LINES).map(({ atMs, level, text }) => `${new Date(atMs).toISOString()} ${level} ${text}`);
  return [
    wordError(error).title,
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
