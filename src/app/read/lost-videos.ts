import { log } from '../../engine/log';
import { Store } from '../../engine/store';
import { alone } from '../../session/held-lock';
import { nameIn, pathOf } from '../files/file-path';
import { openTabs, pageTab } from '../tab-hold';
import { KeptVideos } from './kept-videos';
import { sortOutListed } from './listed-files';
import { loadedVideos, openVideos } from './loaded-videos';

/** A video that was open when its page was closed, and whose file was not stored. */
export interface LostVideo {
  /** Path with folders. */
  readonly name: string;
  readonly bytes: number;
}

const PREFIX = 'mien-videos-';
/** Lock held while a tab takes videos, so that no two take the same. */
const TAKING = 'mien-videos-taking';
const lost = new Store<readonly LostVideo[]>([]);
const keptHere = new Store<number | null>(null);
const analysed = new Store<readonly string[]>([]);

/** Unanalysed videos of the last visit, until they are chosen again or dismissed. */
export const lostVideos: Pick<typeof lost, 'subscribe' | 'getSnapshot'> = lost;

/** Ids of the sessions of videos that were analysed and listed at the last visit, until they are dismissed. Some may be deleted. */
export const analysedVideos: Pick<typeof analysed, 'subscribe' | 'getSnapshot'> = analysed;

export function dismissAnalysedVideos(): void {
  analysed.set([]);
}

/** Number of this tab's stored videos; null until Read has been opened. */
export const keptVideoCount: Pick<typeof keptHere, 'subscribe' | 'getSnapshot'> = keptHere;

export function dismissLostVideos(): void {
  lost.set([]);
}

/** Whether videos of the last visit may be about to be restored. */
export function areVideosNoted(): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(PREFIX));
  } catch {
    return false;
  }
}

/**
 * Notes which videos are open in this tab, and restores those that were open in it or in closed tabs: as files if
 * stored, else by name. Does nothing if storage is unavailable.
 */
export async function followVideos(): Promise<void> {
  try {
    const { id } = await pageTab();
    const open = await openTabs();
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && (key === PREFIX + id || !open?.has(key.slice(PREFIX.length))));
    const noted = joined(keys.map((key) => toNote(localStorage.getItem(key))));
    // Before the first await: another reload meanwhile finds them under this tab's id.
    setNote(PREFIX + id, noted);
    for (const key of keys) if (key !== PREFIX + id) localStorage.removeItem(key);
    // Without stored files, the names still help.
    const database = await KeptVideos.open(id).catch(unkept);
    const files = database ? await alone(TAKING, () => database.take(open)).catch(unkept) : null;
    // Some may have been chosen again meanwhile.
    const { fresh } = sortOutListed(videosHere().map(({ name, file }) => ({ path: name, file })), files ?? []);
    // If they cannot be opened now, they stay stored for the next visit.
    const kept = fresh.length === 0 || (await openVideos(fresh)) ? database : null;
    lost.set(noted.lost);
    analysed.set(noted.analysed);
    if (database) database.count.watch((count) => keptHere.set(count));
    else keptHere.set(0);
    const note = () => {
      const here = videosHere();
      void kept?.keep(here.filter(({ isOpen }) => isOpen).map(({ file }) => file));
      const still = lost.getSnapshot().filter((video) => !here.some((other) => isSame(video, other)));
      if (still.length < lost.getSnapshot().length) lost.set(still);
      setNote(PREFIX + id, { lost: [...still, ...here.filter(({ isOpen }) => isOpen)], analysed: [...analysed.getSnapshot(), ...here.flatMap(({ session }) => session ?? [])] });
    };
    lost.subscribe(note);
    analysed.subscribe(note);
    let leave: (() => void) | null = null;
    loadedVideos.subscribe(() => {
      leave ??= loadedVideos.getSnapshot()?.subscribe(note) ?? null;
    });
    leave = loadedVideos.getSnapshot()?.subscribe(note) ?? null;
    note();
  } catch (error) {
    // Without storage nothing can be restored.
    unkept(error);
  }
}

function unkept(error: unknown): null {
  log.warn(`videos of the last visit were not brought back: ${String(error)}`);
  return null;
}

interface VideoHere extends LostVideo {
  readonly file: File;
  /** True until its analysis has completed. */
  readonly isOpen: boolean;
  /** Id of the session of its last analysis; null if none is stored. */
  readonly session: string | null;
}

function videosHere(): readonly VideoHere[] {
  const clips = loadedVideos.getSnapshot()?.getSnapshot().items ?? [];
  return clips.map(({ file, state, saved }) => ({
    ...{ file, name: pathOf(file), bytes: file.size },
    isOpen: state.status !== 'unreadable' && (state.status !== 'ended' || state.ending.how !== 'complete'),
    session: state.status === 'ended' && saved?.how === 'saved' ? state.analysis.id : null,
  }));
}

function isSame(a: LostVideo, b: LostVideo): boolean {
  return a.bytes === b.bytes && nameIn(a.name) === nameIn(b.name);
}

/** A tab's videos, as noted for its next visit. */
interface Note {
  readonly lost: readonly LostVideo[];
  /** Ids of sessions; their names are in the archive, where they can be deleted. */
  readonly analysed: readonly string[];
}

function joined(notes: readonly Note[]): Note {
  return { lost: notes.flatMap(({ lost }) => lost), analysed: [...new Set(notes.flatMap(({ analysed }) => analysed))] };
}

function setNote(key: string, { lost, analysed }: Note): void {
  const text = JSON.stringify([...lost.map(({ name, bytes }) => ({ name, bytes })), ...analysed]);
  if (text === '[]') localStorage.removeItem(key);
  else if (localStorage.getItem(key) !== text) localStorage.setItem(key, text);
}

/** Invalid text gives no videos, so that it does not block the other notes. */
function toNote(text: string | null): Note {
  const value = parsed(text ?? '[]');
  const noted: readonly unknown[] = Array.isArray(value) ? value : [];
  const lost = noted.flatMap((each) => {
    const { name, bytes } = (each ?? {}) as Partial<Record<keyof LostVideo, unknown>>;
    return typeof name === 'string' && typeof bytes === 'number' ? [{ name, bytes }] : [];
  });
  return { lost, analysed: noted.filter((each) => typeof each === 'string') };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
