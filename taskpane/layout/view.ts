import { chooseHost } from '../../src/host/choose';
import type { InsertOptions, SheetHost } from '../../src/host/host';
import { type Choice, isLegible, limitsOf, usualChoice } from '../../src/layout/choice';
import { extentOf } from '../../src/layout/extent';
import { laidOut, layoutOf, type Subject } from '../../src/layout/layout';
import type { Opened } from '../../src/rpc/protocol';
import { button, element, icon } from '../dom';
import { once } from '../once';
import { sentenceOf } from '../sentence';
import type { Session } from '../session';
import { Fields } from './fields';
import { Outcome } from './outcome';
import { PromptField } from './prompt';
import { strings } from './strings';

/** A prompt and a choice rest for so long before what they come to is counted. */
const REST_MS = 200;

/** What a failed insertion is called when names of sheets are taken; it comes from another page. */
const IN_THE_WAY = 'SheetsInTheWay';

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
  readonly #outcome = new Outcome();
  readonly #start: HTMLElement;
  readonly #undo: HTMLElement;
  #opened: Opened | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly session: Session,
    private readonly host: SheetHost,
  ) {
    this.#start = button(
      strings.layOut,
      { appearance: 'primary', 'data-action': 'lay-out', 'aria-describedby': 'layout-extent' },
      () => void this.#insert({}),
    );
    this.#undo = button(
      strings.undo,
      { 'data-action': 'undo-layout', title: strings.undoAbout, hidden: true },
      () => void this.#takeBack(false),
    );
    this.#choose.append(element('summary', {}, icon('chevron'), strings.choose), this.#fields.box);
    this.#form = element(
      'div',
      { class: 'layout-form' },
      this.#prompt.box,
      this.#wide,
      this.#choose,
      this.#extent,
      element('div', { class: 'layout-buttons' }, this.#start, this.#undo),
    );
    this.box = element('div', { class: 'layout-body' }, this.#waiting, this.#form, this.#outcome.box);
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
      this.#say(
        `${strings.parts(subject.config, choice)} ${strings.extent(extentOf(laidOut(subject, choice)))}`,
      );
    } catch (error) {
      this.#say(sentenceOf(error, strings.wentWrong), true);
    }
  }

  #say(sentence: string, wrong = false): void {
    this.#extent.textContent = sentence;
    this.#extent.classList.toggle('layout-wrong', wrong);
  }

  #subject(): Subject | undefined {
    const model = this.#opened?.model;
    return model && { config: model.config, name: model.name, prompt: this.#prompt.text };
  }

  readonly #insert = once(async ({ taken }: Pick<InsertOptions, 'taken'>) => {
    const subject = this.#subject();
    if (!subject) return;
    const controller = new AbortController();
    this.#start.toggleAttribute('disabled', true);
    try {
      const choice = this.#fields.read();
      this.#outcome.busy(() => controller.abort());
      await this.#checkRoom(subject.prompt, choice);
      const sheets = await this.host.insert?.(layoutOf(subject, choice), {
        ...(taken && { taken }),
        signal: controller.signal,
        onProgress: (fraction, sheet) => this.#outcome.progress(fraction, sheet),
      });
      this.#prompt.rest();
      this.#outcome.done(strings.done(sheets ?? []));
      this.#undo.hidden = false;
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#start.toggleAttribute('disabled', false);
    }
  });

  /** @throws Error when the prompt is longer than the room for it */
  async #checkRoom(prompt: string, { room }: Choice): Promise<void> {
    const { length } = await this.session.client.ids({ text: prompt });
    if (length > room) throw new Error(strings.tooLong(length, room));
  }

  #failed(error: unknown): void {
    const { name, sheets } = (error ?? {}) as { name?: unknown; sheets?: readonly string[] };
    if (name === 'AbortError') this.#outcome.done(strings.cancelled);
    else if (name === IN_THE_WAY) {
      this.#outcome.ask(strings.taken(sheets ?? []), [
        [strings.replace, 'replace', () => void this.#insert({ taken: 'replace' })],
        [strings.beside, 'rename', () => void this.#insert({ taken: 'rename' })],
        [strings.cancel, 'leave', () => this.#leave()],
      ]);
    } else this.#outcome.problem(sentenceOf(error, strings.wentWrong));
  }

  #leave(): void {
    this.#outcome.done(strings.kept);
    this.#start.focus();
  }

  readonly #takeBack = once(async (regardless: boolean) => {
    try {
      // Something else was done since: that goes back first, in the view of cells.
      const last = this.host.lastChange?.();
      if (last?.kind !== 'insert') throw new Error(strings.notLast);
      const undone = await this.host.undoLast?.(regardless);
      if (undone && undone.changed.length > 0 && !regardless) {
        this.#outcome.ask(strings.changed(undone.changed), [
          [strings.undoRegardless, 'undo-regardless', () => void this.#takeBack(true)],
          [strings.keep, 'keep', () => this.#leave()],
        ]);
        return;
      }
      this.#undo.hidden = true;
      this.#outcome.done(strings.undone);
      this.#start.focus();
    } catch (error) {
      this.#outcome.problem(sentenceOf(error, strings.wentWrong));
    }
  });
}

const sameShape = (a: Opened, b: Opened): boolean =>
  a.model.name === b.model.name && JSON.stringify(a.model.config) === JSON.stringify(b.model.config);
