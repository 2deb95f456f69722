/** The section of a number format that is for texts, if it does more than repeat them. */
export function textSection(pattern: string): string | undefined {
  const section = pattern.split(';').find((part) => part.includes('@'));
  return section === '@' ? undefined : section;
}

/** A text in a section of a number format: `@` stands for it, quoted and escaped parts for themselves. */
export function withText(section: string, text: string): string {
  return section.replace(/"([^"]*)"|\\(.)|@/g, (part, quoted?: string, escaped?: string) =>
    part === '@' ? text : (quoted ?? escaped ?? ''),
  );
}
