import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const DIST = resolve(import.meta.dirname, '../../dist');

/** The built pages of the documentation, by file name. */
export const docsPages = (): Map<string, string> =>
  new Map(
    readdirSync(join(DIST, 'docs'))
      .filter((name) => name.endsWith('.html'))
      .map((name) => [name, readFileSync(join(DIST, 'docs', name), 'utf8')]),
  );

/** What people read of some HTML, white space made one. */
export const textOf = (html: string): string =>
  html
    .replace(/<wbr>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();

/** The part of a page under one of its headings. */
export function sectionOf(html: string, id: string): string {
  const section = html.split(`<section aria-labelledby="${id}">`)[1]?.split('</section>')[0];
  if (section === undefined) throw new Error(`There is no section ${id}.`);
  return section;
}

/** The result that a formula's page shows: its cells by rows, as they are written there. */
export function resultOf(html: string): string[][] {
  const body = /<table class="cells">.*?<tbody>(.*?)<\/tbody>/s.exec(sectionOf(html, 'example'))?.[1] ?? '';
  return body
    .split('</tr>')
    .map((row) =>
      [...row.matchAll(/<td(?: class="number")?>(.*?)<\/td>/gs)].map(([, cell = '']) =>
        cell
          .replace(/<[^>]+>/g, '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&amp;', '&'),
      ),
    )
    .filter((row) => row.length > 0);
}
