import { area, partsOf, sizeOf } from '../../../src/workbook/address';
import type { Later, Loadable } from './batch';

/** What a chart in the fake Excel has become. */
export interface FakeChart {
  kind: string;
  position?: string;
  title?: string;
  legend?: boolean;
  axes: Record<string, unknown>;
  series: { name?: string; values?: string; categories?: string; labels?: Record<number, string> }[];
}

/** Cells, as the charts need them. */
export interface FakeSource {
  at(): string;
  isBlank(): boolean;
}

type Series = FakeChart['series'][number];

/**
 * A chart as Office.js has it. It begins with a series of its source, but only if there is something in the source.
 *
 * @param keep is given the chart when it comes to be
 */
export function fakeChart(
  loadable: Loadable,
  later: Later,
  kind: string,
  source: FakeSource,
  keep: (made: FakeChart) => void,
): object {
  const made: FakeChart = { kind, axes: {}, series: [] };
  later(() => {
    if (!source.isBlank()) made.series.push({ values: source.at() });
    keep(made);
  });

  /** An object with methods, of which only one property can be set. */
  const settable = (property: string, set: (value: unknown) => void, methods = {}) =>
    new Proxy(methods, {
      set: (_, name: string, value) => {
        if (name !== property) throw new Error(`${name} cannot be set.`);
        later(() => set(value));
        return true;
      },
    });
  const series = (find: () => Series | undefined) => {
    const found = () => {
      const there = find();
      if (!there) throw new Error('ItemNotFound: there is no such series.');
      return there;
    };
    const set = (what: 'values' | 'categories') => (cells: FakeSource) =>
      later(() => void Object.assign(found(), { [what]: cells.at() }));
    return settable('name', (name) => void Object.assign(found(), { name }), {
      setValues: set('values'),
      setXAxisValues: set('categories'),
      delete: () => later(() => void made.series.splice(made.series.indexOf(found()), 1)),
      points: loadable(
        { count: () => countOf(found()) },
        { getItemAt: (place: number) => point(found, place) },
      ),
    });
  };
  /** A point has no label to write to before it was asked for one. */
  const point = (series: () => Series, place: number) => {
    const labels = () => {
      const there = series();
      if (place >= countOf(there)) throw new Error('InvalidArgument: there is no such point.');
      there.labels ??= {};
      return there.labels;
    };
    const setFormula = (formula: unknown) => {
      if (labels()[place] === undefined) throw new Error('InvalidOperation: the point has no label.');
      labels()[place] = String(formula);
    };
    const addLabel = () => {
      labels()[place] ??= '';
    };
    return settable('hasDataLabel', addLabel, {
      dataLabel: settable('formula', setFormula),
    });
  };
  const axis = (name: string) =>
    settable('reversePlotOrder', (reversed) => void Object.assign(made.axes, { reversed }), {
      title: settable('text', (text) => void Object.assign(made.axes, { [name]: text })),
    });
  return {
    setPosition: (from: string, to: string) =>
      later(() => void Object.assign(made, { position: `${from}:${to}` })),
    title: settable('text', (title) => void Object.assign(made, { title })),
    legend: settable('visible', (legend) => void Object.assign(made, { legend })),
    axes: { categoryAxis: axis('across'), valueAxis: axis('up') },
    series: loadable(
      { count: () => made.series.length },
      {
        getItemAt: (place: number) => series(() => made.series[place]),
        add: (name: string) => {
          const added = { name };
          later(() => void made.series.push(added));
          return series(() => added);
        },
      },
    ),
  };
}

/** Blank cells are points, too. */
function countOf({ values }: Series): number {
  if (values === undefined) return 0;
  const { rows, columns } = sizeOf(area(partsOf(values).cells));
  return rows * columns;
}
