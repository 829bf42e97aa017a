import { supportedConfig } from './decoder-config';
import type { Salvaged } from './salvaged-file';
import { programsOf, type Program } from './transport-stream-codec';

/** Size of a program's number. */
const NUMBER_BYTES = 2;
/** Forbidden as the id of a table. */
const NO_TABLE = 0xff;

/** Configurations to test whether a browser decodes a codec at all; it decodes no others in a transport stream. */
const USUAL_CONFIGS: Readonly<Record<string, string>> = { avc: 'avc1.42001f', hevc: 'hvc1.1.6.L93.B0' };

/** The program of several that is read: the first whose video this browser decodes, or else the first with a known video. */
export async function keptProgram(programs: readonly Program[], isDecoded = isUsuallyDecoded): Promise<Program | undefined> {
  const decoded = await Promise.all(programs.map(({ codec }) => isDecoded(codec ?? '')));
  return programs.find((_, i) => decoded[i]) ?? programs.find(({ codec }) => codec) ?? programs[0];
}

/**
 * Keeps one program of a transport stream: recordings of a whole channel hold several, which the demuxer rejects. Overwrites the others'
 * numbers with the reserved one in the first table, and hides their own tables: the demuxer reads the first of either kind.
 */
export async function withOneProgram(salvaged: Salvaged, isDecoded = isUsuallyDecoded): Promise<Salvaged> {
  const { file, programs: known = [] } = salvaged;
  const programs = await programsOf(file);
  const late = known.filter(({ tableId }) => !programs.some((program) => program.tableId === tableId));
  const kept = await keptProgram(programs, isDecoded);
  const others = programs.filter((program) => program !== kept);
  const unread = [...others, ...late].filter(({ codec }) => codec !== null);
  const beside = unread.map(({ codec, number }) => ({ codec: codec ?? '', program: number }));
  if (others.length === 0) return beside.length === 0 ? salvaged : { ...salvaged, beside };
  const numbers = others.map(({ at }) => ({ at, bytes: new Uint8Array(NUMBER_BYTES) }));
  const tables = others.flatMap(({ tablesAt }) => tablesAt.map((at) => ({ at, bytes: Uint8Array.of(NO_TABLE) })));
  const parts: BlobPart[] = [];
  let from = 0;
  for (const { at, bytes } of [...numbers, ...tables].toSorted((one, two) => one.at - two.at)) {
    parts.push(file.slice(from, at), bytes);
    from = at + bytes.length;
  }
  return { ...salvaged, file: new Blob([...parts, file.slice(from)]), beside };
}

export async function isUsuallyDecoded(codec: string): Promise<boolean> {
  const usual = USUAL_CONFIGS[codec];
  return usual !== undefined && (await supportedConfig({ codec: usual })) !== null;
}
