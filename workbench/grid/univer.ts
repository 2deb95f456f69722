/** Everything the workbench takes from Univer: the only file that creates it. */

import { createUniver, defaultTheme, type FUniver, LocaleType, type Univer } from '@univerjs/presets';
import {
  CalculationMode,
  ERROR_TYPE_SET,
  type ErrorType,
  UniverSheetsCorePreset,
} from '@univerjs/presets/preset-sheets-core';
import coreTexts from '@univerjs/presets/preset-sheets-core/locales/en-US';
import type { FunctionInfo } from '../invoke/metadata';
import { BUSY } from '../invoke/values';
import { skipBranches } from './branches';
import { hastenClearing } from './clearing';
import { describe } from './descriptions';
import { type Answer, hostedFunctions } from './functions';
import { hastenReading } from './recalculation/reading';
import { watchReferences } from './recalculation/referring';
import { leaveSpills } from './spills';

/**
 * Creates the spreadsheet, without a workbook.
 *
 * @param container The element it fills.
 * @param answer Called for every call of one of the functions.
 */
export function createGrid(
  container: HTMLElement,
  functions: readonly FunctionInfo[],
  answer: Answer,
  darkMode: boolean,
): { univer: Univer; univerAPI: FUniver } {
  // Now native functions pass it on as they do every error.
  ERROR_TYPE_SET.add(BUSY as ErrorType);
  leaveSpills();
  hastenClearing();
  hastenReading();
  skipBranches();
  watchReferences();
  return createUniver({
    locale: LocaleType.EN_US,
    locales: { [LocaleType.EN_US]: coreTexts },
    theme: defaultTheme,
    darkMode,
    presets: [
      UniverSheetsCorePreset({
        container,
        toolbar: false,
        header: true,
        formulaBar: true,
        formula: {
          function: hostedFunctions(functions, answer),
          description: functions.map(describe),
          initialFormulaComputing: CalculationMode.NO_CALCULATION, // see `calculateFirst`
        },
      }),
    ],
  });
}
