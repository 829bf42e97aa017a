import type { Salvaged } from './salvaged-file';
import { programsOf } from './transport-stream-codec';

/** Bytes of a program's number. */
const NUMBER_BYTES = 2;

/**
 * Leaves one program of a transport stream, the first with pictures: recordings of a whole channel hold several, which the demuxer refuses.
 * The others' numbers are overwritten by that of no program in the first table, which is all that the demuxer reads.
 */
export async function withOneProgram(salvaged: Salvaged): Promise<Salvaged> {
  const { file } = salvaged;
  const programs = await programsOf(file);
  if (programs.length < 2) return salvaged;
  const kept = programs.find(({ codec }) => codec !== null) ?? programs[0];
  const others = programs.filter((program) => program !== kept).toSorted((a, b) => a.at - b.at);
  const parts: BlobPart[] = [];
  let from = 0;
  for (const { at } of others) {
    parts.push(file.slice(from, at), new Uint8Array(NUMBER_BYTES));
    from = at + NUMBER_BYTES;
  }
  return { ...salvaged, file: new Blob([...parts, file.slice(from)]), beside: others.flatMap(({ codec }) => codec ?? []) };
}
