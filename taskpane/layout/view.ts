import { chooseHost } from '../../src/host/choose';
import type { SheetHost } from '../../src/host/host';
import { type Choice, isLegible, limitsOf, usualChoice } from '../../src/layout/choice';
import { extentOf } from '../../src/layout/extent';
import { laidOut, layoutOf, type Subject } from '../../src/layout/layout';
import type { Opened } from '../../src/rpc/protocol';
import { button, element, icon, keepIdle } from '../dom';
import { Insertion } from '../insertion/insertion';
import { sentenceOf } from '../sentence';
import type { Session } from '../session';
import { Fields } from './fields';
import { PromptField } from './prompt';
import { strings } from './strings';

/** A prompt and a choice rest for so long before what they come to is counted. */
const REST_MS = 200;

/** The section that puts the whole open model into sheets. */
export async function layoutView(session: Session): Promise<HTMLElement> {
  const host = await chooseHost();
  const content = host.insert
    ? new LayoutView(session, host).box
    : element('p', { class: 'note' }, strings.noSheet);
  return element(
    'section',
    { class: 'layout', 'aria-labelledby': 'layout-heading' },
    element('h2', { id: 'layout-heading' }, strings.heading),
    element('p', { class: 'layout-about' }, strings.lead),
    content,
  );
}

class LayoutView {
  readonly box: HTMLElement;
  readonly #waiting = element('p', { class: 'note' });
  readonly #form: HTMLElement;
  readonly #wide = element('p', { class: 'layout-about' });
  readonly #extent = element('p', { class: 'layout-extent', id: 'layout-extent' });
  readonly #fields = new Fields(() => this.#soon());
  readonly #prompt = new PromptField(() => this.#soon());
  readonly #choose = element('details', { class: 'layout-choose' });
  readonly #start: HTMLElement;
  readonly #insertion: Insertion;
  #opened: Opened | undefined;
  /** Counts what has been asked of the worker: an answer to anything but the last is too late. */
  #asked = 0;
  #over = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly session: Session,
    host: SheetHost,
  ) {
    this.#start = button(
      strings.layOut,
      { appearance: 'primary', 'data-action': 'lay-out', 'aria-describedby': 'layout-extent' },
      () => this.#insert(),
    );
    this.#insertion = new Insertion(host, (busy) => keepIdle(this.#start, busy));
    this.#choose.append(element('summary', {}, icon('chevron'), strings.choose), this.#fields.box);
    this.#form = element(
      'div',
      { class: 'layout-form' },
      this.#prompt.box,
      this.#wide,
      this.#choose,
      this.#extent,
      element('div', {}, this.#start),
    );
    this.box = element('div', { class: 'layout-body' }, this.#waiting, this.#form, this.#insertion.box);
    session.addEventListener('change', () => this.#modelChanged());
    this.#modelChanged();
  }

  #modelChanged(): void {
    const { status } = this.session;
    const opened = status.phase === 'ready' ? status.opened : undefined;
    const usable = opened?.model.hasTokenizer ?? false;
    this.#form.hidden = !usable;
    this.#waiting.hidden = usable;
    this.#waiting.textContent = opened ? strings.noVocabulary : strings.noModel;
    if (!opened || !usable) return;
    // A model that loads tells of many small steps; what counts is that another one is open.
    const before = this.#opened;
    this.#opened = opened;
    if (before && sameShape(before, opened)) return;
    const { config } = opened.model;
    const usual = usualChoice(config, 0);
    this.#fields.show(usual, limitsOf(config));
    this.#wide.hidden = isLegible(config);
    this.#wide.textContent = strings.wide(config.n_embd, config.n_layer * config.n_head);
    this.#choose.toggleAttribute('open', usual.layers.length < config.n_layer);
    this.#count();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#count(), REST_MS);
  }

  /** Says what would be inserted, or what stands in the way of it. */
  #count(): void {
    clearTimeout(this.#timer);
    const subject = this.#subject();
    if (!subject) return;
    try {
      const choice = this.#fields.read();
      const extent = strings.extent(extentOf(laidOut(subject, choice)));
      void this.#sayWithRoom(`${strings.parts(subject.config, choice)} ${extent}`, subject.prompt, choice);
    } catch (error) {
      this.#asked++;
      this.#over = false;
      this.#say(sentenceOf(error, strings.wentWrong), true);
    }
  }

  /** Says the sentence, or that the prompt is longer than the room for it, as soon as its tokens are counted. */
  async #sayWithRoom(sentence: string, prompt: string, choice: Choice): Promise<void> {
    const asked = ++this.#asked;
    // What was too long stays so until it is known to fit: the line is not to flicker at every letter.
    if (!this.#over) this.#say(sentence);
    let problem: string | undefined;
    try {
      problem = await this.#noRoom(prompt, choice);
    } catch {
      // Whatever keeps the worker from answering is said when the sheets are asked for.
    }
    if (asked !== this.#asked) return;
    this.#over = problem !== undefined;
    this.#say(problem ?? sentence, this.#over);
  }

  #say(sentence: string, wrong = false): void {
    this.#extent.textContent = sentence;
    this.#extent.classList.toggle('layout-wrong', wrong);
  }

  #subject(): Subject | undefined {
    const model = this.#opened?.model;
    return model && { config: model.config, name: model.name, prompt: this.#prompt.text };
  }

  #insert(): void {
    const subject = this.#subject();
    if (!subject) return;
    const book = async () => {
      const choice = this.#fields.read();
      const problem = await this.#noRoom(subject.prompt, choice);
      if (problem) throw new Error(problem);
      return layoutOf(subject, choice);
    };
    this.#insertion.insert({ book, asker: this.#start, inserted: () => this.#prompt.rest() });
  }

  /** What to say of a prompt that is longer than the room for it. */
  async #noRoom(prompt: string, { room }: Choice): Promise<string | undefined> {
    const { length } = await this.session.client.ids({ text: prompt });
    return length > room ? strings.tooLong(length, room) : undefined;
  }
}

const sameShape = (a: Opened, b: Opened): boolean =>
  a.model.name === b.model.name && JSON.stringify(a.model.config) === JSON.stringify(b.model.config);
