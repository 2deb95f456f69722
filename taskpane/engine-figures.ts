import type { EngineStats } from '../src/engine/api';
import { element, icon } from './dom';
import { fact } from './model-card';
import type { Session } from './session';
import { bytes, count, strings } from './strings';

const EVERY_MS = 1000;

/** What the engine has done so far. It is asked only while somebody can see the answer. */
export function engineFigures({ client }: Session): HTMLElement {
  const words = strings.figures;
  const list = element('dl', { class: 'facts' });
  const waiting = element('p', { class: 'note' }, words.waiting);
  const box = element(
    'details',
    { class: 'figures' },
    element('summary', { class: 'figures-head' }, icon('chevron'), element('h2', {}, words.heading)),
    waiting,
    list,
  );

  const show = async () => {
    if (!box.open || document.hidden) return;
    const stats = client.status.phase === 'ready' ? await client.stats().catch(() => undefined) : undefined;
    waiting.hidden = stats !== undefined;
    list.replaceChildren(...(stats ? figures(stats) : []));
  };
  let timer: ReturnType<typeof setInterval> | undefined;
  const follow = () => {
    clearInterval(timer);
    if (!box.open || document.hidden) return;
    timer = setInterval(show, EVERY_MS);
  };
  box.addEventListener('toggle', async () => {
    follow();
    await show();
    if (box.open) box.scrollIntoView({ block: 'nearest' });
  });
  document.addEventListener('visibilitychange', follow);
  return box;
}

function figures(stats: EngineStats) {
  const words = strings.figures;
  const { forwardPasses, blocksRun, positionsRun, positionsReused, requests, cacheHits } = stats;
  return [
    fact(words.forwardPasses, count(forwardPasses)),
    fact(words.blocksRun, count(blocksRun)),
    fact(words.positionsRun, count(positionsRun)),
    fact(words.positionsReused, count(positionsReused)),
    fact(words.requests, count(requests)),
    fact(words.cacheHits, count(cacheHits)),
    fact(words.cached, words.of(bytes(stats.cacheBytes), bytes(stats.cacheLimit))),
    fact(words.lastPass, stats.lastPass ? words.pass(stats.lastPass) : words.noPass),
  ];
}
