import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark' | 'system';

const STORED = 'millrace.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const contrast = matchMedia('(prefers-contrast: more)');
const listeners = new Set<() => void>();

const chosen = (): Theme => (localStorage.getItem(STORED) as Theme | null) ?? 'system';

/** Puts the theme on the page's root, where the style sheet looks for it. */
export function applyTheme(): void {
  const root = document.documentElement;
  const theme = chosen();
  root.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
  if (contrast.matches) root.dataset.contrast = 'more';
  else delete root.dataset.contrast;
  for (const listener of listeners) listener();
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(STORED, theme);
  applyTheme();
}

dark.addEventListener('change', applyTheme);
contrast.addEventListener('change', applyTheme);

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** What is shown now, for parts that draw by themselves. */
export const useIsDark = (): boolean =>
  useSyncExternalStore(subscribe, () => document.documentElement.dataset.theme === 'dark');
