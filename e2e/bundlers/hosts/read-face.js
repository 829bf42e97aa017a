import { createRecognizer } from 'mien';

/** Reads the picture that lies beside the page; the answer becomes the page's title. */
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
