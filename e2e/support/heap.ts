import type { CDPSession, Page } from '@playwright/test';

interface HeapUsage {
  usedSize: number;
  backingStorageSize?: number;
}

/**
 * Bytes on the JavaScript heaps of a page and its workers after a forced collection, including array buffers (so WebAssembly
 * memories too). Workers offer no such figure themselves, so ask the browser over the old protocol that wraps messages to a
 * worker.
 */
export async function collectedHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const workers: string[] = [];
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workers.push(sessionId);
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  await session.send('HeapProfiler.collectGarbage');
  let total = bytes(await session.send('Runtime.getHeapUsage'));
  for (const worker of workers) {
    await ask(session, worker, 'HeapProfiler.collectGarbage');
    total += bytes((await ask(session, worker, 'Runtime.getHeapUsage')) as HeapUsage);
  }
  await session.detach();
  return total;
}

const bytes = ({ usedSize, backingStorageSize = 0 }: HeapUsage) => usedSize + backingStorageSize;

let lastId = 0;

function ask(session: CDPSession, sessionId: string, method: string): Promise<unknown> {
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    const listen = ({ message }: { message: string }) => {
      const answer = JSON.parse(message) as { id?: number; result?: unknown; error?: { message: string } };
      if (answer.id !== id) return;
      session.off('Target.receivedMessageFromTarget', listen);
      if (answer.error) reject(new Error(answer.error.message));
      else resolve(answer.result);
    };
    session.on('Target.receivedMessageFromTarget', listen);
    session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) }).catch(reject);
  });
}
