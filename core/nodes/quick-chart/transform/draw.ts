import type { Chart } from '../chart.ts';
import { drawBars } from './bars.ts';
import { drawBoxes } from './boxes.ts';
import { type Frame, frameOf } from './frame.ts';
import { drawLegend } from './legend.ts';
import { drawLines } from './lines.ts';
import { backgroundOf, fillOf, paletteColor, strokeOf } from './palette.ts';
import { drawPolar } from './polar.ts';
import { drawRing } from './ring.ts';
import type { Scene } from './scene.ts';

const SLICED = new Set(['pie', 'doughnut', 'polarArea']);

/** Lays a chart out. */
export function drawChart(chart: Chart): Scene {
  const { width, height, type } = chart;
  const scene: Scene = { width, height, background: backgroundOf(chart), shapes: [] };
  const sliced = SLICED.has(type);
  const entries = sliced
    ? (chart.series[0]?.data ?? []).map((_, index) => ({
        label: chart.labels[index] ?? '',
        color: paletteColor(index),
      }))
    : chart.series.map((series, index) => ({
        label: series.label,
        color: type === 'line' ? strokeOf(series, index) : fillOf(series, index),
      }));
  const top = drawLegend(scene, entries);
  const area = { left: 8, top, right: width - 8, bottom: height - 8 };
  if (type === 'polarArea') drawPolar(scene, chart, area);
  else if (sliced) drawRing(scene, chart, area);
  else drawCartesian(scene, chart, frameOf(scene, chart, area));
  return scene;
}

function drawCartesian(scene: Scene, chart: Chart, frame: Frame): void {
  if (chart.type === 'line') drawLines(scene, chart, frame);
  else if (chart.type === 'boxplot') drawBoxes(scene, chart, frame);
  else drawBars(scene, chart, frame);
}
