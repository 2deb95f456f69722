/** The fonts of Windows, and what stands in for them elsewhere. */
export function fontStack(font: string): string {
  return font === 'Consolas' ? 'Consolas, Menlo, monospace' : `"${font}", system-ui, sans-serif`;
}

/** The first font of such a list. */
export function firstFont(stack: string): string {
  return (
    stack
      .split(',')[0]
      ?.trim()
      .replace(/^["']|["']$/g, '') ?? stack
  );
}
