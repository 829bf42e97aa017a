import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import type { DataSet } from './data-set';

const dataSet = (name: string, faces: number): DataSet => ({ name, faces: [], leftOut: [], bursts: [], pixels: { luminance: new Uint8Array(faces * 48 * 48).fill(faces), colors: null } });

/** Loads the module again, like another tab; the database is shared. */
async function openTab() {
  vi.resetModules();
  return import('./data-database');
}

it("never mixes the data sets of two tabs, and does not delete the other tab's", async () => {
  const [one, other] = [await openTab(), await openTab()];
  const [first, second] = [dataSet('first', 2), dataSet('second', 3)];
  await one.writeDataSet(first);
  await other.writeDataSet(second);
  await one.deleteDataSet(first);
  expect(await (await openTab()).readDataSet()).toEqual(second);

  await other.writeFaces({ ...second, name: 'second, labelled' });
  expect(await (await openTab()).readDataSet()).toEqual({ ...second, name: 'second, labelled' });
  await one.writeFaces({ ...first, name: 'first, labelled' });
  expect(await (await openTab()).readDataSet()).toEqual({ ...first, name: 'first, labelled' });
});
