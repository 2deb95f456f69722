import type { ActivationName } from '../gpt2/activations';
import { ACTIVATIONS } from '../gpt2/activations';
import type { Model } from '../gpt2/reference';
import type { Backend, HeldPast, Keys } from './backends/backend';
import { type Held, release } from './backends/held';
import type { ActivationCache } from './cache';
import type { Edits } from './edits';
import { EngineError } from './errors';
import { Keeping } from './keeping';
import type { KeyStore, Past } from './keys';
import { layerBehind, rowsBehind } from './order';
import type { Origin } from './origin';
import type { Request } from './request';
import type { Rows, Stream } from './rows';
import { isHere, pickRows, rowsFrom, whole } from './rows';
import { BackendChanged } from './runner';
import { Shelf } from './shelf';
import { type Counters, Tally } from './tally';
import { Waiting } from './waiting';

/** What all jobs of an engine share. */
export interface Workshop {
  readonly model: Model;
  readonly backend: Pick<Backend, 'label' | 'reusesKeys' | 'runBlock' | 'runChain' | 'runNorm' | 'runHead'>;
  readonly cache: ActivationCache;
  readonly keys: KeyStore;
  readonly counters: Counters;
}

/** Numbers that one run of the output head may put out, 32 MB: a whole prompt's logits come in several runs. */
const HEAD_NUMBERS = 2 ** 23;

/** Of more positions than these, blocks run one by one: between them a pass may end, or serve a request that has joined. */
const CHAIN_POSITIONS = 16;

/** Something to compute next. */
type Step = () => Promise<void> | void;

/**
 * One forward pass from one origin with one set of edits, for as many requests as want something of it.
 * It goes from the embedding upwards, takes whatever the cache has, answers each request as soon as it can,
 * and goes no further than a living request needs. Requests may join while it runs.
 *
 * A prompt that begins like one before it runs only from where it differs, on the keys and values of the other: as long
 * as nobody wants rows from before, or these can be taken from what the cache has of the other.
 *
 * The last block need not compute positions before the first of which somebody wants what follows it. When more is wanted
 * later, it runs again.
 */
export class Job {
  readonly #waiting: Waiting;
  readonly #shelf: Shelf;
  readonly #keeping: Keeping;
  /** The residual stream as far as it got: resid_pre of `layer`; behind the last block, layer n_layer. */
  #stream: { layer: number; rows: Stream } | undefined;
  #lnFinal: Stream | undefined;
  /** What the pass has made lies behind this layer (see `layerBehind`), or further down. */
  #made = Number.NEGATIVE_INFINITY;
  /** Between the stream and this layer there was nothing to go on from; since then only this pass has added anything. */
  #searched = -1;
  /** What this prompt has in common with one before, if the pass goes on from there. */
  #past: Past | undefined;
  /** Since the pass began. */
  #tally!: Tally;
  /** Set when the job has ended: whoever comes later needs another. */
  closed = false;

  constructor(
    private readonly shop: Workshop,
    private readonly origin: Origin,
    private readonly edits: Edits,
  ) {
    this.#waiting = new Waiting(shop.model.config.n_layer);
    this.#shelf = new Shelf(shop.cache, origin.key, edits);
    this.#keeping = new Keeping(shop.model, origin, edits, this.#shelf);
    this.#lnFinal = origin.lnFinal && whole(origin.lnFinal);
  }

  add(request: Request): void {
    this.#waiting.add(request);
  }

  /** Ends when every request is settled; never rejects. */
  async run(): Promise<void> {
    const { shop, origin } = this;
    this.#tally = new Tally(shop.counters, origin.tokens);
    try {
      for (;;) {
        this.#deliver();
        const step = this.#nextStep();
        if (!step) break;
        this.#waiting.compute();
        this.#shelf.clear();
        await this.#take(step);
      }
      this.#tally.end();
    } catch (error) {
      this.fail(error);
    }
    this.#leave();
    this.closed = true;
  }

  async #take(step: Step): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof BackendChanged)) throw error;
      // The new back end may not go on from where the old one was, nor use what that held.
      this.shop.cache.letGo();
      this.shop.keys.clear();
      this.#startAgain();
    }
  }

  /** Fails every request that is still waiting. */
  fail(error: unknown): void {
    this.#waiting.fail(error);
  }

  /** Hands out what is there. Of what the cache did not have when it was first asked there is only what the pass has made. */
  #deliver(): void {
    const { n_layer } = this.shop.model.config;
    const hits = this.#waiting.deliver((pending) => {
      const { name, layer } = pending.want;
      if (pending.sought && layerBehind(name, layer, n_layer) > this.#made) return;
      pending.sought = true;
      if (name === 'logits') {
        for (const row of pending.missingRows) {
          const found = this.#shelf.findLogits(row);
          if (found) pending.takeRow(row, found);
        }
      } else {
        const found = this.#value(name, layer);
        if (found && found.from <= pending.from) pending.take(found.values, found.from);
      }
    });
    this.shop.counters.cacheHits += hits;
  }

  /** The lowest thing that somebody is waiting for decides; undefined when nobody is. */
  #nextStep(): Step | undefined {
    const { n_layer } = this.shop.model.config;
    const behind = this.#waiting.layersBehind();
    if (behind.length === 0) return undefined;
    const target = Math.min(...behind);
    if (target === -1) return () => this.#begin();
    if (this.#past && !this.#pastServes()) this.#startAgain();
    const lnFinal = target === n_layer && this.#covering(this.#lnFinal ?? this.#value('ln_final'));
    if (lnFinal && (isHere(lnFinal) || !this.#waiting.wants('ln_final'))) return () => this.#runHead(lnFinal);

    const known = this.#stream !== undefined && target <= this.#searched;
    this.#searched = Math.max(this.#searched, target);
    for (let layer = known ? Math.min(target, this.#stream?.layer ?? 0) : target; layer >= 0; layer--) {
      const found = this.#streamInto(layer);
      const stream = layer === n_layer ? this.#covering(found) : found;
      if (!stream) continue;
      if (layer === n_layer) return () => this.#runNorm(stream);
      return this.#chain(layer, target, stream) ?? (() => this.#runBlock(layer, stream));
    }
    return () => this.#begin();
  }

  /** Starts from the embedding: of the whole prompt, or of what is new in it. */
  #begin(): void {
    const { keys, backend, model } = this.shop;
    const { ids } = this.origin;
    this.#leave();
    if (ids && backend.reusesKeys && this.edits.none) {
      const layers = Math.min(Math.max(...this.#waiting.layersBehind()) + 1, model.config.n_layer);
      this.#past = keys.find(ids, layers)?.retain();
      if (this.#past && !this.#pastServes()) this.#leavePast();
    }
    const from = this.#past?.length ?? 0;
    const all = this.#keeping.embed(this.#waiting.wantsEmbeddingBefore(from) ? 0 : from);
    const rows = all.from === from ? all : rowsFrom(all, from, model.config.n_embd);
    this.#goOn({ layer: 0, rows });
  }

  /** Whether everything that is waited for can be had without running the positions of the past. */
  #pastServes(): boolean {
    const past = this.#past as Past;
    const { n_layer } = this.shop.model.config;
    return [...this.#waiting].every(({ want: { name, layer }, from }) => {
      const behind = layerBehind(name, layer, n_layer);
      if (behind < 0) return true; // the embedding is made of as many rows as are wanted
      if (Math.min(behind + 1, n_layer) > past.layers) return false;
      return from >= past.length || this.#ofPast(...rowsBehind(name, layer)) !== undefined;
    });
  }

  /** Forgets how far the pass has come; what the cache has of it remains. */
  #startAgain(): void {
    this.#leave();
    this.#lnFinal = this.origin.lnFinal && whole(this.origin.lnFinal);
    this.#shelf.clear();
  }

  /** Lets go of where the pass has got to. */
  #leave(): void {
    this.#leavePast();
    this.#goOn(undefined);
    this.#searched = -1;
    if (this.#lnFinal && !isHere(this.#lnFinal)) {
      release(this.#lnFinal.values);
      this.#lnFinal = undefined;
    }
  }

  #leavePast(): void {
    this.#past?.release();
    this.#past = undefined;
  }

  /** The residual stream has come this far; what it was before is of no more use. */
  #goOn(stream: { layer: number; rows: Stream } | undefined): void {
    release(this.#stream?.rows.values);
    this.#stream = stream;
    if (stream) this.#made = Math.max(this.#made, stream.layer - 1);
  }

  /** An activation of the prompt that ran before. */
  #ofPast(name: ActivationName, layer: number): Float32Array | undefined {
    return this.#shelf.findOf((this.#past as Past).key, name, layer);
  }

  /** The first position of which somebody wants what follows the blocks, and which runs. */
  get #firstWanted(): number {
    const wanted = Math.min(this.#waiting.firstRowOf('ln_final', 0), this.origin.tokens - 1);
    return Math.max(wanted, this.#past?.length ?? 0);
  }

  /** What follows the blocks, where it begins no later than somebody wants it: the last block may have left rows out for others. */
  #covering<S extends Stream>(stream: S | undefined): S | undefined {
    return stream && stream.from <= this.#firstWanted ? stream : undefined;
  }

  /** The residual stream on its way into a block, or behind the last, if it is known. */
  #streamInto(layer: number): Stream | undefined {
    if (this.#stream?.layer === layer) return this.#stream.rows;
    if (this.origin.stream?.layer === layer) return whole(this.origin.stream.values);
    if (layer === 0) return undefined; // the embedding costs nothing
    const here =
      layer === this.shop.model.config.n_layer
        ? this.#value('resid_post', layer - 1)
        : this.#value('resid_pre', layer);
    const held = here || !this.edits.none ? undefined : this.#shelf.findHeld('resid_post', layer - 1);
    return here ?? (held && { values: held, from: 0 });
  }

  /** All blocks on the way to a layer at once, if that can be: nobody wants anything of them. */
  #chain(from: number, to: number, stream: Stream): Step | undefined {
    const { runChain } = this.shop.backend;
    const { n_layer } = this.shop.model.config;
    const past = this.#past;
    const tokens = this.origin.tokens - stream.from;
    if (!runChain || !this.edits.none) return undefined;
    if (to - from < 2 || tokens > CHAIN_POSITIONS) return undefined;
    const fromStart = stream.from === 0;
    const pasts = fromStart ? [] : [...Array(to - from).keys()].map((i) => past?.keys(from + i));
    if (!pasts.every(isHeld)) return undefined;
    return async () => {
      if (fromStart) this.#leavePast();
      const first = to === n_layer ? this.#firstWanted - stream.from : 0;
      this.#tally.ran(to - from, stream.from);
      const logits = to === n_layer ? this.#waiting.logits().filter((row) => row >= stream.from) : [];
      const { residPosts, keys, final } = await runChain({
        blocks: [from, to],
        residPre: stream.values,
        tokens,
        // Whoever asks for something of a block later, or writes into it, goes on from what came before it.
        ...(fromStart ? { every: true } : { pasts }),
        first,
        ...(logits.length > 0 && { logitsOf: logits.map((row) => row - stream.from) }),
      });
      this.#keepKeys(from, keys);
      const all = residPosts.map((values, i): Rows => {
        const isLast = i === residPosts.length - 1;
        return { values, from: stream.from + (isLast ? first : 0) };
      });
      if (fromStart) for (const [i, rows] of all.entries()) this.#shelf.put('resid_post', from + i, rows);
      this.#goOn({ layer: to, rows: all.at(-1) as Rows });
      if (!final) return;
      this.#keepNorm(final.lnFinal, stream.from + first);
      this.#keeping.logits(logits, final.logits);
    };
  }

  #keepKeys(layer: number, own: readonly (Keys | Held)[]): void {
    const { ids, key } = this.origin;
    if (ids && this.edits.none) this.shop.keys.keep(key, ids, layer, own, this.#past);
    else own.forEach(release);
  }

  async #runBlock(layer: number, stream: Stream): Promise<void> {
    const { backend, model } = this.shop;
    const { n_layer } = model.config;
    const names = new Set<ActivationName>(['resid_post']);
    let wanted = false; // resid_post, by others than the next block
    for (const { want } of this.#waiting) {
      const [name, at] = rowsBehind(want.name, want.layer);
      if (at === layer && ACTIVATIONS[name].per === 'layer') names.add(name);
      wanted ||= at === layer && name === 'resid_post';
    }
    if (stream.from === 0) this.#leavePast();
    const past = this.#past;
    const tokens = this.origin.tokens - stream.from;
    this.#tally.ran(1, stream.from);
    const edits = this.edits.inBlock(layer);
    const onlyOnward = layer === n_layer - 1 && names.size === 1 && !wanted;
    const answer = await backend.runBlock({
      layer,
      residPre: stream.values,
      tokens,
      past: past?.keys(layer),
      names: [...names],
      hold: !wanted && this.edits.none,
      first: onlyOnward ? this.#firstWanted - stream.from : 0,
      edits,
    });
    const { activations, keys: own } = answer;
    if (own) this.#keepKeys(layer, [own]);
    const from = stream.from + (answer.first ?? 0);
    for (const [name, values] of activations)
      this.#keeping.rows(name, layer, { values, from }, this.#before(name, layer, from));
    if (answer.stream) {
      if (from === 0) this.#shelf.hold('resid_post', layer, answer.stream);
      this.#goOn({ layer: layer + 1, rows: { values: answer.stream, from } });
      return;
    }
    const after = activations.get('resid_post');
    if (!after) throw new EngineError('run', `${backend.label} gave no resid_post for block ${layer}.`);
    this.#goOn({ layer: layer + 1, rows: this.#keeping.asInput(layer + 1, { values: after, from }) });
  }

  async #runNorm({ values: residPost, from }: Stream): Promise<void> {
    const hold = this.edits.none && !this.#waiting.wants('ln_final');
    this.#keepNorm(await this.shop.backend.runNorm(residPost, hold), from);
  }

  /** @param values [R, d_model] @param from the position of their first row */
  #keepNorm(values: Float32Array | Held, from: number): void {
    if (this.#lnFinal) release(this.#lnFinal.values);
    this.#lnFinal = { values, from };
    this.#made = this.shop.model.config.n_layer;
    if (!isHere(this.#lnFinal)) return;
    this.#lnFinal = this.#keeping.norm(this.#lnFinal, this.#before('ln_final', 0, from));
  }

  /** Rows of logits that somebody waits for, as many as one run takes. */
  async #runHead(lnFinal: Stream): Promise<void> {
    const { n_embd: d, vocab_size: V, n_layer } = this.shop.model.config;
    const now = this.#waiting
      .logits()
      .filter((row) => row >= lnFinal.from)
      .slice(0, Math.max(1, Math.floor(HEAD_NUMBERS / V)));
    const logits = isHere(lnFinal)
      ? await this.shop.backend.runHead(pickRows(lnFinal, now, d)) // [R, V]
      : await this.shop.backend.runHead(
          lnFinal.values,
          now.map((row) => row - lnFinal.from),
        );
    this.#made = n_layer;
    this.#keeping.logits(now, logits);
  }

  /** An activation, or some rows of it, if it is at hand. */
  #value(name: ActivationName, layer = 0): Rows | undefined {
    if (name === 'ln_final' && isHere(this.#lnFinal)) return this.#lnFinal;
    return this.#keeping.find(name, layer);
  }

  /** What the past has of an activation, where somebody waits for rows from before those that run. */
  #before(name: ActivationName, layer: number, from: number): Float32Array | undefined {
    const wanted = this.#past && this.#waiting.firstRowOf(name, layer) < from;
    return wanted ? this.#ofPast(name, layer) : undefined;
  }
}

const isHeld = (past: Keys | HeldPast | undefined): past is HeldPast => past !== undefined && 'held' in past;
