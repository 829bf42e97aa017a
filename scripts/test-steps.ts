/** Steps of `npm test` and `npm run test:long`. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { countPlaywright, countPytest, countVitest, summary, type Count } from './test-counts';

const REPORTS = '.cache/test-reports';

/** Runs a command and prints its output at the end, as several may run concurrently. Resolves to whether it succeeded. */
function run(command: string, args: readonly string[], extraEnvironment: Record<string, string> = {}): Promise<boolean> {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...extraEnvironment },
      shell: process.platform === 'win32',
    });
    let output = '';
    const keep = (text: string) => (output += text);
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', ({ message }) => keep(message));
    child.on('close', (status) => {
      const seconds = Math.round((performance.now() - startedMs) / 1000);
      console.log(`\n$ ${[command, ...args].join(' ')}\n${output.trimEnd()}\n(${seconds} s)`);
      resolve(status === 0);
    });
  });
}

/** Like `run`, but prints output immediately. */
function runVisibly(command: string, args: readonly string[], extraEnvironment: Record<string, string> = {}): Promise<boolean> {
  console.log(`\n$ ${[command, ...args].join(' ')}`);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...extraEnvironment },
      shell: process.platform === 'win32',
    });
    child.on('error', ({ message }) => console.error(message));
    child.on('close', (status) => resolve(status === 0));
  });
}

/** A step without tests of its own counts only if it fails. */
export async function script(name: string): Promise<Count> {
  return { passed: 0, failed: (await run('npm', ['run', '--silent', name])) ? 0 : 1, skipped: 0 };
}

/** Counts a step's report. A step that failed without a failed test (a crash, or no tests found) counts as a failure. */
function counted(passed: boolean, report: string, count: (text: string) => Count): Count {
  const found = existsSync(report) ? count(readFileSync(report, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
  const nothingRan = found.passed + found.failed === 0;
  return (passed && !nothingRan) || found.failed > 0 ? found : { ...found, failed: 1 };
}

/** Runs one of Vitest's projects: `unit` and `unit-alone` in Node, `browser` in one page of a real browser, `bundlers` builds host programs. */
export async function vitest(project: 'unit' | 'browser' | 'bundlers'): Promise<Count> {
  const report = `${REPORTS}/${project}.json`;
  const passed = await run('npx', ['vitest', 'run', `--project=${project === 'unit' ? 'unit*' : project}`, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
  return counted(passed, report, countVitest);
}

/** Runs one of Playwright's projects on its own port, as the app itself may be running. */
export async function playwright(project: 'chromium' | 'long'): Promise<Count> {
  const report = `${REPORTS}/${project}.json`;
  const environment = { PLAYWRIGHT_JSON_OUTPUT_NAME: report, MIEN_PORT: process.env.MIEN_PORT ?? String(await freePort()) };
  return counted(await runVisibly('npx', ['playwright', 'test', `--project=${project}`], environment), report, countPlaywright);
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

export async function trainingTests(): Promise<Count> {
  const python = findTrainingPython();
  if (python === null) {
    console.log('\nThe training tests were left out: no Python with torch, numpy, pillow and pytest was found (MIEN_PYTHON can name one).');
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const report = `${REPORTS}/pytest.xml`;
  return counted(await run(python, ['-m', 'pytest', '-q', 'training', `--junitxml=${report}`]), report, countPytest);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Deletes earlier reports, which would otherwise be counted for a step that crashes. */
export function clearReports(): void {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
}

/** Prints the last line and exits with the matching code. */
export function finish(counts: readonly Count[]): never {
  const { line, failed } = summary(counts);
  console.log(`\n${line}`);
  process.exit(failed > 0 ? 1 : 0);
}
