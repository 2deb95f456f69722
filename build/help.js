const html = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The call with its parameters' names, optional ones in brackets. */
const signature = ({ name, parameters }, namespace) =>
  `${namespace}.${name}(${parameters.map((p) => (p.optional ? `[${p.name}]` : p.name)).join(', ')})`;

const entry = (formula, namespace) => `
      <section id="${formula.id}">
        <h2><code>${signature(formula, namespace)}</code></h2>
        <p>${html(formula.description)}</p>
        <dl>
${formula.parameters
  .map((p) => `          <dt><code>${p.name}</code></dt><dd>${html(p.description ?? '')}</dd>`)
  .join('\n')}
        </dl>
      </section>`;

/** One static page with the help of every formula, out of functions.json, so that it cannot go stale. */
export const help = ({ functions }, { namespace, version }) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>GPT-2 in cells: help</title>
    <style>
      :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
      body { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
      h1 { font-size: 1.75rem; line-height: 1.2; }
      h2 { font-size: 1.05rem; margin: 2.5rem 0 0.25rem; }
      dt { margin-top: 0.5rem; }
      dd { margin: 0 0 0 1.5rem; }
      code { font: 0.95em ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
    </style>
  </head>
  <body>
    <main>
      <h1>GPT-2 in cells</h1>
      <p>
        Every stage of GPT-2 is a formula. Type one into a cell, or insert it from the pane. Everything is computed on
        this device; no text and no number leaves it. Version ${version}.
      </p>
      <section id="trouble">
        <h2>When something does not work</h2>
        <p>
          A cell that shows <code>#VALUE!</code> or <code>#N/A</code> carries a sentence that says why: select it and
          look at its error menu, or at the pane. <code>#NAME?</code> means that the add-in is not loaded: open its pane
          from the Home tab. After an update, Excel may remember the old list of formulas for a day: close Excel, clear
          the Office cache, and add the add-in again. Recalculation is fastest while the pane is open.
        </p>
      </section>${functions.map((formula) => entry(formula, namespace)).join('')}
    </main>
  </body>
</html>
`;
