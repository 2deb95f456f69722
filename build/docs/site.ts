import { grouped } from '../../src/catalogue/catalogue';
import { NO_MODEL } from '../../src/rpc/client';
import { Caller } from './call';
import { openModel, startEngine } from './engine';
import { computeExample } from './example';
import { formulaPage } from './formula-page';
import { besides } from './html';
import { indexPage } from './index-page';
import { type Frame, layout, type PageText } from './layout';
import type { Metadata } from './metadata';
import { refusalsOf } from './refusals';
import { installRuntime } from './runtime';
import { strings } from './strings';
import { troublePage } from './trouble-page';

export interface SiteOptions {
  readonly metadata: Metadata;
  /** What each formula gives, as its JSDoc says. */
  readonly returns: Readonly<Record<string, string>>;
  readonly version: string;
  /** The address of the embedded model's folder, and its name. */
  readonly modelUrl: string;
  readonly model: string;
}

/** The documentation: HTML by file name. Its examples and messages are what the formulas give right now. */
export async function docsSite(options: SiteOptions): Promise<Record<string, string>> {
  const { metadata, returns, version, modelUrl, model } = options;
  installRuntime();
  const client = startEngine();
  client.refuse(NO_MODEL);
  const caller = new Caller(metadata.functions);
  const noModel = await caller.call('CONFIG', []);
  if (!('code' in noModel)) throw new Error('CONFIG answers without a model.');
  const { config } = (await openModel(client, modelUrl, model)).model;

  const groups = grouped(metadata.functions);
  const all = groups.flatMap(({ formulas }) => formulas);
  const ids = new Set(all.map(({ id }) => id));
  const frame: Frame = { groups, version, model };
  const pages: PageText[] = [
    { file: 'index.html', title: strings.titled(strings.index.heading), main: indexPage(groups, config) },
    { file: 'troubleshooting.html', title: strings.titled(strings.trouble), main: troublePage(noModel) },
  ];
  for (const [at, info] of all.entries()) {
    const example = await computeExample(caller, info);
    const main = formulaPage({
      info,
      returns: returns[info.id] ?? '',
      example,
      refusals: await refusalsOf(caller, info, example.terms),
      enums: metadata.enums ?? [],
      config,
      ids,
      previous: all[at - 1]?.id,
      next: all[at + 1]?.id,
    });
    pages.push({ file: besides(info.id), title: strings.titled(info.id), main });
  }
  return Object.fromEntries(pages.map((page) => [page.file, layout(frame, page)]));
}
