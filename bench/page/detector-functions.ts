import { calledFunctions, watchFunctions } from '../../scripts/wasm-functions';
import { FaceDetector } from '../../src/engine/face-detector';

declare global {
  interface Window {
    /** Indexes of MediaPipe's functions that are called from the detector's start to its end, with these pictures between. */
    detectorFunctions(pictures: readonly string[], processor: 'x86' | 'arm'): Promise<number[]>;
  }
}

/**
 * XNNPACK chooses kernels by the sign of the NaN that infinity − infinity gives, which is set on x86 only: f32.sub, i32.reinterpret_f32,
 * i32.const 31, i32.shr_u, i32.store8. As a product, it is never set.
 */
const SIGN_OF_NAN = [0x93, 0xbc, 0x41, 0x1f, 0x76, 0x3a];
const F32_MUL = 0x94;

/** As if the processor were an ARM. */
function onArm(module: Uint8Array): Uint8Array {
  const places: number[] = [];
  for (let at = module.indexOf(SIGN_OF_NAN[0] ?? 0); at !== -1; at = module.indexOf(SIGN_OF_NAN[0] ?? 0, at + 1)) {
    if (SIGN_OF_NAN.every((byte, i) => module[at + i] === byte)) places.push(at);
  }
  const [place] = places;
  if (place === undefined || places.length > 1) throw new Error(`${places.length} places tell processors apart, not 1`);
  return module.with(place, F32_MUL);
}

window.detectorFunctions = async (pictures, processor) => {
  const assetBase = new URL('./', document.baseURI).href;
  const response = await fetch(`${assetBase}vendor/mediapipe/vision_wasm_module_internal.wasm`);
  const whole = new Uint8Array(await response.arrayBuffer());
  const watched = watchFunctions(processor === 'arm' ? onArm(whole) : whole);

  const instances: WebAssembly.Instance[] = [];
  const instantiate = WebAssembly.instantiate.bind(WebAssembly) as (module: WebAssembly.Module, imports?: WebAssembly.Imports) => Promise<WebAssembly.Instance>;
  Object.assign(WebAssembly, {
    instantiate: async (module: WebAssembly.Module, imports?: WebAssembly.Imports) => {
      const instance = await instantiate(module, imports);
      instances.push(instance);
      return instance;
    },
  });
  const detector = await FaceDetector.create({ assetBase, compiling: WebAssembly.compile(new Uint8Array(watched)) });
  for (const url of pictures) {
    const frame = await createImageBitmap(await (await fetch(url)).blob());
    await detector.detectStill(frame);
    frame.close();
  }
  detector.dispose();
  return [...new Set(instances.flatMap((instance) => calledFunctions(instance.exports)))];
};
