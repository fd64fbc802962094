import type { ReactNode } from 'react';
import { usePageTitle } from './page-title.ts';

/** A page's frame: title, what can be done, and the content below. */
export function Page({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  usePageTitle(title);
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-4 p-6 max-sm:p-4">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        <div className="flex flex-wrap items-center gap-2">{actions}</div>
      </header>
      {children}
    </div>
  );
}

export function Card({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <section className={`rounded-xl border border-line bg-card shadow-card ${className}`}>{children}</section>;
}

/** What stands where there is nothing yet: says what belongs here and how to get it. */
export function Empty({ title, children, actions }: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-14 text-center">
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="max-w-md text-sm text-soft">{children}</p>
      <div className="flex flex-wrap justify-center gap-2">{actions}</div>
    </div>
  );
}

export function Loading({ label }: { label: string }) {
  return (
    <p role="status" className="p-6 text-sm text-soft">
      {label}
    </p>
  );
}

export type Tone = 'good' | 'bad' | 'busy' | 'wait' | 'soft';
const TONES: Readonly<Record<Tone, string>> = {
  good: 'text-good',
  bad: 'text-bad',
  busy: 'text-busy',
  wait: 'text-wait',
  soft: 'text-soft',
};

/** A state, told by word and mark as well as by colour. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 align-bottom text-sm font-medium whitespace-nowrap ${TONES[tone]}`}
    >
      <span aria-hidden="true" className="size-2 rounded-full bg-current" />
      {children}
    </span>
  );
}

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="rounded border border-line bg-well px-1.5 py-px font-mono text-xs text-soft">{children}</kbd>;
}
