import { expect, test } from '@playwright/test';
import { expectFaces, openPhoto } from './support/app';
import { recordRequests } from './support/requests';

test('photo and webcam ask for nothing off the origin, and send nothing to it', async ({ page, context, baseURL }) => {
  const requests = recordRequests(context);
  const bodies: string[] = [];
  context.on('request', (request) => {
    if (request.method() !== 'GET' || request.postData() !== null) bodies.push(`${request.method()} ${request.url()}`);
  });
  await openPhoto(page);
  await page.getByRole('button', { name: /five/i }).click();
  await expectFaces(page, 5);
  await page.getByRole('tab', { name: 'Webcam' }).click();
  await page.getByRole('button', { name: /start/i }).click();
  await expect(page.getByRole('list', { name: 'Faces' }).getByRole('listitem').first()).toBeVisible();

  const { origin } = new URL(baseURL ?? '');
  // The watch sees workers too: the engine's own files are fetched there.
  expect(requests.all.some((url) => url.endsWith('vision_wasm_module_internal.wasm'))).toBe(true);
  expect(requests.offOrigin(origin)).toEqual([]);
  expect(bodies).toEqual([]);
});

test('the page refuses every way off its origin, and says so', async ({ page, context, baseURL }) => {
  const requests = recordRequests(context);
  await page.goto('./');
  const elsewhere = 'http://127.0.0.1:9/';
  const outcome = await page.evaluate(async (target) => {
    const broken: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => broken.push(event.effectiveDirective));
    const settle = () => new Promise((done) => setTimeout(done));
    const fetched = await fetch(target).then(() => 'answered', () => 'refused');
    const beacon = navigator.sendBeacon(target, 'x');
    const picture = new Image();
    const pictured = await new Promise((done) => {
      picture.onload = () => done('loaded');
      picture.onerror = () => done('refused');
      picture.src = `${target}pixel.png`;
    });
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.head.append(script);
    const form = document.createElement('form');
    form.action = target;
    document.body.append(form);
    form.submit();
    await settle();
    let socket = 'opened';
    try {
      new WebSocket('ws://127.0.0.1:9/');
    } catch {
      socket = 'refused';
    }
    await settle();
    return { fetched, beacon, pictured, socket, inlineRan: 'inlineRan' in window, broken };
  }, elsewhere);

  expect(outcome.fetched).toBe('refused');
  expect(outcome.pictured).toBe('refused');
  expect(outcome.inlineRan).toBe(false);
  for (const directive of ['connect-src', 'img-src', 'script-src-elem', 'form-action']) expect(outcome.broken).toContain(directive);
  expect(page.url()).toBe(baseURL);
  expect(outcome.broken.filter((directive) => directive === 'connect-src').length).toBeGreaterThanOrEqual(3);
  expect(requests.offOrigin(new URL(baseURL ?? '').origin).filter((url) => !url.startsWith(elsewhere))).toEqual([]);
});

test('the policy stands in the page itself, first of all', async ({ request }) => {
  const html = await (await request.get('./')).text();
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1]?.replaceAll('&#39;', "'") ?? '';
  const directives = new Map(policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]));
  expect(directives.get('default-src')).toEqual(["'self'"]);
  expect(directives.get('connect-src')).toEqual(["'self'"]);
  expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:/);
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'));
  // No script or style stands in the page.
  expect(html).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\son[a-z]+=/);
});
