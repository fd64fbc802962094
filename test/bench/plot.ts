import type { Results } from './results.ts';

const LABEL = 90;
const WIDTH = 420;
const BAR = 18;
const GAP = 6;

/** Bars of req/s as a share of the bare Worker, at each number of connections; the line is 100 %. */
export function plot(workloads: Results['workloads']): string {
  const bars = Object.entries(workloads).flatMap(([name, rows]) =>
    Object.entries(rows).map(([connections, row]) => ({
      label: `${name} × ${connections}`,
      ratio: row.ratioToBare,
      rps: row.rps,
    })),
  );
  const most = Math.max(1, ...bars.map(({ ratio }) => ratio));
  const scale = WIDTH / most;
  const height = bars.length * (BAR + GAP) + 30;
  const rows = bars.map(({ label, ratio, rps }, index) => {
    const y = 24 + index * (BAR + GAP);
    const width = (ratio * scale).toFixed(1);
    const text = `${Math.round(ratio * 100)} % (${rps}/s)`;
    return [
      `<text x="${LABEL - 8}" y="${y + 13}" text-anchor="end">${label}</text>`,
      `<rect x="${LABEL}" y="${y}" width="${width}" height="${BAR}" fill="#3b7dd8"/>`,
      `<text x="${(LABEL + ratio * scale + 6).toFixed(1)}" y="${y + 13}">${text}</text>`,
    ].join('\n');
  });
  const full = LABEL + scale;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${LABEL + WIDTH + 130}" height="${height}" font-family="sans-serif" font-size="12">`,
    `<text x="${LABEL}" y="14">Requests a second as a share of a hand-written Worker</text>`,
    ...rows,
    `<line x1="${full}" y1="20" x2="${full}" y2="${height}" stroke="#c33" stroke-dasharray="4 3"/>`,
    '</svg>',
    '',
  ].join('\n');
}
