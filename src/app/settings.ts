import { DEFAULT_SENSITIVITY, SENSITIVITIES, type Sensitivity } from '../engine/mixing';
import { Store } from '../engine/store';
import { BACKEND_NAMES, DEFAULT_SMOOTHING_MS, type BackendChoice } from '../engine/types';
import { RECORDING_LOOKS, VIDEO_FORMATS, type RecordingLook, type VideoFormat } from '../export/video/recording-options';
import { LOCALES } from '../words/i18n';

export const THEMES = ['system', 'light', 'dark'] as const;
export const BACKEND_CHOICES: readonly BackendChoice[] = ['auto', ...BACKEND_NAMES];
/** Largest time constant of the smoothing, ms. */
export const SMOOTHING_MAX_MS = 1000;

/** Analysed frames per second of a video. */
export const VIDEO_FRAME_RATES = [1, 2, 5, 10, 'every'] as const;
export type VideoFrameRate = (typeof VIDEO_FRAME_RATES)[number];

/** Picture stored with a recording's data. */
export const RECORD_LOOKS = ['data', ...RECORDING_LOOKS] as const;

/** `auto` uses the browser's language. */
export const LANGUAGES = ['auto', ...LOCALES] as const;

export interface Settings {
  readonly language: (typeof LANGUAGES)[number];
  readonly theme: (typeof THEMES)[number];
  readonly backend: BackendChoice;
  /** Time constant of the live smoothing, 0 (off) to `SMOOTHING_MAX_MS`. */
  readonly smoothingMs: number;
  /** Id of a model in the Lab's library that replaces Mien's own; null for Mien's own. */
  readonly modelId: string | null;
  /** How readily expressions other than neutral and happy are named. */
  readonly sensitivity: Sensitivity;
  /** Mirrors the camera view; never affects the data. */
  readonly mirror: boolean;
  /** `deviceId` of the chosen camera; null for the browser's default. */
  readonly cameraId: string | null;
  readonly pauseWhenHidden: boolean;
  /** Draws head axes on the live picture, videos and photos. */
  readonly showHeadPose: boolean;
  /** Excludes low-quality faces (small, turned away, dark …) from summaries. */
  readonly leaveOutConcerns: boolean;
  /** Stores a thumbnail with sessions that may keep a picture. */
  readonly keepThumbnails: boolean;
  readonly showPerformance: boolean;
  /** Analysed frames per second of a video. */
  readonly videoFrameRate: VideoFrameRate;
  /** `data`: no picture. */
  readonly recordLook: 'data' | RecordingLook;
  readonly recordFormat: VideoFormat;
  /** Starts CSV files with a byte-order mark. */
  readonly csvForExcel: boolean;
  /** Prints pictures of people along with the results. */
  readonly picturesOnPaper: boolean;
  /** Enables single-key shortcuts in Live; WCAG 2.1.4 requires a way to turn them off. */
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

/** Parses stored settings; missing or invalid values become defaults. */
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

/** The part of `Storage` in use; accessing `localStorage` may itself throw. */
type OpenStorage = () => Pick<Storage, 'getItem' | 'setItem'>;

/** The settings, stored if allowed, else in memory. */
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
      // Merges with what another tab changed meanwhile; this tab keeps its own values.
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
