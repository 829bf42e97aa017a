import { BlobSource, BufferTarget, EncodedPacketSink, EncodedVideoPacketSource, Input, MkvOutputFormat, MATROSKA, Output } from 'mediabunny';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { soundParts } from '../../sources/sound-parts';
import { AudioCopy } from '../../export/video/audio-copy';

/** Two seconds: the first in an MP4's sample table, the second in a fragment after it; compressed. */
const TABLE_AND_FRAGMENT = [
  'H4sIAAAAAAACA5VWCVhTVxZ+LxIMixAQNKOoISwqiAKCIIsCgpOCRahA+ZBhy0ZKQmJeQhEqi6DCIIrrRwURS21JnXGg4LBYBSqhKZswIyqIVRCBQkWp1RFkmfuSl/KI2M/eLyfnLv8999xz/3Pvgy',
  'DInC3eL+QiAj4EESBUA9kCxD46gWHHFzrYQRAxjS8QJEAQxOMnxDKheeVaGgTVeUAwhP7mCjwfpd72gP6wLAK+uItF0XGgHi6OU6y56G1r39W+NfN91iVjAsHdfCY3GlSofKb6vlCkR1xwo6JhE8vk',
  'iVQjCVwmC48MAW0BPTqeyWOhGDiTz41ng4pRAl9hFO+COVM5ZsIUsdg4F3UlIh5VWYe9EXEMD9SrETHCxGFK0QN5xzbRDZEhOtB0FUJ3F8BTedyYRPstDgsFmTI7C/43AtQO2Ktee7YPWsYBunt1vT',
  'cabQ30j+xG/5wKQ8TYlowW1D+yMBoRYuujYhQjFokxe02YpiJiMYLVCUocNQ7TaJ8R2BeC2wcqJqCPodaHH0vC+Y3a1Aeije4BETMEc/3EAQhavBVUff+APASlqsNzEIb/NGnhwXeTR5kUC5EHEUji',
  '8cg9oM3EkecERh4ywp9n9H2IE4wRZ68acfx2CyXIW1uClTmAugrKUuZuIQLC4Px7D/5sl4MzN5Ip4y3GmzKAIB00LOtw50dQOz+0TcLqoWpnCeZDYEnIEog1kLVA1mN1S6xtA8QWiBkaBiAWmJhibZ',
  'qSI7/zAJw18R9AXgAu7ADtFQhHyEQXFwl4PJV/szPobCSGg7IZP4KxQ8EwdBKdn8BKRE9ZLFJoPEPxBT9OWGDcXcIUo2xx5LMUGi2meGYANomihUIefhKJy0PAERB+4DOjxZRHt+orF2/n5FDjN5OC',
  'roSeXCKi5dyDy3r9T38k2WxPy2mCKS2Zv71s0G+TBFaHkJpWtTpc3m3jBOzosLIyiW75xdD2ujTKMKSv548ElF13umLm3uPas+aB52TxY24T+4DWy6JAWXuSi90dImVopvxj3agJ8w4zBx3KjUSZNr',
  'dI/KzU6utxEzdhy+nR4SD3DHdXufdVpB6F+sq3aU2HpZVO1SXrnCqSB9+3vPTGW8b9LHJ9YD8x9WGCC+soBltM2vMXRusvhPPjud8eeNywsYvc6ZQQalXWl3SOHxCeEPLEhzIMU/SnbXQT3TQTXyV1',
  'aju1FUdUj9xtvOjaxZDW/c1r00xTSvCo4yi59hRlaGqlLLttSbhRR25FvmuXi5fDx87tuukfrho70pfRUlt3gNUe4Yyu7EdbeurD8uoRt2OjY33nbY1MHS7MmFhZ0uWFJQG7L+0bmTqZiBqrqxocPG',
  'tPyc6YWfWsojm/su84V2qY0/5lcc7hG7x1qydmNwSuKQ+L3JkOgqrpec5ZOwnEs+Zcp8HBF7csRko2yqsHjPIrr86MHV6pyb/iM5K+/wQc7NzwIHnlQfEKqx4KiWFJ0UO2bpIUZPfdJneMDoleNIfR',
  'IkOKH3IyskL+d64g3I1Or6foCV/GbpvsIGUWPLQj2+x8Qv9tyMCVE7pR78Gwg4uNcK1dUBrAWEgPNfMaClNqC2WfVGsOTL6ivqmXjtRkXvpmW+MexhdcE6rSULKW/0BEzOETJZI2dvfTmZq7u67E6k',
  'qzLmc98ZxaKtusBE01/nxSV5eY8ro/ZdLn0x8l38lHkQ0lmgb7/NOUgPRS60iNdGO3KW8Lg+Lqw6HBxkVhp1tZtRrylOfmUUrMdI9P1jHfmumBoadD8qzrko6un1z7KT9fLftE8BSkRBD4jFBcbnx2',
  'LP6CigK3NdpvLlb2b53LH1Ic9moYKq9oyEjMZornkssjTpl76K1KICpzDw7HktgQeyV6F7BPmLOvuMEssA41+4pXolBpfxF248GJqjmYNse0qVo/DdOWalrVb6aGN1PDmb6jDXAaryFFYAip6NUA6n',
  'qsrINw5OzszU4PKKDqEcZPraQFiDK4ZdiytSHJQna0pnnQIiJ8ryXGuKTyJT07yzlPSg21OYYaSDLb1sTciEAr9TpulzHb/L48+bqfcYcZLV2SW3KsOOT1HZvjPP+1vw4EaeY1rajsxkCT//6vo/3o',
  'aJ97r22rY2qwR1FLv8CqNsBvdesXzkqHO/Mv6jinZvt2tpIfrm7fe2P8rCcteZPg0aCGdHunToEb5vGzrg3/+XX8+9uEdUVOvnRPr0usV1SPf1atH70wkpIXLcd8li/7/pqkeV9x5IU2x+Sz5id3jQ',
  '2V/cuo/NNlV0VKxKHNDU+FzxnXBkVfhU8Vf0Xsvz1xy9jqr1PGPxYUfom5LJ+55hzb35v+d5Yp6faqEx8tf2OYszdX34km+AyhYWHuvFiVdkZ4huD9ed5z6zyr1G6OFBqsMMm+XETV7cFcnvKS5f9Q',
  'aHfWr9VDxup1vJMRZT6xdZqzny07umUkJ03l8hqtNsboWo1Xi31a6GZ+365Ivd9hc/9gPscSC3PnG86OiJ8mOqSu7MKbPsYfUI54aj8re+xUFOLhln1MFecqb7LPjMeOCYhkXZYXMlQ208xhnwmj6N',
  '8NwBzm9jRWuC5fV7EnN39gp9t12yBTw3v3xlwcMwZNoyj+CofHY73cyx8fYWYl/RJ4qLLi/E1om7zF8a40B5Asns8Woc+ZtRhoeP43BoxLUUWqwYocxkMJ86GqbzIVFFwUItWzHv9/WmxSTawMAAA=',
].join('');

/** An MKV of 0.8 s whose clock starts at -0.5 s for sound and pictures; compressed. */
const EARLY = [
  'H4sIAAAAAAACA5Nyvb94sVNbI6PTdyD+1Mji9LmRw6mpIzexpCi/ODvRqR0o1NrIJBHckM7IAAKsCYK+s0s27m8RDDib4bu7O3h1i6jnyrTgNY0LITyxkHXZQN4Z3909QJ5QyOH04DVNjAveQLQzJD',
  'HQHIDcs2x/y/dbu6ZpXd/YzO/k4NvQ4pNYlhbuCKZcOjscih3ASkGOdTi3v0XnxXS+dVAX+l1vZCw+2gE1jHFOI4PS1jnNpXkpHY0Mba1h8WEBFs2NjMqPm1u4Xx9ieDBhQ6PArkaBWY1MoRtaQnc2',
  'Moa+a2SA+ZaJgQFmbMb1RiaEsUyoxrY5xvsHhAaHrWpO1lsQtruF5cgWhuZGJpAlzJPbGR5OnN/IuLXD4XkBJAxTGgVAtiQvmuxfUFrskZqYwshowdiwGywLCnKH5ftbzk4QDSwuPpt8oDsZ4Zv0Ez',
  'NcF7e7+jn7u7gGubR3A8MjWSEnM6msoCL9xELXxR0uoUGOIZ7+fi7tkw0MrMBIz9gAChiKi8+hmMeUfmImsnk9MPPyge7CZ6AF1EB5522lzrz7W64k9Rs+b2RYvKfpH0+DxIPzB7aw26d3K+QZc4Ss',
  'i5jEW6TUfYNxwx2/KUGlxkZK3ccYJU63fPl6kP9saeCOMI5jsmdMVvvrmi9e3AjULcDEMJdRS4BBgIHBnaO1taO1pYOJiYGHN4Hh3//VAQ2LVzX982yQeMHAz+dXHLBhr/k6Zdtb1rfk7zr+WvA481',
  'haLefXeYFHz1VZGV5jXby+6V9rg8TzfxvDeRJ+qlxQNuGW2FdxlCtzXsn7FVrLP8rYFJye8vpFiG2zrfUJl63FBxavbvp3EKzB64Qd59+ohhV/9ldzT553IvS22tLfLkcza+I1Ax+x1t8vs0rtWTy1',
  '8d8Vho2MDKwCaxgkGCQi9L8wcDAwLF7b9O8vzAx2jmDJ5DNvmOZ+7N1U+/ig3lWBi+ZlEVobHlbNyg2IKQt76gp0439LoH8YJfj/6vJU2LBVfKu6yGV+dkHcjlfXjyy0vpq8cn+sk/6/Y3Whr01fC+',
  'yaDAyA/6VA8/9IH+08yxsjcqF38wzrq1ZOJuEW53gafWXftT9sPr1rf23quTgLoBP/z8HixNVN/zeCneitJDzZd+OOVzZ9r989nGsgomgy/5+MlprHiTmLA/yXFr76M6li8cam/2/B9u3f/uzZNCOJ',
  'zuZ/su83n5qx5WF/5kqh7nNLFnS37cvRkPv5XydQfmNUvFvj4i1NDJpAP+2cdVGw6fN51VeL9U7seCIyY8vWf+/apNly17m+aqycyBhqcfButXRTiZTWLQmOZLXFy5sYUhsk+Iot9Utndz68InDh9f',
  'Oiz6eilOLDFtxPb+4I+z5rdoyNh8cBoK8YUrD4akUTw0Kg/oKvGXa/LnC0zL5vKKDr9tTjy3NB6/QIPb67L0ysdAvUDUMaFq9sYrgLUqm6svVUzsE5dbvmHM3awfbk1zeF3wdWvtrZsnSV3ZHg5EWZ',
  'MgoLNixc0sQoySDhBzK2mtPvSVxS20SHWaK9rmnsimurdjpv4EnZ8ffP7Ebp0kUtjP+1EwABGg4slAUAAA==',
].join('');

/** Timestamps of the sound in an annotated video, s. */
async function copied(packed: string, container: 'mp4' | 'mkv', fromMs: number, toMs: number): Promise<readonly number[]> {
  const target = new BufferTarget();
  const output = new Output({ format: new MkvOutputFormat(), target });
  output.addVideoTrack(new EncodedVideoPacketSource('vp8'));
  const file = new Blob([gunzipSync(Buffer.from(packed, 'base64'))]);
  const parts = await soundParts(file, { container, recordings: 1 });
  if (typeof parts === 'string') throw new Error(parts);
  const copy = await AudioCopy.open({ parts, fromMs, toMs }, output);
  if (!(copy instanceof AudioCopy)) throw new Error(copy);
  await output.start();
  await copy.copyUntil(toMs - fromMs);
  copy.close();
  await output.finalize();
  const track = await new Input({ source: new BlobSource(new Blob([target.buffer ?? ''])), formats: [MATROSKA] }).getPrimaryAudioTrack();
  const times: number[] = [];
  if (track) for await (const { timestamp } of new EncodedPacketSink(track).packets()) times.push(timestamp);
  return times;
}

it('continues into the fragments after an MP4’s sample table', async () => {
  const whole = await copied(TABLE_AND_FRAGMENT, 'mp4', 0, 2000);
  expect(whole[0]).toBe(0);
  expect(whole.at(-1)).toBeGreaterThan(1.9);
  const gaps = whole.slice(1).map((time, i) => time - (whole[i] ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(0.07);
  const end = await copied(TABLE_AND_FRAGMENT, 'mp4', 1500, 2000);
  expect(end[0]).toBeLessThan(0.07);
  expect(end.at(-1)).toBeGreaterThan(0.4);
});

it('starts at a negative timestamp', async () => {
  const times = await copied(EARLY, 'mkv', -500, 300);
  expect(times[0]).toBe(0);
  expect(times.at(-1)).toBeGreaterThan(0.7);
});

it.each([
  ['joined', { recordings: 2 }],
  ['spliced', { recordings: 1, isSpliced: true }],
] as const)('leaves out the sound of a %s file', async (reason, info) => expect(await soundParts(new Blob([]), { container: 'mp4', ...info })).toBe(reason));
