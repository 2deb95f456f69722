import type { Description, ModelRef } from '../../src/models/api';
import { announce } from '../announcer';
import { button, element } from '../dom';
import { sentenceOf } from '../sentence';
import type { Collection } from './collection';
import { found } from './found';
import type { List } from './list';
import { noteLine } from './note-line';
import { strings } from './strings';

/** Where something is looked up: what it is, or why that cannot be told, shows below what asked for it. */
export interface LookUp {
  readonly element: HTMLElement;
  /** @param home where the focus is to go back to */
  ask(ref: ModelRef, home: HTMLElement): Promise<void>;
  /** Says what is wrong with what was asked for. */
  refuse(sentence: string): void;
  clear(): void;
}

/** @param id of the element that holds the sentences, for `aria-describedby` */
export function lookUp(collection: Collection, list: List, id: string): LookUp {
  const box = element('div', { id });
  let asking: AbortController | undefined;

  const clear = () => {
    asking?.abort();
    asking = undefined;
    box.replaceChildren();
  };
  const refuse = (text: string) => {
    clear();
    box.append(noteLine({ kind: 'error', text }));
    announce(text);
  };

  const show = (description: Description, home: HTMLElement) => {
    const { ref } = description;
    const local = ref.kind === 'files' || ref.kind === 'directory';
    const close = () => {
      clear();
      home.focus();
    };
    const begin = (what: 'use' | 'download') => {
      clear();
      if (local) {
        void collection.session.use({ name: description.name, ref });
        return home.focus();
      }
      const entry = collection.add(description);
      if (!entry) return;
      list.reveal(entry.id);
      void collection[what](entry);
    };
    const card = found(collection, description, {
      onUse: () => begin('use'),
      onDownload: local ? undefined : () => begin('download'),
      onClose: close,
    });
    box.replaceChildren(card);
    announce(strings.more.found(description.name));
    card.querySelector<HTMLElement>('.library-name')?.focus();
  };

  return {
    element: box,
    refuse,
    clear,
    async ask(ref, home) {
      clear();
      const mine = new AbortController();
      asking = mine;
      const cancel = button(strings.more.cancel, { size: 'small', appearance: 'subtle' }, () => {
        clear();
        home.focus();
      });
      const bar = element('fluent-progress-bar', { role: 'progressbar', 'aria-label': strings.more.looking });
      const line = element('div', { class: 'progress-line' }, strings.more.looking, cancel);
      box.append(element('div', { class: 'library-progress' }, bar, line));
      try {
        const description = await collection.session.client.library.describe(ref, mine.signal);
        if (asking === mine) show(description, home);
      } catch (error) {
        if (asking === mine) refuse(sentenceOf(error, strings.wentWrong));
      }
    },
  };
}
