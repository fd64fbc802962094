import { describe, it } from 'vitest';
import type { Item, JsonObject } from '../../data/item.ts';
import { decode } from '../edit-image/transform/codec.ts';
import { MemoryFiles, transformed } from '../testing.ts';
import { readXml } from '../xml/transform/read.ts';
import { node } from './index.ts';
import { quantile } from './transform/boxes.ts';
import { scaleOf, shownNumber } from './transform/ticks.ts';

const LABELS = { labelsUi: { labelsValues: [{ label: 'A' }, { label: 'B<' }] } };

async function draw(
  parameters: JsonObject,
  items: JsonObject[] = [{}],
): Promise<{ item: Item | undefined; svg: string; files: MemoryFiles }> {
  const files = new MemoryFiles();
  const chartOptions = { format: 'svg', ...(parameters['chartOptions'] as JsonObject | undefined) };
  const [item] = await transformed(node, { parameters: { ...LABELS, ...parameters, chartOptions }, items }, files);
  return { item, svg: files.text(item?.binary?.['data']), files };
}

describe('chart', () => {
  it('[QCH1] every item is a series; the result has the chart as file and as configuration', async ({ expect }) => {
    const parameters = { data: '={{ $json.d }}', datasetOptions: { label: '={{ $json.n }}' } };
    const { item, svg } = await draw(parameters, [
      { d: [1, 2], n: 'one' },
      { d: '[3, null]', n: 'two' },
    ]);
    expect(item?.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
    expect(item?.binary?.['data']).toMatchObject({ fileName: 'chart.svg', mimeType: 'image/svg+xml' });
    expect(item?.json).toEqual({
      chart: {
        type: 'bar',
        data: {
          labels: ['A', 'B<'],
          datasets: [
            { label: 'one', data: [1, 2] },
            { label: 'two', data: [3, null] },
          ],
        },
      },
    });
    // Two entries of the legend and three bars.
    expect(svg.match(/<polygon/g)).toHaveLength(5);
  });

  it.for(['bar', 'boxplot', 'doughnut', 'line', 'pie', 'polarArea'])(
    '[QCH2] a %s is well-formed and shows its labels as text',
    async (chartType, { expect }) => {
      const { svg } = await draw({ chartType, data: [4, 1], datasetOptions: { label: '<s>' } });
      expect(readXml(svg, {})).toMatchObject({ svg: { width: '500', height: '300' } });
      expect(svg).toContain('B&#60;');
      expect(svg).not.toContain('NaN');
      expect(svg).not.toContain('<s>');
    },
  );

  it('[QCH2] bars are as long as their values', async ({ expect }) => {
    const { svg } = await draw({ data: [10, 5] });
    const heights = [...svg.matchAll(/<polygon points="([^"]*)"/g)].map(([, points = '']) => {
      const ys = points.split(' ').map((point) => Number(point.split(',')[1]));
      return Math.max(...ys) - Math.min(...ys);
    });
    expect((heights[0] ?? 0) / (heights[1] ?? 1)).toBeCloseTo(2, 1);
  });

  it('[QCH3] images have the size and the colors asked for', async ({ expect }) => {
    const chartOptions = { format: 'png', width: 100, height: 60, devicePixelRatio: 3, backgroundColor: '#102030' };
    const { item, files } = await draw({ data: [1, 1], chartOptions, datasetOptions: { backgroundColor: '#ff0000' } });
    const { width, height, data, format } = decode(files.bytes(item?.binary?.['data']));
    expect([format, width, height, Array.from(data.subarray(0, 4))]).toEqual(['png', 300, 180, [16, 32, 48, 255]]);
    let red = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] === 255 && data[at + 1] === 0) red++;
    expect(red / (width * height)).toBeGreaterThan(0.05);
  });

  it('[QCH4] says what it cannot draw', async ({ expect }) => {
    await expect(draw({ data: ['x'] })).rejects.toMatchObject({ code: 'bad-data' });
    await expect(draw({ data: [1], chartType: 'sunburst' })).rejects.toMatchObject({ code: 'unknown-chart' });
    await expect(draw({ data: [1], chartOptions: { format: 'pdf' } })).rejects.toMatchObject({
      code: 'unknown-format',
    });
    await expect(draw({ data: [1], chartOptions: { width: 1e9 } })).rejects.toMatchObject({ code: 'bad-size' });
    const large = { format: 'png', width: 4000, height: 4000 };
    await expect(draw({ data: [1], chartOptions: large })).rejects.toMatchObject({ code: 'image-too-large' });
    await expect(draw({ data: [1], datasetOptions: { backgroundColor: 'x"/><a' } })).rejects.toMatchObject({
      code: 'bad-color',
    });
    expect((await draw({ data: [] })).svg).toContain('<svg');
  });

  it('[QCH5] scales have round ends', ({ expect }) => {
    expect(scaleOf([3, 97], true).ticks).toEqual([0, 20, 40, 60, 80, 100]);
    expect(scaleOf([0.2, 0.5], false)).toMatchObject({ digits: 2, from: 0.2, to: 0.5 });
    expect(scaleOf([], true)).toMatchObject({ from: 0, to: 1 });
    expect([shownNumber(1234567, 0), shownNumber(-0.5, 1), shownNumber(-0.001, 1), shownNumber(2e20, 0)]).toEqual([
      '1,234,567',
      '-0.5',
      '0.0',
      '2.0e+20',
    ]);
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
  });
});
