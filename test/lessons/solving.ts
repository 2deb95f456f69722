import type { LaidOut, Question } from '../../src/lessons/layout';
import type { FillIn } from '../../src/lessons/lesson';
import { resolve } from '../../src/lessons/references';

type Typed = Readonly<Record<string, string | number>>;

const isMarked = (question: Question): question is Question & { part: FillIn; tick: string; mark: string } =>
  question.tick !== undefined;

/** The questions that are marked. */
export const marked = ({ questions }: LaidOut) => questions.filter(isMarked);

/** What a teacher types: a guess and `yes` for each prediction, and the solutions of the notes. */
export function solutions(laid: LaidOut): Typed {
  return Object.fromEntries(
    laid.questions.flatMap(({ part, cell, ask }): [string, string | number][] => {
      if (part.kind === 'predict') {
        return [
          [cell, 'a guess'],
          [ask as string, 'yes'],
        ];
      }
      const { solution } = part;
      return [[cell, typeof solution === 'number' ? solution : resolve(solution, laid.places)]];
    }),
  );
}

/** Something wrong in every cell that is marked, and a question for every answer without a guess. */
export function wrong(laid: LaidOut): Typed {
  return Object.fromEntries(
    laid.questions.map(({ part, cell, ask }): [string, string | number] =>
      part.kind === 'predict'
        ? [ask as string, 'yes']
        : [cell, part.tolerance === 'text' ? 'nonsense' : -12345],
    ),
  );
}
