import type { ModelInfo } from '../../src/rpc/protocol';
import type { RowKind } from '../../src/verify/api';
import { CHECKPOINTS, type Checkpoint, claimOf, nothingPublished } from '../../src/verify/checkpoints';
import { KINDS } from '../../src/verify/kinds/all';
import { messages } from '../../src/verify/messages';
import type { KindName } from '../../src/verify/values';
import { IDENTITY } from '../../src/verify/verify';
import { element } from '../dom';
import { strings } from './strings';

/** Which checkpoint a model is to be compared with: a guess, and a list to choose from. */
export class CheckpointChoice {
  readonly label = element('label', { for: 'verify-checkpoint' }, strings.choose);
  readonly list = element(
    'select',
    { id: 'verify-checkpoint', 'aria-describedby': 'verify-guess' },
    element('option', { value: '' }, strings.none),
    ...CHECKPOINTS.map((one) =>
      element('option', { value: one.name }, strings.option(one.name, provable(one))),
    ),
  );
  /** What the guess rests on, where it is not the name. */
  readonly note = element('p', { class: 'note', id: 'verify-guess' });

  get checkpoint(): Checkpoint | undefined {
    return CHECKPOINTS.find(({ name }) => name === this.list.value);
  }

  /** Chooses what a model seems to be. */
  guess({ name, config }: ModelInfo): void {
    const claim = claimOf(config, name);
    this.list.value = claim?.checkpoint.name ?? '';
    this.note.textContent = !claim
      ? nothingPublished(name)
      : claim.byName
        ? ''
        : messages.byShape(name, claim.checkpoint.name);
  }
}

/** Whether anything is published of a checkpoint that depends on its numbers and can be checked here. */
const provable = ({ published }: Checkpoint): boolean =>
  (Object.keys(published) as KindName[]).some(
    (kind: RowKind & KindName) =>
      !IDENTITY.includes(kind) && KINDS[kind].never === undefined && (published[kind]?.length ?? 0) > 0,
  );
