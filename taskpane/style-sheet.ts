import { element } from './dom';

/** Adds a style sheet to the page. @throws Error with its address when it cannot be fetched; it may be asked for again */
export function styleSheet(href: string): Promise<void> {
  const link = element('link', { rel: 'stylesheet', href });
  const loaded = new Promise<void>((done, failed) => {
    link.addEventListener('load', () => done());
    link.addEventListener('error', () => {
      link.remove();
      failed(new Error(href));
    });
  });
  document.head.append(link);
  return loaded;
}
