import { describe, expect, it } from 'vitest';
import { EMBEDDED } from '../../src/models/embedded';
import { readQuery } from '../../taskpane/query';

const PAGE = 'https://example.org/gpt2/taskpane.html';

describe('the address of the pane', () => {
  it('asks for the embedded model on the best back end unless it says otherwise', () => {
    expect(readQuery(PAGE)).toMatchObject({
      named: false,
      request: {
        from: { kind: 'url', url: `https://example.org/gpt2/${EMBEDDED.path}` },
        name: EMBEDDED.name,
        backend: 'best',
        base: PAGE,
      },
    });
  });

  it('can name a model folder beside the page, and a back end', () => {
    const { request, problem } = readQuery(`${PAGE}?model=models/my%20gpt2/&backend=wasm`);
    expect(problem).toBeUndefined();
    expect(request).toMatchObject({
      from: { kind: 'url', url: 'https://example.org/gpt2/models/my%20gpt2' },
      name: 'my gpt2',
      backend: 'wasm',
    });
  });

  it('can name a model of Hugging Face, which is called by its own name', () => {
    const model = 'https://huggingface.co/openai-community/gpt2/resolve/main';
    const { request } = readQuery(`${PAGE}?model=${encodeURIComponent(model)}`);
    expect(request).toMatchObject({ from: { kind: 'url', url: model }, name: 'gpt2' });
  });

  it('refuses a back end that there is not, naming it and what is allowed', () => {
    const { request, problem } = readQuery(`${PAGE}?backend=cuda`);
    expect(problem).toContain('“cuda”');
    for (const allowed of ['best', 'webgpu', 'wasm', 'reference']) expect(problem).toContain(allowed);
    expect(request.backend).toBe('best');
  });

  it('can ask for several workers, and refuses numbers that make no sense', () => {
    expect(readQuery(`${PAGE}?backend=wasm&workers=3`).request).toMatchObject({
      backend: 'wasm',
      workers: 3,
    });
    expect(readQuery(PAGE).request.workers).toBeUndefined();
    for (const wrong of ['0', 'many', '-1', '1.5', '100']) {
      const { request, problem } = readQuery(`${PAGE}?workers=${wrong}`);
      expect(problem).toContain(`“${wrong}”`);
      expect(request.workers).toBeUndefined();
    }
  });

  it.each(['', 'http://', 'file:///etc', 'javascript:alert(1)'])('refuses the model "%s"', (model) => {
    const { request, problem } = readQuery(`${PAGE}?model=${encodeURIComponent(model)}`);
    expect(problem).toContain(`“${model}”`);
    expect(request.name).toBe(EMBEDDED.name);
  });
});
