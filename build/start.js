import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { logErrorMessage, parseNumber } from 'office-addin-cli';
import open from 'open';
import { serve } from './serve.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3000' },
    https: { type: 'boolean', default: false },
    open: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

/** The certificate that office-addin-dev-certs has put into the user's folder. */
function developerCertificate() {
  const folder = resolve(homedir(), '.office-addin-dev-certs');
  const file = (name) => {
    const path = resolve(folder, name);
    if (!existsSync(path))
      throw new Error(`There is no ${path}. Make it with: npx office-addin-dev-certs install`);
    return readFileSync(path);
  };
  return { key: file('localhost.key'), cert: file('localhost.crt') };
}

try {
  const port = parseNumber(values.port, '--port takes a number.');
  const { url } = await serve({ port, tls: values.https ? developerCertificate() : undefined });
  console.log(`GPT-2 in cells is at ${url}  (Ctrl+C stops it)`);
  if (values.open && process.stdout.isTTY) await open(url).catch(() => undefined);
} catch (error) {
  logErrorMessage(
    error.code === 'EADDRINUSE'
      ? `Port ${values.port} is taken by another program. Choose another: npm start -- --port 3001`
      : error,
  );
  process.exitCode = 1;
}
