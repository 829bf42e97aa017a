import { MienError } from '../../engine/errors';
import type { ModelSource } from '../../network/brought-model';
import { BroughtNetwork, type NetworkFacts } from '../../network/brought-network';
import { drawnFacesFor, proposeInput, type InputProposal } from '../../network/propose-input';
import { scaleFaces, type Scaling } from '../../network/scaling';
import { MODEL_LIMITS } from '../../network/model-file/limits';
import { fetchProbes } from '../probes';

/** Facts stated by a model's files, and a proposal for the rest, inferred from drawn faces. */
export interface ModelInspection {
  readonly facts: NetworkFacts;
  readonly proposal: InputProposal;
}

/** Faces per batch, small enough for 224 pixels in colour. */
const BATCH = 14;

/** A model under inspection, before the user has specified its input. */
export class InspectedModel {
  readonly inspection: ModelInspection;
  readonly #network: BroughtNetwork;
  readonly #probes: Uint8Array;

  private constructor(network: BroughtNetwork, probes: Uint8Array, proposal: InputProposal) {
    this.#network = network;
    this.#probes = probes;
    this.inspection = { facts: network.facts, proposal };
  }

  /** @throws MienError of kind `model-file`, or `model` if the drawn faces cannot be fetched. */
  static async open(files: ModelSource['files'], assetBase: string): Promise<InspectedModel> {
    const size = files.reduce((sum, { content }) => sum + content.size, 0);
    if (size > MODEL_LIMITS.fileBytes) throw new MienError('model-file', 'too-large', `${size} bytes`);
    const bytes = await Promise.all(files.map(async ({ path, content }) => ({ path, bytes: new Uint8Array(await content.arrayBuffer()) })));
    const network = await BroughtNetwork.open(bytes);
    try {
      const probes = await fetchProbes(assetBase);
      const { stated, labels } = network.facts;
      return new InspectedModel(network, probes, await proposeInput(network, probes, stated ?? { scaling: null, labels }));
    } catch (error) {
      network.dispose();
      throw error;
    }
  }

  /** Probabilities of all outputs for the drawn faces, [`looks` × 7 × classes], person by person, each with all expressions. */
  async answersUnder(scaling: Scaling): Promise<Float32Array> {
    const faces = drawnFacesFor(this.#network, this.#probes);
    const { faceLength } = this.#network;
    scaleFaces(faces, faceLength, scaling);
    const answers: number[] = [];
    for (let from = 0; from < faces.length; from += BATCH * faceLength) {
      answers.push(...(await this.#network.predict(faces.slice(from, from + BATCH * faceLength))));
    }
    return Float32Array.from(answers);
  }

  dispose(): void {
    this.#network.dispose();
  }
}
