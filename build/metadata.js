import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import metadata from 'custom-functions-metadata';

/** Source files that hold formulas: all of functions/ but the ones that only wire them up. */
export const formulaFiles = (root) =>
  readdirSync(resolve(root, 'functions'))
    .filter(
      (name) => name.endsWith('.ts') && !['answer.ts', 'index.ts', 'main.ts', 'stream.ts'].includes(name),
    )
    .sort()
    .map((name) => resolve(root, 'functions', name));

/**
 * functions.json out of the JSDoc of functions/, and the formulas' ids.
 * @param {{ root: string, namespace: string, host: string }} settings
 * @throws {Error} on any message of the generator, which otherwise skips the rest in silence
 */
export async function functionsJson({ root, namespace, host }) {
  const { metadataJson, associate, errors } = await metadata.generateCustomFunctionsMetadata(
    formulaFiles(root),
  );
  if (errors.length > 0 || !metadataJson) {
    throw new Error(`functions.json cannot be made:\n${errors.join('\n') || 'there are no formulas'}`);
  }
  const generated = JSON.parse(metadataJson.replaceAll('GPT2.', `${namespace}.`));
  for (const formula of generated.functions) {
    if (!formula.description) throw new Error(`${formula.id} has no description in its JSDoc.`);
    formula.helpUrl = `${host}docs/${formula.id}.html`;
  }
  // With this, an error in an argument reaches the formula, which can then say where in the range it is.
  return {
    json: { allowErrorForDataTypeAny: true, ...generated },
    ids: associate.map(({ id }) => id),
  };
}
