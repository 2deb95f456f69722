import type { Config } from '../gpt2/config';
import type { Look } from '../workbook/sheet';
import type { Fact } from './facts';

/**
 * A lesson as data: what it teaches, its steps from top to bottom, and what a teacher should know. `bookOf` lays it
 * out. In every formula and sentence `[key]` stands for the cells of the part with that key: all of them, or some:
 * `[q@2]` is row 2 of it, `[q@,1]` column 1, `[q@2,1]` one cell, `[q@0-3]` rows 0 to 3; counted from 0.
 * `[qNames]` are the names of its rows.
 */
export interface Lesson {
  /** Its place in the course, from 1. */
  readonly number: number;
  /** Short: it is also the sheet's name, behind the number. */
  readonly title: string;
  /** What a student can do afterwards, in a sentence. */
  readonly goal: string;
  /** How long it takes with a class. */
  readonly minutes: number;
  /** Its steps, for the model that is open. */
  readonly steps: (model: LessonModel) => readonly Step[];
  readonly notes: TeachersNotes;
}

/** The open model, as lessons ask for it. */
export interface LessonModel {
  /** `tiny` is the built-in model; `gpt2` any model with GPT-2's own vocabulary. */
  readonly kind: 'tiny' | 'gpt2';
  readonly name: string;
  readonly config: Config;
}

/** For the teacher alone. Answers are with the questions themselves. */
export interface TeachersNotes {
  /** How to spend the time. */
  readonly pace: string;
  /** What students often get wrong, and what to say then. */
  readonly misconceptions: readonly string[];
  /** Questions to the class. */
  readonly ask: readonly string[];
  /** What of this is from elsewhere, and not cited in the lesson. */
  readonly facts?: readonly Fact[];
}

/** Something done in a few minutes, under a heading with a number. */
export interface Step {
  readonly title: string;
  readonly parts: readonly Part[];
}

export type Part = Text | Source | Field | Show | Grid | FillIn | Predict | Picture;

/** A paragraph. */
export interface Text {
  readonly kind: 'text';
  readonly text: string;
}

/** Where the facts of a step come from. */
export interface Source {
  readonly kind: 'source';
  readonly facts: readonly Fact[];
}

/** One cell that other formulas use: `input` is yellow and meant to be changed, `given` is not. */
export interface Field {
  readonly kind: 'input' | 'given';
  readonly key: string;
  readonly label: string;
  readonly content: string | number;
}

/** What stands around a block of cells, and how it looks. */
interface Framed {
  readonly key: string;
  /** Names of the rows: texts, or a formula that gives one column of them. */
  readonly sides?: readonly (string | number)[] | string;
  /** Names of the columns: texts, or a formula that gives one row of them. */
  readonly heads?: readonly (string | number)[] | string;
  /** One for all columns, or one each; the last counts for the rest. */
  readonly look?: Look | readonly Look[];
  readonly shade?: 'sequential' | 'diverging';
}

/** A formula that is already there, with all the cells that it fills. */
export interface Show extends Framed {
  readonly kind: 'show';
  readonly formula: string;
  readonly rows: number;
  readonly columns: number;
  /** Of one cell of text: how many lines it may take, over the width of the tables. */
  readonly lines?: number;
}

/** Cells that each hold something of their own. */
export interface Grid extends Framed {
  readonly kind: 'grid';
  readonly cells: readonly (readonly (string | number)[])[];
}

/** A question that the student answers with a formula, or a value; it is marked beside the cell. */
export interface FillIn extends Framed {
  /** An exercise comes after what it needs has been shown, and gets less help. */
  readonly kind: 'fillIn' | 'exercise';
  readonly task: string;
  /** The size of the result; one cell unless given. */
  readonly rows?: number;
  readonly columns?: number;
  /** Computes what is right, without `=`. */
  readonly expected?: string;
  /** What numbers may differ by, 0.001 unless given; `text` compares texts, but for spaces at their ends. */
  readonly tolerance?: number | 'text';
  /** In place of `expected` where many answers are right: a formula that is TRUE for them, without `=`. */
  readonly accepts?: string;
  readonly hint: string;
  /** What the teacher may type: a formula with its `=`, or a value. */
  readonly solution: string | number;
  /** Why that is so, for the teacher. */
  readonly why: string;
}

/** A question to be guessed first. The answer shows when the student asks for it. */
export interface Predict {
  readonly kind: 'predict';
  readonly key: string;
  readonly question: string;
  /** Computes the answer, which is one cell, without `=`. */
  readonly answer: string;
  /** What to make of the answer, for the teacher. */
  readonly why: string;
}

/** A chart of cells that the lesson has. */
export interface Picture {
  readonly kind: 'chart';
  readonly chart: 'columns' | 'bars' | 'lines' | 'points';
  readonly title: string;
  /** A reference, such as `[curve@,0]`. */
  readonly categories: string;
  readonly series: readonly { readonly name: string; readonly values: string }[];
  /** A reference to the texts beside points. */
  readonly names?: string;
  readonly axes?: { readonly across?: string; readonly up?: string };
}
