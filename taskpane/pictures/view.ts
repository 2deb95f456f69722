import type { Opened } from '../../src/rpc/protocol';
import { element } from '../dom';
import type { Session } from '../session';
import { arcs } from './arcs';
import { chooser } from './controls';
import { headGrid } from './head-grid';
import { heatmap } from './heatmap';
import { Latest } from './latest';
import { nextBars } from './next-bars';
import { norms } from './norms';
import { onThemeChange } from './page-theme';
import { type Choices, type Draw, PICTURE_IDS, type Picture, type PictureId, type Reading } from './picture';
import { PromptBox } from './prompt-box';
import { readPrompt } from './reading';
import { Stage } from './stage';
import { StatusLine } from './status';
import { words } from './strings';

const PICTURES: Readonly<Record<PictureId, Picture>> = {
  heatmap,
  arcs,
  heads: headGrid,
  next: nextBars,
  norms,
};

/** What is opened first: a head that looks at more than one thing in the model that comes with the add-in. */
const FIRST: Choices = {
  picture: 'heatmap',
  layer: 0,
  head: 3,
  count: 10,
  temperature: 1,
  figures: 'probability',
  token: 'last',
  logScale: false,
};

/** A prompt rests for so long before it is computed. */
const REST_MS = 250;

/** Pictures of what goes on inside the open model, for one prompt. */
export class PicturesView {
  readonly box: HTMLElement;
  readonly #session: Session;
  readonly #latest = new Latest();
  readonly #prompt = new PromptBox((typing) => this.#refresh(typing ? REST_MS : 0));
  readonly #chooser: HTMLElement;
  readonly #controls = element('div', { class: 'picture-controls' });
  readonly #status = new StatusLine(() => this.#stop());
  readonly #stage: Stage;
  #choices: Choices = FIRST;
  #draw: Draw | undefined;
  /** The picture and prompt that the choosers are for; they are made anew only for others, and so keep the focus. */
  #controlled = '';
  /** The model of the last reading, and its picture as drawn. */
  #opened: Opened | undefined;
  #shown: PictureId | undefined;
  #width = 0;

  constructor(session: Session) {
    this.#session = session;
    this.#chooser = chooser(
      words.picture,
      PICTURE_IDS.map((id) => [id, words.pictures[id]]),
      this.#choices.picture,
      (id) => this.#choose({ picture: id as PictureId }, 'load'),
    );
    this.#stage = new Stage({
      leave: () => this.#chooser.querySelector('select')?.focus(),
      open: (choices) => this.#open(choices),
    });
    this.#stage.box.hidden = true;
    this.box = element(
      'div',
      { class: 'pictures' },
      this.#prompt.box,
      element('div', { class: 'picture-choice' }, this.#chooser, this.#controls),
      this.#status.box,
      this.#stage.box,
    );
    // Tells of the first size, of every other, and of the view coming to the front and going.
    new ResizeObserver(() => this.#resized()).observe(this.box);
    onThemeChange(() => this.#redraw());
    session.addEventListener('change', () => this.#modelChanged());
  }

  /** Computes what is chosen, unless nobody looks. @param wait milliseconds */
  #refresh(wait = 0): void {
    this.#draw = undefined; // the old picture stays to be seen, but nothing redraws it
    if (!this.#visible) return;
    const { status } = this.#session;
    if (status.phase !== 'ready') {
      this.#latest.cancel();
      this.#stage.box.hidden = true;
      this.#status.note(words.waiting);
      return;
    }
    this.#opened = status.opened;
    this.#latest.begin((signal) => this.#compute(signal), wait);
  }

  async #compute(signal: AbortSignal): Promise<void> {
    this.#status.busy();
    this.#stage.busy = true;
    try {
      const { client } = this.#session;
      const reading = await readPrompt(client, this.#prompt.prompt, signal);
      this.#fit(reading);
      this.#showControls(reading);
      const progress = (fraction: number) => this.#status.progress(fraction);
      const ask = { client, reading, choices: this.#choices, signal, progress };
      const draw = await PICTURES[this.#choices.picture].load(ask);
      if (signal.aborted) return;
      this.#draw = draw;
      this.#status.done();
      this.#redraw();
      this.#stage.tell();
    } catch (error) {
      // Whatever took this one's place says how things stand.
      if (signal.aborted) return;
      this.#stage.box.hidden = true;
      this.#shown = undefined;
      this.#status.problem((error as Error).message || words.failed(String(error)));
    } finally {
      if (!signal.aborted) this.#stage.busy = false;
    }
  }

  /** Chooses a layer and a head that this model has. */
  #fit({ config }: Reading): void {
    const { layer, head } = this.#choices;
    this.#choices = {
      ...this.#choices,
      layer: Math.min(layer, config.n_layer - 1),
      head: head === 'mean' ? head : Math.min(head, config.n_head - 1),
    };
  }

  #showControls(reading: Reading): void {
    const { picture } = this.#choices;
    const { n_layer, n_head } = reading.config;
    const controlled = [picture, n_layer, n_head, ...(picture === 'norms' ? reading.tokens : [])].join('\n');
    if (controlled === this.#controlled) return;
    this.#controlled = controlled;
    this.#controls.replaceChildren(
      ...PICTURES[picture].controls(reading, this.#choices, (choices, again) => this.#choose(choices, again)),
    );
  }

  #choose(choices: Partial<Choices>, again: 'load' | 'draw'): void {
    this.#choices = { ...this.#choices, ...choices };
    if (again === 'load' || !this.#draw) this.#refresh();
    else this.#redraw();
  }

  #redraw(): void {
    if (!this.#draw || !this.#visible) return;
    const { picture } = this.#choices;
    this.#stage.box.hidden = false;
    const width = Math.floor(this.#stage.box.clientWidth);
    const drawing = this.#draw(this.#choices, width, {
      insert: (insertion) => this.#stage.insert(insertion),
    });
    this.#stage.enter = drawing.activate && words.insertsFormula;
    this.#stage.show(drawing, this.#shown !== picture);
    this.#shown = picture;
  }

  /** Shows another picture, as if it had been chosen, and takes the focus along. */
  #open(choices: Partial<Choices>): void {
    const list = this.#chooser.querySelector('select');
    if (list && choices.picture) list.value = choices.picture;
    this.#controlled = '';
    this.#choose(choices, 'load');
    this.#stage.focus();
  }

  #stop(): void {
    this.#latest.cancel();
    this.#stage.busy = false;
    this.#status.note(words.stopped);
  }

  #modelChanged(): void {
    const { status } = this.#session;
    // A model's loading tells of many small steps; what counts is that another one is open, or none.
    if (status.phase !== 'ready' || status.opened !== this.#opened) {
      this.#opened = undefined;
      this.#controlled = '';
      this.#refresh();
    }
  }

  #resized(): void {
    const width = this.box.clientWidth;
    if (width === this.#width) return;
    this.#width = width;
    if (!this.#draw) this.#refresh();
    else this.#redraw();
  }

  get #visible(): boolean {
    return this.box.isConnected && this.box.clientWidth > 0;
  }
}

export const picturesView = (session: Session): HTMLElement => new PicturesView(session).box;
