import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import webpack from 'webpack';
import { docs } from './docs.js';
import { manifest } from './manifest.js';
import { functionsJson } from './metadata.js';
import { taskpane, workbench, workbenchPane } from './pages.js';

/** Writes what webpack does not bundle: the pages, the metadata of the functions, the documentation and the manifest. */
export class SitePlugin {
  constructor(settings) {
    this.settings = settings;
  }

  apply(compiler) {
    const { Compilation, sources } = webpack;
    compiler.hooks.thisCompilation.tap('Site', (compilation) => {
      const stage = Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL;
      compilation.hooks.processAssets.tapPromise({ name: 'Site', stage }, async () => {
        const read = (path) => readFileSync(resolve(this.settings.root, path), 'utf8');
        const { json } = await functionsJson(this.settings);
        const pane = read('taskpane/taskpane.html');
        const files = {
          'functions.json': JSON.stringify(json, null, 1),
          'manifest.xml': manifest(read('manifest.xml'), this.settings),
          'taskpane.html': taskpane(pane),
          'workbench-pane.html': workbenchPane(pane),
          'workbench.html': workbench(read('workbench/workbench.html')),
          // Whoever opens the bare address wants the spreadsheet.
          'index.html': workbench(read('workbench/workbench.html')),
        };
        for (const [name, html] of Object.entries(await docs(json, this.settings))) {
          files[`docs/${name}`] = html;
        }
        for (const [name, text] of Object.entries(files)) {
          compilation.emitAsset(name, new sources.RawSource(text));
        }
      });
    });
  }
}
