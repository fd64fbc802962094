import type { Json, JsonObject } from '../../data/item.ts';
import { numberOf, textOf } from '../../data/text.ts';
import type { Scope } from '../../expression/scope.ts';
import { type CompileKit, NodeError } from '../../node/kit.ts';
import { objectOf, objectsOf } from '../field-list.ts';
import { CHART_TYPES, FORMATS } from './fields.ts';

export interface Series {
  label: string;
  /** One value a label; boxplots have a list of them a label. Null leaves a gap. */
  data: (number | null | number[])[];
  color?: string;
  lineColor?: string;
  fill: boolean;
}

/** Everything a chart shows; as plain data it travels to the executor. */
export interface Chart {
  type: (typeof CHART_TYPES)[number];
  format: (typeof FORMATS)[number];
  width: number;
  height: number;
  /** Pixels a unit of width. */
  ratio: number;
  background: string;
  horizontal: boolean;
  labels: string[];
  series: Series[];
}

const MAX_VALUES = 10_000;
const MAX_SERIES = 50;
const MAX_SIDE = 4_000;

/** Reads the parameters: the first item says how the chart looks, every item is a series of it. */
export function compileChart(kit: CompileKit): (scopes: readonly Scope[]) => Chart {
  const read = (name: string, fallback: Json): ReturnType<typeof kit.param<Json>> => kit.param<Json>(name, fallback);
  const type = read('chartType', 'bar');
  const mode = read('labelsMode', 'manually');
  const listed = read('labelsUi.labelsValues', []);
  const array = read('labelsArray', '');
  const data = read('data', []);
  const look = read('chartOptions', {});
  const dataset = read('datasetOptions', {});
  return (scopes) => {
    const [first] = scopes;
    if (!first) throw new NodeError('no-items', 'A chart needs an item.');
    if (scopes.length > MAX_SERIES) {
      throw new NodeError('too-many-series', `A chart shows ${MAX_SERIES} series at most; every item is one.`, {
        description: 'Aggregate the items first, and give their values as one list.',
      });
    }
    const options = objectOf(look.at(first));
    return {
      type: oneOf(CHART_TYPES, type.at(first), 'chart'),
      format: oneOf(FORMATS, options['format'] ?? 'png', 'format'),
      width: size(options['width'] ?? 500, 'width', MAX_SIDE),
      height: size(options['height'] ?? 300, 'height', MAX_SIDE),
      ratio: size(options['devicePixelRatio'] ?? 2, 'devicePixelRatio', 4),
      background: textOf(options['backgroundColor']),
      horizontal: options['horizontal'] === true,
      labels:
        mode.at(first) === 'array'
          ? texts(array.at(first))
          : objectsOf(listed.at(first)).map(({ label }) => textOf(label)),
      series: scopes.map((scope, itemIndex) => {
        const { label, backgroundColor, borderColor, fill } = objectOf(dataset.at(scope));
        const series: Series = {
          label: textOf(label),
          data: valuesOf(data.at(scope), itemIndex),
          fill: fill !== false,
        };
        if (textOf(backgroundColor) !== '') series.color = textOf(backgroundColor);
        if (textOf(borderColor) !== '') series.lineColor = textOf(borderColor);
        return series;
      }),
    };
  };
}

/** The configuration as chart libraries write it: what the item of the result says. */
export function configOf({ type, labels, series }: Chart): JsonObject {
  const datasets = series.map(({ label, data, color, lineColor }) => ({
    label,
    data,
    ...(color === undefined ? {} : { backgroundColor: color }),
    ...(lineColor === undefined ? {} : { borderColor: lineColor }),
  }));
  return { type, data: { labels, datasets } };
}

function oneOf<T extends string>(known: readonly T[], value: Json | undefined, what: string): T {
  const found = known.find((each) => each === value);
  if (found !== undefined) return found;
  throw new NodeError(`unknown-${what}`, `There is no ${what} "${textOf(value).slice(0, 80)}".`, {
    description: `There are ${known.join(', ')}.`,
  });
}

function size(value: Json, name: string, max: number): number {
  const number = numberOf(value);
  if (Number.isFinite(number) && number > 0 && number <= max) return number;
  throw new NodeError('bad-size', `"${name}" must be a number up to ${max}.`);
}

function listOf(value: Json | undefined): Json[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'string') return value === undefined || value === null ? [] : [value];
  try {
    const read = JSON.parse(value) as Json;
    return Array.isArray(read) ? read : [read];
  } catch {
    return value.split(',').map((part) => part.trim());
  }
}

const texts = (value: Json | undefined): string[] => listOf(value).map((one) => textOf(one));

function valuesOf(value: Json | undefined, itemIndex: number): Series['data'] {
  const values = listOf(value);
  if (values.length > MAX_VALUES) {
    throw new NodeError('too-many-values', `A series has ${MAX_VALUES} values at most.`, { itemIndex });
  }
  const number = (one: Json): number | null => {
    if (one === null || one === '') return null;
    const read = numberOf(one);
    if (Number.isFinite(read)) return read;
    throw new NodeError('bad-data', `"${textOf(one).slice(0, 80)}" is not a number.`, {
      itemIndex,
      description: 'The data of a chart is a list like [1, 2, 3].',
    });
  };
  return values.map((one) => (Array.isArray(one) ? one.map(number).filter((each) => each !== null) : number(one)));
}
