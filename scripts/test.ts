/** `npm test`: everything, in order; ends with one line that sums up unit, browser and training tests. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { countPlaywright, countPytest, countVitest, summary, type Count } from './test-counts';
import { ensureBrowser } from './find-browser';

const REPORTS = '.cache/test-reports';

function run(command: string, args: readonly string[], extraEnvironment: Record<string, string> = {}): boolean {
  console.log(`\n$ ${[command, ...args].join(' ')}`);
  const { status, error } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...extraEnvironment },
    shell: process.platform === 'win32',
  });
  if (error !== undefined) console.error(error.message);
  return status === 0;
}

/** A step without tests of its own counts only when it fails. */
function step(...args: [command: string, args: readonly string[]]): Count {
  return { passed: 0, failed: run(...args) ? 0 : 1, skipped: 0 };
}

/** A step that writes a report. One that failed without a failed test (it crashed, or found none) counts as a failure. */
function suite(passed: boolean, report: string, count: (text: string) => Count): Count {
  const counted = existsSync(report) ? count(readFileSync(report, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
  const nothingRan = counted.passed + counted.failed === 0;
  return (passed && !nothingRan) || counted.failed > 0 ? counted : { ...counted, failed: 1 };
}

function findTrainingPython(): string | null {
  const candidates = [process.env.MIEN_PYTHON, '.cache/training-venv/bin/python', 'python3', 'python'];
  for (const python of candidates) {
    if (python === undefined || python === '') continue;
    const { status } = spawnSync(python, ['-c', 'import torch, numpy, PIL, pytest'], { stdio: 'ignore' });
    if (status === 0) return python;
  }
  return null;
}

/** One of Vitest's projects: `unit` runs in Node, `browser` in one page of a real browser. */
function vitest(project: 'unit' | 'browser'): Count {
  const report = `${REPORTS}/${project}.json`;
  const passed = run('npx', ['vitest', 'run', `--project=${project}`, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
  return suite(passed, report, countVitest);
}

function trainingTests(): Count {
  const python = findTrainingPython();
  if (python === null) {
    console.log('\nThe training tests were left out: no Python with torch, numpy, pillow and pytest was found (MIEN_PYTHON can name one).');
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const report = `${REPORTS}/pytest.xml`;
  return suite(run(python, ['-m', 'pytest', '-q', 'training', `--junitxml=${report}`]), report, countPytest);
}

/** One that nothing uses: the app itself may be running beside the tests. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

const counts: Count[] = [
  step('npm', ['run', '--silent', 'types']),
  step('npm', ['run', '--silent', 'lint']),
  vitest('unit'),
];
const builds = ['build', 'build:lib'].map((script) => step('npm', ['run', '--silent', script]));
counts.push(...builds);
if (builds.every(({ failed }) => failed === 0)) {
  const browser = ensureBrowser();
  console.log(`\nBrowser tests use ${browser.executablePath} (${browser.origin}).`);
  counts.push(vitest('browser'));
  const report = `${REPORTS}/e2e.json`;
  const environment = { PLAYWRIGHT_JSON_OUTPUT_NAME: report, MIEN_PORT: process.env.MIEN_PORT ?? String(await freePort()) };
  counts.push(suite(run('npx', ['playwright', 'test'], environment), report, countPlaywright));
} else {
  console.log('\nThe browser tests were left out: a build failed.');
}
counts.push(trainingTests());

const { line, failed } = summary(counts);
console.log(`\n${line}`);
process.exit(failed > 0 ? 1 : 0);
