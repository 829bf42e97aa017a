import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type LaunchOptions } from '@playwright/test';

export interface FoundBrowser {
  readonly executablePath: string;
  /** Origin in words, for the log. */
  readonly origin: string;
}

const COMMANDS = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome'];
const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
};

function installed(): FoundBrowser | null {
  const named = process.env.CHROME_PATH;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
    return { executablePath: named, origin: 'CHROME_PATH' };
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [...COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command))), ...(PLACES[process.platform] ?? [])];
  const executablePath = candidates.find((path) => existsSync(path));
  return executablePath === undefined ? null : { executablePath, origin: 'installed' };
}

function playwrightsOwn(): FoundBrowser | null {
  const executablePath = chromium.executablePath();
  return existsSync(executablePath) ? { executablePath, origin: "Playwright's own" } : null;
}

/** An installed Chrome or Chromium (`CHROME_PATH` first), else Playwright's own, else null. */
export function findBrowser(): FoundBrowser | null {
  return installed() ?? playwrightsOwn();
}

function succeeds(command: string, args: readonly string[]): boolean {
  console.log(`$ ${[command, ...args].join(' ')}`);
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' }).status === 0;
}

function installDebianPackage(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  succeeds('apt-get', ['update', '-qq']);
  return succeeds('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
}

/**
 * Finds a browser for tests, installing one if there is none: Playwright's, or Debian's package if that fails.
 *
 * @throws Error if none can be found or installed.
 */
export function ensureBrowser(): FoundBrowser {
  const found = findBrowser();
  if (found !== null) return found;
  const system = process.platform === 'linux' && process.getuid?.() === 0 ? ['--with-deps'] : [];
  succeeds('npx', ['playwright', 'install', ...system, 'chromium']);
  if (playwrightsOwn() === null) installDebianPackage();
  const now = findBrowser();
  if (now === null) throw new Error('No Chrome or Chromium was found and none could be installed. Install one, or set CHROME_PATH to it.');
  return now;
}

/** Copy of Playwright's own list (checked by a unit test), because Chromium only uses the last `--disable-features`. */
export const PLAYWRIGHT_DISABLES = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

/** Pages of the address bar's popup, which Chromium loads invisibly with each window, at a fifth of the app's startup cost. */
const ADDRESS_BAR_PAGES = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

/** Launch options for headless use; root and containers lack the user namespace for Chromium's sandbox. */
export function launchOptions(browser: FoundBrowser, extraArgs: readonly string[] = []): LaunchOptions {
  return {
    executablePath: browser.executablePath,
    chromiumSandbox: false,
    args: [`--disable-features=${[...PLAYWRIGHT_DISABLES, ...ADDRESS_BAR_PAGES].join(',')}`, ...extraArgs],
  };
}
