import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settings } from '../../build/settings.js';
import { DIST } from '../support/docs';

/** The pages of the site, by their path in dist/. */
const pages = new Map(
  readdirSync(DIST, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .map((path) => [path, readFileSync(join(DIST, path), 'utf8')]),
);

/** Links of a page to places of the same site, as it has them. */
const linksOf = (html: string): string[] =>
  [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));

/** What is wrong with a link from a page, or undefined. */
function trouble(from: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : normalize(join(dirname(from), path));
  if (target.startsWith('..') || !existsSync(join(DIST, target))) return `${from} → ${link}: no such file`;
  if (anchor !== undefined && !pages.get(target)?.includes(` id="${anchor}"`))
    return `${from} → ${link}: no such place`;
  return undefined;
}

describe('links', () => {
  it('lead to files and places that there are, from every page', () => {
    const links = [...pages].flatMap(([from, html]) => linksOf(html).map((link) => [from, link] as const));
    expect(pages.size).toBeGreaterThan(45);
    expect(links.length).toBeGreaterThan(2000);
    expect(links.flatMap(([from, link]) => trouble(from, link) ?? [])).toEqual([]);
  });

  it('would be found out if they were broken', () => {
    expect(trouble('docs/ATTN.html', 'NONE.html')).toContain('no such file');
    expect(trouble('docs/ATTN.html', 'SCORES.html#none')).toContain('no such place');
    expect(trouble('docs/ATTN.html', '../../package.json')).toContain('no such file');
  });

  it('of the manifest and of functions.json lead into the site, whatever comes after #', () => {
    const { host } = settings();
    const source = ['manifest.xml', 'functions.json']
      .map((name) => readFileSync(join(DIST, name), 'utf8'))
      .join('\n');
    const links = [...source.matchAll(/"(https?:\/\/[^"]+)"/g)]
      .map(([, link = '']) => link)
      .filter((link) => link.startsWith(host));
    expect(links.length).toBeGreaterThan(50);
    expect(links.flatMap((link) => trouble('index.html', link.slice(host.length)) ?? [])).toEqual([]);
  });

  it('give no id twice on a page', () => {
    for (const [path, html] of pages) {
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, path).toBe(ids.length);
    }
  });
});

it('every page has a policy that lets in nothing from elsewhere but Office.js', () => {
  for (const [path, html] of pages) {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
    expect(policy, path).toContain("default-src 'self'");
    const foreign = policy?.match(/https:\/\/[^\s;]+/g) ?? [];
    expect(
      foreign.filter((origin) => origin !== 'https://appsforoffice.microsoft.com'),
      path,
    ).toEqual([]);
  }
});
