/**
 * Lets everything that waits go first, messages that have arrived too, which only a task of one's own comes after, unlike a
 * promise. Not `scheduler.yield`, which goes before other messages; not a timer, which waits 4 ms, and a second in a hidden page.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
