/** All error reasons by kind. The engine throws these; `words/source-errors.ts` and `words/engine-errors.ts` word them. */
interface ErrorReasons {
  camera:
    | 'denied'
    | 'blocked-by-policy'
    | 'not-found'
    | 'in-use'
    | 'over-constrained'
    | 'insecure-context'
    | 'unplugged'
    | 'unsupported'
    | 'unknown';
  /** `detail` of `archive` is the archive's kind. */
  image:
    | 'empty'
    | 'not-an-image'
    | 'archive'
    | 'web-page'
    /** Metadata file that macOS stores beside another: "._photo.jpg". */
    | 'resource-fork'
    /** A video, to be opened as one. */
    | 'video'
    | 'damaged'
    | 'unreadable'
    | 'too-large'
    | 'too-small'
    | 'heic'
    | 'unsupported'
    | 'cross-origin'
    | 'not-ready'
    /** The page was closed before the file was stored. */
    | 'not-stored';
  /** `detail`: the codec's name (`codec-unsupported`), the container's (`container-unsupported`), or the archive's kind (`archive`). */
  video:
    | 'empty'
    | 'not-a-video'
    | 'archive'
    | 'web-page'
    | 'resource-fork'
    /** A picture, to be opened as a photo. */
    | 'picture'
    | 'container-unsupported'
    | 'no-picture'
    | 'damaged'
    | 'no-index'
    /** The file has no frames. */
    | 'no-frames'
    /** Encrypted: its frames need the provider's key. */
    | 'encrypted'
    | 'unreadable'
    | 'codec-unsupported'
    | 'no-webcodecs'
    | 'nothing-in-range';
  /** Encoding a video. */
  encoding: 'no-webcodecs' | 'no-codec' | 'disk-full' | 'failed' | 'nothing-written';
  /** Storing sessions on this device. */
  storage: 'denied' | 'full' | 'blocked' | 'outdated' | 'damaged' | 'missing' | 'failed';
  /** Importing a session's JSON. `detail` of `damaged` is the position: `results[12].time_s`; of `too-many-markers` their number. */
  'session-file': 'not-json' | 'foreign' | 'pictures' | 'too-many-markers' | 'damaged';
  model: 'not-found' | 'corrupt' | 'incompatible' | 'network';
  /** Opening the user's own model. `detail`: the layer's name and class (`unsupported-layer`), or a file name (`part-missing`). */
  'model-file': 'not-a-model' | 'damaged' | 'part-missing' | 'weights-only' | 'unsupported-layer' | 'unsupported-storage' | 'not-a-classifier' | 'too-large';
  /** Labelled pictures in the Lab. */
  'data-set': 'no-pictures' | 'no-faces' | 'not-a-table' | 'too-large' | 'one-class' | 'too-few' | 'no-labels' | 'changed';
  engine:
    | 'not-in-browser'
    | 'wasm-blocked'
    | 'worker-blocked'
    /** The worker's script is not where the library's or the site's files should be. */
    | 'assets-not-found'
    | 'no-backend'
    | 'worker-died'
    | 'timeout'
    | 'disposed'
    | 'unknown';
  /** A caller's mistake; `detail` names the argument. */
  call: 'wrong-type' | 'out-of-range' | 'busy' | 'aborted';
}

export type ErrorKind = keyof ErrorReasons;
export type ErrorReason<K extends ErrorKind = ErrorKind> = ErrorReasons[K];

/** Crosses the worker boundary by value: `toPlain` on one side, `fromPlain` on the other. */
export interface PlainError {
  readonly kind: ErrorKind;
  readonly reason: ErrorReason;
  readonly detail: string;
  /** Stack and causes, as text. */
  readonly trace?: string;
}

/** Maximum number of causes in a trace. */
const MOST_CAUSES = 5;

/** An error of a known kind. `detail` is for developers (a file name, a status), never shown alone. */
export class MienError<K extends ErrorKind = ErrorKind> extends Error {
  override readonly name = 'MienError';
  readonly kind: K;
  readonly reason: ErrorReason<K>;
  readonly detail: string;
  /** Trace from the worker that threw the error; null if this realm threw it. */
  readonly #workerTrace: string | null;

  constructor(kind: K, reason: ErrorReason<K>, detail = '', cause?: unknown, workerTrace: string | null = null) {
    super(`${kind}/${reason}${detail ? `: ${detail}` : ''}`, { cause });
    this.kind = kind;
    this.reason = reason;
    this.detail = detail;
    this.#workerTrace = workerTrace;
  }

  /** Stack and chain of causes as text, from the thread that threw it. */
  get trace(): string {
    return MienError.#traceOf(this, 0);
  }

  static #traceOf(error: unknown, depth: number): string {
    if (!(error instanceof Error)) return String(error);
    if (error instanceof MienError && error.#workerTrace !== null) return error.#workerTrace;
    const head = `${error.name}: ${error.message}`;
    // Chrome's stacks begin with the message, other browsers' do not.
    const own = (error.stack?.startsWith(head) ? error.stack : `${head}\n${error.stack ?? ''}`).trim();
    if (error.cause === undefined || depth >= MOST_CAUSES) return own;
    return `${own}\nCaused by: ${MienError.#traceOf(error.cause, depth + 1)}`;
  }

  toPlain(): PlainError {
    return { kind: this.kind, reason: this.reason, detail: this.detail, trace: this.trace };
  }

  static fromPlain(plain: PlainError): MienError {
    return new MienError(plain.kind, plain.reason, plain.detail, undefined, plain.trace ?? null);
  }

  /** Converts any thrown value to a MienError; unknown ones become `engine/unknown`. */
  static from(error: unknown): MienError {
    if (error instanceof MienError) return error as MienError;
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return new MienError('engine', 'unknown', text, error);
  }

  is<Q extends ErrorKind>(kind: Q, reason?: ErrorReason<Q>): boolean {
    const ownKind: ErrorKind = this.kind;
    return ownKind === kind && (reason === undefined || this.reason === (reason as string));
  }
}
