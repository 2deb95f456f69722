import type { ActivationName } from '../gpt2/activations';
import { ACTIVATIONS, shapeOf } from '../gpt2/activations';
import type { Model } from '../gpt2/reference';
import { embed, keyOf } from '../gpt2/reference';
import { affineRows, applyAffine } from './affine';
import type { PassTime } from './api';
import type { Backend } from './backends/backend';
import type { ActivationCache } from './cache';
import type { Edits } from './edits';
import { EngineError } from './errors';
import { orderOf } from './order';
import type { Origin } from './origin';
import type { Request } from './request';

/** What all jobs of an engine share. */
export interface Workshop {
  readonly model: Model;
  readonly backend: Backend;
  readonly cache: ActivationCache;
  readonly counters: { forwardPasses: number; blocksRun: number; cacheHits: number; lastPass?: PassTime };
}

/** Numbers that one run of the output head may put out, 32 MB: a whole prompt's logits come in several runs. */
const HEAD_NUMBERS = 2 ** 23;

/** Something to compute next. */
type Step = () => Promise<void> | void;

/**
 * One forward pass from one origin with one set of edits, for as many requests as want something of it.
 * It goes from the embedding upwards, takes whatever the cache has, answers each request as soon as it can,
 * and goes no further than a living request needs. Requests may join while it runs.
 */
export class Job {
  readonly #requests = new Set<Request>();
  /** What the last step computed, for requests that want it; the cache may have had no room. */
  readonly #fresh = new Map<string, Float32Array>();
  /** The residual stream as far as it got: resid_pre of `layer`, [T, d_model]; behind the last block, layer n_layer. */
  #stream: { layer: number; values: Float32Array } | undefined;
  /** [T, d_model]. */
  #lnFinal: Float32Array | undefined;
  #blocks = 0;
  /** Set when the job has ended: whoever comes later needs another. */
  closed = false;

  constructor(
    private readonly shop: Workshop,
    private readonly origin: Origin,
    private readonly edits: Edits,
  ) {
    this.#lnFinal = origin.lnFinal;
  }

  add(request: Request): void {
    this.#requests.add(request);
  }

  /** Ends when every request is settled; never rejects. */
  async run(): Promise<void> {
    const began = performance.now();
    try {
      for (;;) {
        this.#deliver();
        const step = this.#nextStep();
        if (!step) break;
        for (const request of this.#requests) request.computed = true;
        this.#fresh.clear();
        await step();
      }
      if (this.#blocks > 0) {
        const milliseconds = performance.now() - began;
        this.shop.counters.lastPass = { tokens: this.origin.tokens, blocks: this.#blocks, milliseconds };
      }
    } catch (error) {
      this.fail(error);
    }
    this.closed = true;
  }

  /** Fails every request that is still waiting. */
  fail(error: unknown): void {
    for (const request of this.#requests) request.fail(error);
    this.#requests.clear();
  }

  /** Hands out what is there, and lets go of requests that are settled. */
  #deliver(): void {
    for (const request of this.#requests) {
      for (const pending of request.settled ? [] : request.missing) {
        const { name, layer } = pending.want;
        if (name === 'logits') {
          for (const row of pending.missingRows) {
            const found = this.#find(rowKey(row), orderOf('logits'));
            if (found) pending.takeRow(row, found);
          }
        } else {
          const found = this.#value(name, layer);
          if (found) pending.take(found);
        }
      }
      if (request.finish() && !request.computed) this.shop.counters.cacheHits++;
      if (request.settled) this.#requests.delete(request);
    }
  }

  /** The lowest thing that somebody is waiting for decides; undefined when nobody is. */
  #nextStep(): Step | undefined {
    const { n_layer } = this.shop.model.config;
    let target = Number.POSITIVE_INFINITY; // a layer to run, -1 for the embedding, n_layer for what follows the blocks
    for (const { want } of this.#waiting())
      target = Math.min(target, this.#layerBehind(want.name, want.layer));
    if (target === Number.POSITIVE_INFINITY) return undefined;
    if (target === -1) return () => this.#embed();
    const lnFinal = target === n_layer && this.#value('ln_final');
    if (lnFinal) return () => this.#runHead(lnFinal);

    for (let layer = target; layer >= 0; layer--) {
      const stream = this.#streamInto(layer);
      if (!stream) continue;
      return layer === n_layer ? () => this.#runNorm(stream) : () => this.#runBlock(layer, stream);
    }
    return () => this.#embed();
  }

  *#waiting() {
    for (const request of this.#requests) if (!request.settled) yield* request.missing;
  }

  #layerBehind(name: ActivationName, layer = 0): number {
    if (name === 'embed' || name === 'pos_embed') return -1;
    if (ACTIVATIONS[name].per === 'model') return this.shop.model.config.n_layer;
    return name === 'resid_pre' ? layer - 1 : layer; // it leaves the block before
  }

  /** The residual stream on its way into a block, or behind the last, if it is known. */
  #streamInto(layer: number): Float32Array | undefined {
    if (this.#stream?.layer === layer) return this.#stream.values;
    if (this.origin.stream?.layer === layer) return this.origin.stream.values;
    if (layer === this.shop.model.config.n_layer) return this.#value('resid_post', layer - 1);
    return this.#value('resid_pre', layer);
  }

  #embed(): void {
    const { model } = this.shop;
    const { ids } = this.origin;
    if (!ids) throw new EngineError('run', 'A pass that starts in the middle has no embedding.');
    const sum = embed(model, ids, 'float32', (name, values) => {
      const kept = values as Float32Array; // float32 was asked for
      this.#edit(name, 0, kept);
      this.#keep(name, 0, kept);
      return kept;
    }) as Float32Array; // [T, d_model]
    this.#edit('resid_pre', 0, sum);
    this.#keep('resid_pre', 0, sum);
    this.#stream = { layer: 0, values: sum };
  }

  async #runBlock(layer: number, residPre: Float32Array): Promise<void> {
    const { counters, backend } = this.shop;
    const names = new Set<ActivationName>(['resid_post']);
    for (const { want } of this.#waiting()) if (want.layer === layer) names.add(want.name);
    names.delete('resid_pre');
    if (this.#blocks++ === 0) counters.forwardPasses++;
    counters.blocksRun++;
    const tokens = this.origin.tokens;
    const edits = this.edits.inBlock(layer);
    const found = await backend.runBlock({ layer, residPre, tokens, names: [...names], edits });
    for (const [name, values] of found) this.#keep(name, layer, values);
    const after = found.get('resid_post');
    if (!after) throw new EngineError('run', `${backend.label} gave no resid_post for block ${layer}.`);
    this.#stream = { layer: layer + 1, values: this.#asInput(layer + 1, after) };
  }

  async #runNorm(residPost: Float32Array): Promise<void> {
    const values = await this.shop.backend.runNorm(residPost); // [T, d_model]
    this.#edit('ln_final', 0, values);
    this.#keep('ln_final', 0, values);
    this.#lnFinal = values;
  }

  /** Rows of logits that somebody waits for, as many as one run takes. */
  async #runHead(lnFinal: Float32Array): Promise<void> {
    const { n_embd: d, vocab_size: V } = this.shop.model.config;
    const rows = new Set<number>();
    for (const { missingRows } of this.#waiting()) for (const row of missingRows) rows.add(row);
    const now = [...rows].sort((a, b) => a - b).slice(0, Math.max(1, Math.floor(HEAD_NUMBERS / V)));
    const input = new Float32Array(now.length * d); // [R, d_model]
    now.forEach((row, i) => {
      input.set(lnFinal.subarray(row * d, (row + 1) * d), i * d);
    });
    const logits = await this.shop.backend.runHead(input); // [R, V]
    const edit = this.edits.at('logits');
    now.forEach((row, i) => {
      const values = logits.slice(i * V, (i + 1) * V); // [V]
      if (edit) applyAffine(values, [1, V], affineRows(edit, row, row + 1));
      this.#put(rowKey(row), orderOf('logits'), values);
    });
  }

  /** resid_post of a block as the next block takes it. */
  #asInput(layer: number, residPost: Float32Array): Float32Array {
    if (layer === this.shop.model.config.n_layer || !this.edits.at('resid_pre', layer)) return residPost;
    const values = residPost.slice();
    this.#edit('resid_pre', layer, values);
    return values;
  }

  /** Applies the edit of one whole activation, if there is one, in place. */
  #edit(name: ActivationName, layer: number, values: Float32Array): void {
    const edit = this.edits.at(name, layer);
    if (edit) applyAffine(values, shapeOf(name, this.shop.model.config, this.origin.tokens), edit);
  }

  /** An activation if it is at hand. */
  #value(name: ActivationName, layer = 0): Float32Array | undefined {
    if (name === 'ln_final' && this.#lnFinal) return this.#lnFinal;
    if (name === 'resid_pre' && layer > 0) {
      const before = this.#value('resid_post', layer - 1);
      return before && this.#asInput(layer, before);
    }
    return this.#find(keyOf(name, layer), orderOf(name, layer));
  }

  #keep(name: ActivationName, layer: number, values: Float32Array): void {
    this.#put(keyOf(name, layer), orderOf(name, layer), values);
  }

  #find(key: string, order: number): Float32Array | undefined {
    return this.#fresh.get(key) ?? this.shop.cache.get(this.#cacheKey(key, order));
  }

  #put(key: string, order: number, values: Float32Array): void {
    this.#fresh.set(key, values);
    this.shop.cache.set(this.#cacheKey(key, order), values);
  }

  /** Edits that act later than an activation do not change it, so they are no part of its key. */
  #cacheKey(key: string, order: number): string {
    return `${key}|${this.origin.key}|${this.edits.keyUpTo(order)}`;
  }
}

const rowKey = (row: number) => `logits@${row}`;
