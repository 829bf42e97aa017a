import type { EmbedAnswer, EmbedError, EmbedId, EmbedRequest } from '../api/embed-protocol';
import { EMBED_PROTOCOL } from '../api/embed-protocol';
import type { MienError } from '../engine/errors';
import { readRequest } from './requests';

type WithoutEnvelope<T> = T extends unknown ? Omit<T, 'mien'> : never;

interface LinkOptions {
  /** The only origins that are listened to and answered. */
  readonly origins: readonly string[];
  readonly onRequest: (request: EmbedRequest) => void;
  /** Called for a request from any other origin. */
  readonly onStranger: (origin: string) => void;
}

/** Messages to and from the parent window only. */
export class HostLink {
  readonly #options: LinkOptions;
  /** The parent's origin once known. Until then messages go to each allowed origin, of which the browser delivers at most one. */
  #origin: string | null;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#origin = parentOrigin();
    if (this.#origin !== null && !options.origins.includes(this.#origin)) options.onStranger(this.#origin);
    window.addEventListener('message', (event) => this.#receive(event));
  }

  /** Origin of the answers; null while unknown. */
  get origin(): string | null {
    return this.#origin;
  }

  send(answer: WithoutEnvelope<EmbedAnswer>): void {
    const { origins } = this.#options;
    const targets = this.#origin === null ? origins : origins.filter((origin) => origin === this.#origin);
    for (const target of targets) window.parent.postMessage({ mien: EMBED_PROTOCOL, ...answer }, target);
  }

  sendError(id: EmbedId | null, error: MienError): void {
    this.send({ type: 'error', id, error: embedErrorOf(error) });
  }

  #receive({ data, origin, source }: MessageEvent<unknown>): void {
    if (source !== window.parent) return;
    const request = readRequest(data);
    if (request === null) return;
    if (!this.#options.origins.includes(origin)) {
      this.#options.onStranger(origin);
      return;
    }
    this.#origin = origin;
    if (request.type === 'bad') this.sendError(request.id, request.error);
    else this.#options.onRequest(request);
  }
}

/** The error as sent to the host, without its stack trace. */
export function embedErrorOf({ kind, reason, detail, message }: MienError): EmbedError {
  return { kind, reason, detail, message };
}

/** Null in browsers without `ancestorOrigins`. */
function parentOrigin(): string | null {
  const { ancestorOrigins } = location as Partial<Pick<Location, 'ancestorOrigins'>>;
  return ancestorOrigins?.[0] ?? null;
}
