import { DEFAULT_SENSITIVITY, SENSITIVITIES, type Sensitivity } from '../engine/mixing';
import { Store } from '../engine/store';
import { BACKEND_NAMES, DEFAULT_SMOOTHING_MS, type BackendChoice } from '../engine/types';
import { RECORDING_LOOKS, VIDEO_FORMATS, type RecordingLook, type VideoFormat } from '../export/video/recording-options';
import { LOCALES } from '../words/i18n';

export const THEMES = ['system', 'light', 'dark'] as const;
export const BACKEND_CHOICES: readonly BackendChoice[] = ['auto', ...BACKEND_NAMES];
/** Range of the smoothing's time constant, ms. */
export const SMOOTHING_MAX_MS = 1000;

/** Analysed frames a second of a video. */
export const VIDEO_FRAME_RATES = [1, 2, 5, 10, 'every'] as const;
export type VideoFrameRate = (typeof VIDEO_FRAME_RATES)[number];

/** The picture that a recording keeps beside its data. */
export const RECORD_LOOKS = ['data', ...RECORDING_LOOKS] as const;

/** `auto`: the browser's. */
export const LANGUAGES = ['auto', ...LOCALES] as const;

export interface Settings {
  readonly language: (typeof LANGUAGES)[number];
  readonly theme: (typeof THEMES)[number];
  readonly backend: BackendChoice;
  /** Time constant of the live smoothing, 0 (off) to `SMOOTHING_MAX_MS`. */
  readonly smoothingMs: number;
  /** Of a model in the Lab's library that reads faces in the place of Mien's own; null: Mien's own. */
  readonly modelId: string | null;
  /** How readily other expressions than neutral and happy are named. */
  readonly sensitivity: Sensitivity;
  /** Shows the camera like a mirror; never changes the data. */
  readonly mirror: boolean;
  /** `deviceId` of the chosen camera; null leaves it to the browser. */
  readonly cameraId: string | null;
  readonly pauseWhenHidden: boolean;
  /** Draws where each head faces, on the live picture, videos and photos. */
  readonly showHeadPose: boolean;
  /** Summaries do not count faces that are small, turned away, dark and so on. */
  readonly leaveOutConcerns: boolean;
  /** Sessions keep a small picture, where their picture may be kept at all. */
  readonly keepThumbnails: boolean;
  readonly showPerformance: boolean;
  /** How often a video is analysed. */
  readonly videoFrameRate: VideoFrameRate;
  /** `data`: no picture. */
  readonly recordLook: 'data' | RecordingLook;
  readonly recordFormat: VideoFormat;
  /** CSV files begin with a byte-order mark. */
  readonly csvForExcel: boolean;
  /** What is printed shows pictures of people, and not only what was read in them. */
  readonly picturesOnPaper: boolean;
  /** Single keys act on the webcam tab; WCAG 2.1.4 wants a way to switch them off. */
  readonly shortcuts: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  language: 'auto',
  theme: 'system',
  backend: 'auto',
  smoothingMs: DEFAULT_SMOOTHING_MS,
  modelId: null,
  sensitivity: DEFAULT_SENSITIVITY,
  mirror: true,
  cameraId: null,
  pauseWhenHidden: true,
  showHeadPose: false,
  leaveOutConcerns: false,
  keepThumbnails: true,
  showPerformance: false,
  videoFrameRate: 1,
  recordLook: 'data',
  recordFormat: 'mp4',
  csvForExcel: false,
  picturesOnPaper: true,
  shortcuts: true,
};

const KEY = 'mien.settings';

/** Settings from stored text; missing or invalid values take their defaults. */
export function parseSettings(text: string | null): Settings {
  const stored = parseObject(text);
  const d = DEFAULT_SETTINGS;
  const smoothing = stored['smoothingMs'];
  const camera = stored['cameraId'];
  const model = stored['modelId'];
  return {
    language: LANGUAGES.find((language) => language === stored['language']) ?? d.language,
    theme: THEMES.find((t) => t === stored['theme']) ?? d.theme,
    backend: BACKEND_CHOICES.find((b) => b === stored['backend']) ?? d.backend,
    smoothingMs:
      typeof smoothing === 'number' && smoothing >= 0 && smoothing <= SMOOTHING_MAX_MS ? smoothing : d.smoothingMs,
    modelId: typeof model === 'string' ? model : d.modelId,
    sensitivity: SENSITIVITIES.find((s) => s === stored['sensitivity']) ?? d.sensitivity,
    mirror: booleanOr(stored['mirror'], d.mirror),
    cameraId: typeof camera === 'string' ? camera : d.cameraId,
    pauseWhenHidden: booleanOr(stored['pauseWhenHidden'], d.pauseWhenHidden),
    showHeadPose: booleanOr(stored['showHeadPose'], d.showHeadPose),
    leaveOutConcerns: booleanOr(stored['leaveOutConcerns'], d.leaveOutConcerns),
    keepThumbnails: booleanOr(stored['keepThumbnails'], d.keepThumbnails),
    showPerformance: booleanOr(stored['showPerformance'], d.showPerformance),
    videoFrameRate: VIDEO_FRAME_RATES.find((rate) => rate === stored['videoFrameRate']) ?? d.videoFrameRate,
    recordLook: RECORD_LOOKS.find((look) => look === stored['recordLook']) ?? d.recordLook,
    recordFormat: VIDEO_FORMATS.find((format) => format === stored['recordFormat']) ?? d.recordFormat,
    csvForExcel: booleanOr(stored['csvForExcel'], d.csvForExcel),
    picturesOnPaper: booleanOr(stored['picturesOnPaper'], d.picturesOnPaper),
    shortcuts: booleanOr(stored['shortcuts'], d.shortcuts),
  };
}

function parseObject(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function booleanOr(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}

/** What the store needs of a `Storage`; `localStorage` itself may throw on access. */
type OpenStorage = () => Pick<Storage, 'getItem' | 'setItem'>;

/** One set of settings, kept in storage where that is allowed and in memory where it is not. */
export class SettingsStore {
  readonly #store: Store<Settings>;
  readonly #open: OpenStorage;

  constructor(open: OpenStorage) {
    this.#open = open;
    this.#store = new Store(read(open));
  }

  get getSnapshot() {
    return this.#store.getSnapshot;
  }

  get subscribe() {
    return this.#store.subscribe;
  }

  readonly update = (change: Partial<Settings>): void => {
    const settings = { ...this.#store.getSnapshot(), ...change };
    try {
      // Another tab may have changed others meanwhile: those stay, and this tab goes on with its own.
      this.#open().setItem(KEY, JSON.stringify({ ...read(this.#open), ...change }));
    } catch {
      // Storage denied or full: the settings last until the page is closed.
    }
    this.#store.set(settings);
  };
}

function read(open: OpenStorage): Settings {
  try {
    return parseSettings(open().getItem(KEY));
  } catch {
    return DEFAULT_SETTINGS;
  }
}

let pageStore: SettingsStore | null = null;

/** The page's settings. */
export function settingsStore(): SettingsStore {
  pageStore ??= new SettingsStore(() => localStorage);
  return pageStore;
}
