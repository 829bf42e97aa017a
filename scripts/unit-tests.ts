import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Matches mocks of modules and globals, TensorFlow.js (which keeps per-realm state), and databases. */
const NEEDS_OWN_REALM = /\bvi\.(?!fn\b)|@tensorflow\/|\btf\.|globalThis|fake-indexeddb|process\.(env|chdir)/;

/** Unit tests (Node) in some folders, split by whether a file would leave state behind for the next one. */
export function unitTests(folders: readonly string[]): { readonly alone: string[]; readonly together: string[] } {
  const found = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name).replaceAll('\\', '/')));
  const tests = found.filter((path) => path.endsWith('.test.ts') && !path.endsWith('.browser.test.ts')).sort();
  const isAlone = (path: string) => NEEDS_OWN_REALM.test(readFileSync(path, 'utf8'));
  return { alone: tests.filter(isAlone), together: tests.filter((path) => !isAlone(path)) };
}
