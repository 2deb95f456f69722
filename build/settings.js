import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');

const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));

/**
 * The build's settings: `--env host=https://example.org/gpt2/ --env namespace=GPT_2 --env mirror=https://hub.example.org`.
 * @throws {Error} when one of them could not work
 */
export function settings(env = {}) {
  const host = `${env.host ?? 'https://localhost:3000'}`.replace(/\/*$/, '/');
  const namespace = `${env.namespace ?? 'GPT2'}`;
  if (!/^https?:\/\/[^/\s]+\/(\S*\/)?$/.test(host)) {
    throw new Error(
      `host is "${host}": give the address that will serve dist/, such as https://example.org/gpt2/.`,
    );
  }
  if (!/^[A-Za-z][A-Za-z0-9_]{1,31}$/.test(namespace)) {
    throw new Error(`namespace is "${namespace}": give 2 to 32 letters, digits or _, a letter first.`);
  }
  const mirror = `${env.mirror ?? ''}`;
  for (const address of mirror.split(/[\s,]+/).filter(Boolean)) {
    if (!URL.canParse(address) || !/^https?:/.test(address)) {
      throw new Error(
        `mirror has "${address}": give web addresses of servers that speak the hub's protocol.`,
      );
    }
  }
  return { root, host, namespace, version, mirror };
}
