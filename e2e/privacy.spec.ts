import { serveStatic } from '../scripts/static-server';
import { expectFaces, liveFaces, openReady, startCamera, trySample } from './support/app';
import { beKnown } from './support/browser';
import { recordRequests } from './support/requests';
import { expect, test } from './support/test';

test('on a plain static host, below its root, photo and webcam request nothing elsewhere, and send nothing', async ({ page, context }) => {
  const prefix = '/some/sub/path/';
  const server = await serveStatic(process.env.MIEN_DIST ?? 'dist', prefix);
  const requests = recordRequests(context);
  const bodies: string[] = [];
  context.on('request', (request) => {
    if (request.method() !== 'GET' || request.postData() !== null) bodies.push(`${request.method()} ${request.url()}`);
  });
  const breaches: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') breaches.push(message.text());
  });
  try {
    await beKnown(page);
    await page.goto(server.url);
    await trySample(page, 'One face');
    await expectFaces(page, 1);
    await startCamera(page);
    await expect(liveFaces(page)).toHaveCount(1);

    // Recording includes workers: the engine's files are fetched there.
    expect(requests.all.some((url) => url.endsWith('face_detection.wasm'))).toBe(true);
    // Three times the size, it only replaces one that lacks a function.
    expect(requests.all.some((url) => url.endsWith('vision_wasm_module_internal.wasm'))).toBe(false);
    expect(requests.offOrigin(new URL(server.url).origin)).toEqual([]);
    expect(bodies).toEqual([]);
    expect(server.log.length).toBeGreaterThan(5);
    expect(server.log.filter(({ path, status }) => !path.startsWith(prefix) || status >= 400)).toEqual([]);
    expect(breaches).toEqual([]);
  } finally {
    await server.close();
  }
});

test('the page refuses every way off its origin, and says so', async ({ page, baseURL }) => {
  await page.goto('./');
  const broken = await page.evaluate(async (target) => {
    /** Resolves with the directive that blocks the attempt; hangs, and so fails the test, if nothing does. */
    const stopped = (attempt: () => unknown) =>
      new Promise<string>((done) => {
        document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
        attempt();
      });
    const attempts: Record<string, () => unknown> = {
      fetch: () => fetch(target).catch(() => undefined),
      beacon: () => navigator.sendBeacon(target, 'x'),
      socket: () => {
        try {
          return new WebSocket(target.replace('http', 'ws'));
        } catch {
          return null;
        }
      },
      picture: () => Object.assign(new Image(), { src: `${target}pixel.png` }),
      frame: () => document.body.append(Object.assign(document.createElement('iframe'), { src: target })),
      script: () => document.head.append(Object.assign(document.createElement('script'), { src: `${target}x.js` })),
      'inline script': () => document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.inlineRan = true' })),
      form: () => {
        const form = document.body.appendChild(Object.assign(document.createElement('form'), { action: target }));
        form.submit();
      },
    };
    const directives: Record<string, string> = {};
    for (const [name, attempt] of Object.entries(attempts)) directives[name] = await stopped(attempt);
    return { ...directives, inlineRan: 'inlineRan' in window };
  }, 'http://127.0.0.1:9/');

  expect(broken).toEqual({
    fetch: 'connect-src', beacon: 'connect-src', socket: 'connect-src', picture: 'img-src', frame: 'frame-src',
    script: 'script-src-elem', 'inline script': 'script-src-elem', form: 'form-action', inlineRan: false,
  });
  expect(page.url()).toBe(baseURL);
});

test('the engine’s worker is subject to the same policy', async ({ page }) => {
  await openReady(page);
  expect(page.workers().length).toBeGreaterThan(0);
  for (const worker of page.workers()) {
    const stopped = await worker.evaluate(async () => {
      const breach = new Promise<string>((done) => {
        self.addEventListener('securitypolicyviolation', (event) => done((event).effectiveDirective), { once: true });
      });
      const answer = await fetch('http://127.0.0.1:9/').then(() => 'answered', () => 'refused');
      return { answer, directive: await Promise.race([breach, new Promise((done) => setTimeout(done, 2000, 'none'))]) };
    });
    expect(stopped).toEqual({ answer: 'refused', directive: 'connect-src' });
  }
});

test('the policy comes first in the page itself', async ({ request }) => {
  const html = await (await request.get('./')).text();
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1]?.replaceAll('&#39;', "'") ?? '';
  const directives = new Map(policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]));
  expect(directives.get('default-src')).toEqual(["'self'"]);
  expect(directives.get('connect-src')).toEqual(["'self'"]);
  expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:/);
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'));
  // The page has no inline script or style.
  expect(html).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\son[a-z]+=/);
});
