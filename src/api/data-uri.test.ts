import { describe, expect, it } from 'vitest';
import { readDataUri } from './data-uri';

async function bytesOf(uri: string): Promise<number[]> {
  return [...new Uint8Array(await (await readDataUri(uri)).arrayBuffer())];
}

describe('readDataUri', () => {
  it('reads base64, with and without padding, white space and escapes', async () => {
    const expected = [0xfb, 0xff, 0x00, 0x10];
    expect(await bytesOf('data:image/png;base64,+/8AEA==')).toEqual(expected);
    expect(await bytesOf('data:image/png;base64,+/8AEA')).toEqual(expected);
    expect(await bytesOf('DATA:;BASE64,+/8A\r\n EA==')).toEqual(expected);
    expect(await bytesOf('data:image/png;charset=x;base64,%2B%2F8AEA%3D%3D')).toEqual(expected);
  });

  it('decodes long base64 in pieces like a single one', async () => {
    const bytes = Uint8Array.from({ length: 2_000_003 }, (_, i) => (i * 7) % 251);
    const uri = `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`;
    expect(Buffer.compare(Buffer.from(await (await readDataUri(uri)).arrayBuffer()), Buffer.from(bytes))).toBe(0);
  });

  it('decodes percent-encoding as UTF-8', async () => {
    expect(await (await readDataUri('data:image/svg+xml,%3Csvg a="é,%25"/>100%')).text()).toBe('<svg a="é,%"/>100%');
  });

  it.each([
    ['https://example.com/a.jpg', 'call/wrong-type'],
    ['', 'call/wrong-type'],
    ['data:image/png;base64', 'call/wrong-type'],
    ['data:image/png;base64,*', 'image/damaged'],
    ['data:image/png;base64,AAAAA', 'image/damaged'],
  ])('refuses %s', async (uri, message) => {
    await expect(readDataUri(uri)).rejects.toThrow(message);
  });
});
