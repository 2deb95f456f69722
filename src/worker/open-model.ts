import type { OpenOptions } from '../engine/api';
import { Engine } from '../engine/engine';
import { ModelError } from '../gpt2/errors';
import { parameterShapes } from '../gpt2/parameters';
import type { Model } from '../gpt2/reference';
import type { Tokenizer } from '../gpt2/tokenizer';
import { inTime } from '../in-time';
import type { ArrivingModel } from '../models/api';
import type { Change, Opened, OpenRequest, Progress, Running } from '../rpc/protocol';
import { ArrivingWeights } from './arriving';
import { ModelParameters } from './parameters';

/** A model that is all there within this time is opened as a whole. */
const SOON_MS = 1500;

interface Listeners {
  readonly onProgress: (progress: Progress) => void;
  readonly onChange: (change: Change) => void;
}

/** What a request says of how the engine is to run. */
export const engineOptions = ({ backend, workers, base }: Running): OpenOptions => ({
  backend,
  workers,
  wasmPaths: new URL('ort/', base).href,
});

/** A model in use, perhaps while parts of it are still on their way. */
export class OpenModel {
  #bytes = 0;
  #sha256 = '';
  #parts: { here: number; all: number } | undefined;
  #listeners: Listeners;
  #closed = false;

  private constructor(
    private readonly request: OpenRequest,
    private readonly arriving: ArrivingModel,
    readonly model: Model & { readonly tokenizer?: Tokenizer },
    readonly parameters: ModelParameters,
    readonly engine: Engine,
    listeners: Listeners,
  ) {
    this.#listeners = listeners;
  }

  /**
   * Answers when the whole model is there, or, where that takes a while, its embedding.
   * @throws ModelError when it is another model than the one asked for
   */
  static async open(arriving: ArrivingModel, request: OpenRequest, listeners: Listeners): Promise<OpenModel> {
    const { config, tokenizer, source } = arriving;
    let mine: OpenModel | undefined;
    let parts: { here: number; all: number } | undefined;
    const weights = new ArrivingWeights(config, source, (here, all) => {
      parts = { here, all };
      if (mine) mine.#partsAre(here, all);
    });
    const model = { config, tokenizer, weights };
    const engine = await Engine.open(model, {
      ...engineOptions(request),
      supply: weights,
      onProgress: (fraction, text) => {
        if (parts?.here === parts?.all) listeners.onProgress({ text, fraction });
      },
      onBackend: () => {
        if (mine) mine.tell();
      },
    });
    const parameters = new ModelParameters(model, (name) => weights.read(name));
    const open = new OpenModel(request, arriving, model, parameters, engine, listeners);
    mine = open;
    open.#parts = parts;
    const whole = open.#whole();
    try {
      await inTime(whole, SOON_MS, () => undefined);
    } catch (error) {
      await open.close();
      throw error;
    }
    whole.then(
      () => open.tell(),
      (error: Error) => open.#fail(error),
    );
    return open;
  }

  get opened(): Opened {
    const { config, tokenizer, weights } = this.model;
    const shapes = [...parameterShapes(config, weights.tied).values()];
    return {
      model: {
        name: this.request.name,
        config,
        parameters: shapes.reduce((sum, shape) => sum + shape.reduce((n, size) => n * size, 1), 0),
        bytes: this.#bytes,
        sha256: this.#sha256,
        hasTokenizer: tokenizer !== undefined,
      },
      backend: this.engine.backend,
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.arriving.close();
    await this.engine.dispose();
  }

  /** Settles when everything is there, checked, and ready to run. */
  async #whole(): Promise<void> {
    const { bytes, sha256 } = await this.arriving.whole;
    const { name, sha256: wanted } = this.request;
    if (wanted !== undefined && sha256 !== wanted) {
      throw new ModelError(
        `This workbook uses ${name} with the SHA-256 ${short(wanted)}; the one here is another, ${short(sha256)}.`,
      );
    }
    [this.#bytes, this.#sha256] = [bytes, sha256];
    await this.engine.whole;
    this.#parts = undefined;
  }

  #partsAre(here: number, all: number): void {
    this.#parts = { here, all };
    this.tell();
  }

  /** Says how things are now. */
  tell(): void {
    if (this.#closed) return;
    const { opened } = this;
    const { here, all } = this.#parts ?? { here: 1, all: 1 };
    const text = `${here} of ${all} parts of ${opened.model.name} are here`;
    this.#listeners.onChange(this.#parts ? { opened, arriving: { text, fraction: here / all } } : { opened });
  }

  #fail({ message }: Error): void {
    if (this.#closed) return;
    this.#listeners.onChange({ failed: message });
    void this.close();
  }
}

const short = (sha256: string): string => `${sha256.slice(0, 12)}…`;
