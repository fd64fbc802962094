import { useSyncExternalStore } from 'react';
import { decimalText } from '../text/decimal.ts';
import { useLanguage } from '../text/index.tsx';
import { momentText } from './moment.ts';
import { spanOf } from './span.ts';

/** `840 ms`, `3.2 s`, `4 min 10 s`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${decimalText(ms / 1_000, { isPadded: true })} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}

/** One clock for every time on the page: a list has hundreds. */
class Clock {
  private atMs = Date.now();
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly listeners = new Set<() => void>();

  readonly now = (): number => this.atMs;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (!this.timer) {
      this.atMs = Date.now();
      this.timer = setInterval(() => this.tick(), 10_000);
    }
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  };

  private tick(): void {
    this.atMs = Date.now();
    for (const listener of this.listeners) listener();
  }
}

const clock = new Clock();

/**
 * How long ago or until then, with the exact moment in the person's time zone on hover. The words for what was are ours
 * and the moment is written when somebody comes near: the browser's formatters read all their languages first, 60 ms of a
 * visit. What is to come is rare.
 */
export function Ago({ at }: { at: number }) {
  const { locale, zone, texts } = useLanguage();
  const now = useSyncExternalStore(clock.subscribe, clock.now);
  const { isToCome, count, unit } = spanOf(at, now);
  const exact = (): string => momentText(at, { locale, zone });
  return (
    <time
      dateTime={new Date(at).toISOString()}
      onPointerEnter={({ currentTarget }) => (currentTarget.title = exact())}
      className="whitespace-nowrap"
    >
      {isToCome ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(count, unit) : texts.ago[unit](count)}
    </time>
  );
}
