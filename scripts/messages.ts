/**
 * `npm run messages [language]`: synchronises the catalogues with the source. Drops translations of removed texts,
 * sorts keys and counts missing translations; for a given language it lists them with their places.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LOCALES, type Catalogue, type Locale } from '../src/words/i18n';
import { checkTranslation } from './messages/check';
import { extractMessages } from './messages/extract';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const { messages, problems } = extractMessages(projectRoot);
const asked = process.argv[2];

function update(locale: Locale): void {
  const file = `${projectRoot}/src/words/messages/${locale}.json`;
  const before = JSON.parse(readFileSync(file, 'utf8')) as Catalogue;
  const kept = [...messages.keys()].filter((message) => message in before).sort();
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(kept.map((message) => [message, before[message]])), null, 2)}\n`);
  const missing = [...messages].filter(([message]) => !(message in before));
  console.log(`${locale}: ${kept.length} of ${messages.size}, ${Object.keys(before).length - kept.length} dropped, ${missing.length} missing`);
  if (asked === locale) for (const [message, places] of missing) console.log(`  ${JSON.stringify(message)}  ${places.join(' ')}`);
  for (const message of kept) {
    const faults = checkTranslation(message, before[message] ?? '', locale);
    if (faults.length > 0) console.log(`  wrong: ${JSON.stringify(message)} ${faults.join('; ')}`);
  }
}

for (const locale of LOCALES) if (locale !== 'en') update(locale);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
