import { nodeBundle } from './node-bundle.js';

/**
 * Runs one of the command lines of `src/cli`: gives it the arguments, the folder that it was called from, and somewhere to
 * print.
 *
 * @param {string} name of the file in src/cli that exports `main`
 */
export async function command(name) {
  const terminal = process.stdout.isTTY;
  const clear = () => terminal && process.stdout.write('\r\x1b[K');
  const { main } = await nodeBundle(`src/cli/${name}.ts`, `node_modules/.cache/gpt2-in-cells/${name}.mjs`);
  // npm runs scripts in the project's folder; INIT_CWD is where it was called, from which people give paths.
  process.exitCode = await main(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd(), {
    log(text) {
      clear();
      console.log(text);
    },
    error(text) {
      clear();
      console.error(text);
    },
    status(text) {
      if (!terminal) return;
      clear();
      process.stdout.write(text.slice(0, (process.stdout.columns || 80) - 1));
    },
  });
}
