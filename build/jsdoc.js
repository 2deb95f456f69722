import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * What the JSDoc of formulas says they give: the one thing about them that functions.json has no place for.
 * @param {readonly string[]} files TypeScript sources
 * @returns {Record<string, string>} the text of `@returns` by the formula's id
 */
export function returnsOf(files) {
  const found = {};
  for (const file of files) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    for (const statement of source.statements.filter(ts.isFunctionDeclaration)) {
      const text = (name) =>
        ts.getTextOfJSDocComment(
          ts.getJSDocTags(statement).find(({ tagName }) => tagName.text === name)?.comment,
        );
      const id = text('customfunction');
      if (id) found[id.trim()] = text('returns') ?? '';
    }
  }
  return found;
}
