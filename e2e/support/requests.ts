import type { BrowserContext, Page } from '@playwright/test';

/** Records every URL requested by pages and workers of the context, except `blob:` and `data:`. */
export function recordRequests(context: BrowserContext): { readonly all: readonly string[]; offOrigin(origin: string): string[] } {
  const all: string[] = [];
  const record = (url: string) => {
    if (!/^(blob|data|about|chrome-error):/.test(url)) all.push(url);
  };
  context.on('request', (request) => record(request.url()));
  const watch = (page: Page) => {
    page.on('websocket', (socket) => record(socket.url()));
  };
  context.pages().forEach(watch);
  context.on('page', watch);
  return { all, offOrigin: (origin) => all.filter((url) => new URL(url).origin !== origin) };
}
