import { supportedConfig } from './decoder-config';
import type { Salvaged } from './salvaged-file';
import { programsOf } from './transport-stream-codec';

/** Size of a program's number. */
const NUMBER_BYTES = 2;

/** Configurations to test whether a browser decodes a codec at all; it decodes no others in a transport stream. */
const USUAL_CONFIGS: Readonly<Record<string, string>> = { avc: 'avc1.42001f', hevc: 'hvc1.1.6.L93.B0' };

/**
 * Keeps one program of a transport stream, the first whose video this browser decodes: recordings of a whole channel hold several, which
 * the demuxer rejects. Overwrites the others' numbers with the reserved one in the first table, which is all that the demuxer reads.
 */
export async function withOneProgram(salvaged: Salvaged, isDecoded = isUsuallyDecoded): Promise<Salvaged> {
  const { file } = salvaged;
  const programs = await programsOf(file);
  if (programs.length < 2) return salvaged;
  const decoded = await Promise.all(programs.map(({ codec }) => isDecoded(codec ?? '')));
  const kept = programs.find((_, i) => decoded[i]) ?? programs.find(({ codec }) => codec) ?? programs[0];
  const others = programs.filter((program) => program !== kept).toSorted((a, b) => a.at - b.at);
  const parts: BlobPart[] = [];
  let from = 0;
  for (const { at } of others) {
    parts.push(file.slice(from, at), new Uint8Array(NUMBER_BYTES));
    from = at + NUMBER_BYTES;
  }
  return { ...salvaged, file: new Blob([...parts, file.slice(from)]), beside: others.flatMap(({ codec }) => codec ?? []) };
}

async function isUsuallyDecoded(codec: string): Promise<boolean> {
  const usual = USUAL_CONFIGS[codec];
  return usual !== undefined && (await supportedConfig({ codec: usual })) !== null;
}
