import type { FormulaGroup } from '../../src/catalogue/catalogue';
import { contentSecurityPolicy } from '../pages.js';
import { besides, escaped } from './html';
import { strings } from './strings';

/** What every page says around its own text. */
export interface Frame {
  readonly groups: readonly FormulaGroup[];
  readonly version: string;
  /** The name of the model that computed the examples. */
  readonly model: string;
}

export interface PageText {
  /** The file in the folder of the documentation. */
  readonly file: string;
  readonly title: string;
  /** HTML within `<main>`, its heading first. */
  readonly main: string;
}

/** A whole page. */
export function layout({ groups, version, model }: Frame, { file, title, main }: PageText): string {
  const current = (name: string) => (name === file ? ' aria-current="page"' : '');
  const link = (href: string, text: string) => `<a href="${href}"${current(href)}>${escaped(text)}</a>`;
  return `<!doctype html>
<html lang="${strings.locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy({ office: false })}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="../assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="docs.css">
</head>
<body>
<a class="skip" href="#main">${strings.skip}</a>
<header class="bar">
<a class="home" href="index.html">${strings.title}</a>
<nav aria-label="${strings.site}">
${link('index.html', strings.all)}
${link('troubleshooting.html', strings.trouble)}
<a href="../workbench.html">${strings.workbench}</a>
</nav>
</header>
<div class="columns">
<nav class="side" aria-label="${strings.all}">
${groups
  .map(
    ({ title: group, formulas }) => `<p class="stage">${escaped(group)}</p>
<ul>${formulas.map(({ id }) => `<li>${link(besides(id), id)}</li>`).join('')}</ul>`,
  )
  .join('\n')}
</nav>
<main id="main" tabindex="-1">
${main}
<footer><p class="note">${strings.version(version, escaped(model))}</p></footer>
</main>
</div>
</body>
</html>
`;
}
