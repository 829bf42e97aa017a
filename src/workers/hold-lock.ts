/** Takes a Web Lock and keeps it: the browser frees it when this worker ends, however it ends. Rejects where it is refused. */
export function holdForever(name: string): Promise<void> {
  return new Promise((held, refused) => {
    const keep = () => {
      held();
      return new Promise(() => undefined);
    };
    navigator.locks.request(name, keep).catch(refused);
  });
}
