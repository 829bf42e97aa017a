import { createRecognizer } from 'mien';

/** Reads the picture next to the page; the page's title becomes the answer. */
export async function readFace() {
  try {
    const mien = await createRecognizer({ assetBase: './mien/', backend: 'wasm' });
    const picture = await (await fetch('./face.png')).blob();
    const { emotion } = await mien.detect(picture);
    document.title = `read: ${emotion}`;
    await mien.dispose();
  } catch (error) {
    document.title = `failed: ${error}`;
  }
}
