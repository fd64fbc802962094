import { useEffect, useMemo, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useLanguage } from '../../../text/index.tsx';
import { useIsDark } from '../../../ui/theme.ts';
import { useSettingsTexts } from '../text/index.ts';

interface ChartProps {
  label: string;
  /** Oldest first; steps without a point were empty. */
  points: readonly { at: number; value: number }[];
  stepMs: number;
  spanMs: number;
  /** An amount with its unit. */
  textOf: (value: number) => string;
  /** Counts have no halves. */
  isWhole: boolean;
}

const HEIGHT = 240;
const DAY_MS = 86_400_000;
/** Steps of an axis of counts: 1, 2, 5, 10 … */
const WHOLE = Array.from({ length: 12 }, (_, power) => [1, 2, 5].map((each) => each * 10 ** power)).flat();

/** Points at every step, so that a quiet day is a low bar and not a gap. */
function filled(points: ChartProps['points'], stepMs: number, spanMs: number): [number[], number[]] {
  const values = new Map(points.map(({ at, value }) => [Math.floor(at / stepMs), value]));
  const last = Math.floor(Date.now() / stepMs);
  const first = last - Math.floor(spanMs / stepMs) + 1;
  const steps = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return [steps.map((step) => (step * stepMs) / 1_000), steps.map((step) => values.get(step) ?? 0)];
}

/** Bars over time, in the colours of the theme and the person's own time zone. */
export function Chart({ label, points, stepMs, spanMs, textOf, isWhole }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const said = useRef<HTMLParagraphElement>(null);
  const { usage: texts } = useSettingsTexts();
  const isDark = useIsDark();
  const { locale, zone } = useLanguage();
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
    const moment = new Intl.DateTimeFormat(
      locale,
      stepMs < DAY_MS
        ? { hour: '2-digit', minute: '2-digit', day: 'numeric', month: 'short', timeZone: zone }
        : { day: 'numeric', month: 'short', timeZone: 'UTC' },
    );
    const total = texts.total(textOf(data[1].reduce((sum, each) => sum + each, 0)), Math.round(spanMs / DAY_MS));
    const say = ({ cursor: { idx } }: Pick<UPlot, 'cursor'>): void => {
      const at = idx === null || idx === undefined ? undefined : data[0][idx];
      const value = data[1][idx ?? -1] ?? 0;
      if (!said.current) return;
      said.current.textContent = at === undefined ? total : `${moment.format(at * 1_000)}: ${textOf(value)}`;
    };
    const chart = new UPlot(
      {
        width: target.clientWidth,
        height: HEIGHT,
        cursor: { y: false, points: { show: false } },
        hooks: { setCursor: [say], ready: [say] },
        legend: { show: false },
        axes: [
          {
            ...axis,
            grid: { show: false },
            values: (_, splits) => splits.map((at) => moment.format(at * 1_000)),
            space: 90,
            size: 34,
          },
          {
            ...axis,
            ticks: { show: false },
            values: (_, splits) => splits.map(textOf),
            size: 72,
            space: 44,
            ...(isWhole ? { incrs: WHOLE } : {}),
          },
        ],
        scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
        series: [
          {},
          {
            label,
            width: 0,
            fill: colour('--c-accent'),
            ...(UPlot.paths.bars ? { paths: UPlot.paths.bars({ size: [0.7, 40], radius: 0.15 }) } : {}),
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
  }, [data, isDark, isWhole, label, locale, spanMs, stepMs, textOf, texts, zone]);
  return (
    <>
      <p ref={said} className="text-sm text-soft tabular-nums" />
      <div ref={place} role="img" aria-label={label} className="min-h-60 w-full overflow-hidden text-xs" />
    </>
  );
}
