import { useEffect, useMemo, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useLanguage } from '../../../text/index.tsx';
import { useIsDark } from '../../../ui/theme.ts';

interface ChartProps {
  label: string;
  /** Oldest first; steps without a point were empty. */
  points: readonly { at: number; value: number }[];
  stepMs: number;
  spanMs: number;
}

const HEIGHT = 240;

/** Points at every step, so that a quiet day is a low bar and not a gap. */
function filled(points: ChartProps['points'], stepMs: number, spanMs: number): [number[], number[]] {
  const values = new Map(points.map(({ at, value }) => [Math.floor(at / stepMs), value]));
  const last = Math.floor(Date.now() / stepMs);
  const first = last - Math.floor(spanMs / stepMs) + 1;
  const steps = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return [steps.map((step) => (step * stepMs) / 1_000), steps.map((step) => values.get(step) ?? 0)];
}

/** Bars over time, in the colours of the theme and the person's own time zone. */
export function Chart({ label, points, stepMs, spanMs }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const isDark = useIsDark();
  const { locale } = useLanguage();
  const data = useMemo(() => filled(points, stepMs, spanMs), [points, stepMs, spanMs]);
  useEffect(() => {
    const target = place.current;
    if (!target) return;
    const style = getComputedStyle(target);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    const axis = {
      stroke: colour('--c-soft'),
      grid: { stroke: colour('--c-line'), width: 1 },
      ticks: { stroke: colour('--c-line') },
    };
    const number = new Intl.NumberFormat(locale, { notation: 'compact' });
    const moment = new Intl.DateTimeFormat(
      locale,
      stepMs < 86_400_000
        ? { hour: '2-digit', minute: '2-digit', day: 'numeric', month: 'short' }
        : { day: 'numeric', month: 'short' },
    );
    const chart = new UPlot(
      {
        width: target.clientWidth,
        height: HEIGHT,
        cursor: { y: false },
        legend: { show: false },
        axes: [
          { ...axis, values: (_, splits) => splits.map((at) => moment.format(at * 1_000)), space: 90 },
          { ...axis, values: (_, splits) => splits.map((value) => number.format(value)), size: 60 },
        ],
        scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
        series: [
          { value: (_, at) => (at === null ? '' : moment.format(at * 1_000)) },
          {
            label,
            width: 0,
            fill: colour('--c-accent'),
            value: (_, value) => (value === null ? '' : number.format(value)),
            ...(UPlot.paths.bars ? { paths: UPlot.paths.bars({ size: [0.7, 40] }) } : {}),
            points: { show: false },
          },
        ],
      },
      data,
      target,
    );
    const watcher = new ResizeObserver(() => chart.setSize({ width: target.clientWidth, height: HEIGHT }));
    watcher.observe(target);
    return () => {
      watcher.disconnect();
      chart.destroy();
    };
  }, [data, isDark, label, locale, stepMs]);
  return <div ref={place} role="img" aria-label={label} className="min-h-60 w-full text-xs" />;
}
