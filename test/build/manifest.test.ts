import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { OfficeAddinManifest } from 'office-addin-manifest';
import { afterAll, describe, expect, it } from 'vitest';
import { manifest } from '../../build/manifest.js';
import { settings } from '../../build/settings.js';

const ROOT = resolve(import.meta.dirname, '../..');
const DIST = join(ROOT, 'dist');
const source = readFileSync(join(ROOT, 'manifest.xml'), 'utf8');

const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
afterAll(() => rmSync(folder, { recursive: true }));

const urls = (xml: string) =>
  [...xml.matchAll(/DefaultValue="(https?:[^"]+)"/g)].map(([, url]) => url as string);

describe('dist/manifest.xml', () => {
  const built = readFileSync(join(DIST, 'manifest.xml'), 'utf8');

  it("is read by Microsoft's own reader: name, version, host, id, support address", async () => {
    const info = await OfficeAddinManifest.readManifestFile(join(DIST, 'manifest.xml'));
    expect(info.displayName).toBe('GPT-2 in cells');
    expect(info.version).toBe(`${settings().version}.0`);
    expect(info.hosts).toEqual(['Workbook']);
    expect(info.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(info.supportUrl).toBe(`${settings().host}docs/troubleshooting.html`);
    expect(info.defaultSettings?.sourceLocation).toBe(`${settings().host}taskpane.html`);
  });

  it('names only resources that dist/ holds', () => {
    const resources = urls(built);
    expect(resources.length).toBeGreaterThanOrEqual(9);
    for (const url of resources) {
      expect(url.startsWith(settings().host), url).toBe(true);
      expect(existsSync(join(DIST, url.slice(settings().host.length))), url).toBe(true);
    }
  });

  it('has a text or address for every resource that it refers to', () => {
    const ids = [...built.matchAll(/ id="([^"]+)" DefaultValue/g)].map(([, id]) => id);
    const used = [...built.matchAll(/resid="([^"]+)"/g)].map(([, id]) => id);
    expect(used.length).toBeGreaterThan(10);
    for (const resid of used) expect(ids).toContain(resid);
  });

  it('runs the functions and the pane in one shared runtime that lives long', () => {
    expect(built).toContain('<Runtime resid="Taskpane.Url" lifetime="long"/>');
    expect(built).toContain('<Set Name="SharedRuntime" MinVersion="1.1"/>');
  });
});

describe('manifest', () => {
  it('follows host, namespace and version everywhere', async () => {
    const chosen = {
      ...settings({ host: 'https://school.example/gpt2', namespace: 'GPT_2' }),
      version: '3.4.5',
    };
    const xml = manifest(source, chosen);
    expect(xml).not.toContain('localhost');
    expect(xml).not.toMatch(/GPT2\b/);
    expect(xml).toContain('<AppDomain>https://school.example</AppDomain>');
    expect(urls(xml).every((url) => url.startsWith('https://school.example/gpt2/'))).toBe(true);
    writeFileSync(join(folder, 'manifest.xml'), xml);
    const info = await OfficeAddinManifest.readManifestFile(join(folder, 'manifest.xml'));
    expect(info.version).toBe('3.4.5.0');
  });

  it('refuses settings that could not work, naming them', () => {
    expect(() => settings({ host: 'example.org' })).toThrow('host is "example.org/"');
    expect(() => settings({ namespace: '2GPT' })).toThrow('namespace is "2GPT"');
  });
});
