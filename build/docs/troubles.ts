interface Section {
  readonly id: string;
  readonly heading: string;
  /** Code stands in backquotes. */
  readonly paragraphs: readonly string[];
}

/** What may go wrong, and what to do then. A translation replaces this file. */
export const troubles = {
  lead: 'Find what the cell shows. Most errors carry a sentence that says what is wrong and what is allowed: select the cell and look at its error menu, at the line below the sheet in the workbench, or at the pane.',
  sections: (namespace: string, noModel: { code: string; message: string }): Section[] => [
    {
      id: 'value',
      heading: '#VALUE!: an argument is not what the formula takes',
      paragraphs: [
        'The sentence names the argument, its value and what is allowed. Each formula’s page lists its own sentences, with a call for each of them.',
        `Without a sentence, the number of arguments is wrong, or a range stands where one value belongs: \`=${namespace}.ATTN(A1, B1:B3, 0)\`. Excel finds that out before it calls the formula.`,
        'An error value inside a range comes back as a sentence that names its row and column in the range. Mend that cell first.',
      ],
    },
    {
      id: 'na',
      heading: '#N/A: the model cannot answer yet',
      paragraphs: [
        `No model is open, or it could not be opened. The formula then says: “${noModel.message}” Open the pane from the Home tab: it shows how far the model has loaded and, if it failed, why. The pane’s button tries again.`,
        `\`=${namespace}.STATUS()\` shows the same in a cell. A calculation that was cancelled shows #N/A as well; calculate again with Ctrl+Alt+F9. And MERGES shows it for a text in which nothing is merged.`,
      ],
    },
    {
      id: 'name',
      heading: '#NAME?: Excel does not know the formula',
      paragraphs: [
        'The add-in is not loaded in this workbook. Open its pane from the Home tab. If the button is not there, add the add-in again.',
        'After an update, Excel may remember the old list of formulas for a day. Close Excel, clear the Office cache, and add the add-in again.',
        `\`${namespace}.\` must stand before every name, and names are spelt with _ where the list has it: \`=${namespace}.ATTN_OUT(…)\`.`,
      ],
    },
    {
      id: 'busy',
      heading: '#BUSY!: the formula is at work',
      paragraphs: [
        'The value follows by itself. The first formula waits for the model to load. Recalculation is fastest while the pane is open, because Excel slows down add-ins that nobody sees.',
      ],
    },
    {
      id: 'spill',
      heading: '#SPILL!: there is no room',
      paragraphs: [
        'The result has several cells, and one of those to the right or below is not empty. Clear them, or put the formula where there is room: its page says how many rows and columns it gives.',
      ],
    },
    {
      id: 'nothing',
      heading: 'Nothing follows when a cell changes',
      paragraphs: [
        'Calculation may be set to manual: choose Formulas › Calculation Options › Automatic, or press F9.',
        'The same prompt, arguments and model give the same numbers every time. Two prompts that differ in a space differ in their tokens; TOKENS shows them.',
      ],
    },
    {
      id: 'digits',
      heading: 'A number is taken for a token id',
      paragraphs: [
        `A cell that holds 2024 is a number, and one number alone is a token id. To give it as text, write \`=${namespace}.NEXT("2024")\`, or make the cell text: \`=${namespace}.NEXT(A1&"")\`.`,
      ],
    },
    {
      id: 'long',
      heading: 'The prompt is too long',
      paragraphs: [
        'The message says how many tokens there are and how many fit. Nothing is cut off silently. TOKENS shows where the tokens go; common words cost one, rare words several.',
      ],
    },
    {
      id: 'slow',
      heading: 'It is slow',
      paragraphs: [
        'The pane names what runs the model, and why that. WebGPU is the fastest; WebAssembly with several threads needs a page that is cross-origin isolated, for which the server sends `Document-Isolation-Policy: isolate-and-credentialless`.',
        'Many cells that ask about the same prompt share one pass through the model. Long results cost more than the arithmetic behind them: ask for the part that you need.',
      ],
    },
    {
      id: 'offline',
      heading: 'Without internet',
      paragraphs: [
        'The workbench needs none once its server answers, for the model is part of the site. In Excel, Office itself loads Office.js from Microsoft’s address.',
      ],
    },
  ],
};
