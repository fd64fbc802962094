import { textOf } from '../../data/text.ts';
import type { FileBytes, Transform } from '../../node/transform.ts';
import { objectOf } from '../field-list.ts';
import type { Chart } from './chart.ts';
import { drawChart } from './transform/draw.ts';
import { paintScene } from './transform/raster.ts';
import { writeSvg } from './transform/svg.ts';

const MIME_TYPES = { png: 'image/png', svg: 'image/svg+xml', webp: 'image/webp' } as const;

export const transform: Transform = {
  run({ parameters }) {
    // SAFETY: index.ts makes it; it travels between our own parts only.
    const chart = parameters['chart'] as unknown as Chart;
    const scene = drawChart(chart);
    const { format, ratio } = chart;
    const bytes = format === 'svg' ? new TextEncoder().encode(writeSvg(scene)) : paintScene(scene, ratio, format);
    const file: FileBytes = { bytes, mimeType: MIME_TYPES[format], fileName: `chart.${format}` };
    const files: Record<string, FileBytes> = Object.create(null) as Record<string, FileBytes>;
    files[textOf(parameters['property'])] = file;
    const from = Array.isArray(parameters['from']) ? parameters['from'].map(Number) : [];
    return [{ json: { chart: objectOf(parameters['config']) }, files, from }];
  },
};
