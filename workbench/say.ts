/** Shows a sentence, and has screen readers read it out. An empty one hides the line. */
export function say(line: HTMLElement, sentence: string, kind: 'error' | 'progress'): void {
  if (line.textContent === sentence) return;
  line.textContent = sentence;
  line.dataset.kind = kind;
}
