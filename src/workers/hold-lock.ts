/** Takes a Web Lock and keeps it; the browser releases it when this worker ends for any reason. Rejects if the lock is refused. */
export function holdForever(name: string): Promise<void> {
  return new Promise((held, refused) => {
    const keep = () => {
      held();
      return new Promise(() => undefined);
    };
    navigator.locks.request(name, keep).catch(refused);
  });
}
