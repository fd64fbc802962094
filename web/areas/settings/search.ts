/** What the address of a part of the settings may say besides the part: a search of the audit log. */
export interface SettingsSearch {
  actor?: string;
  action?: string;
  target?: string;
  outcome?: 'done' | 'refused' | 'failed';
  request?: string;
  /** Reads too, and what runs and webhooks did. */
  all?: true;
  since?: number;
  until?: number;
}

const isOutcome = (value: unknown): value is NonNullable<SettingsSearch['outcome']> =>
  value === 'done' || value === 'refused' || value === 'failed';

export function settingsSearch(given: Record<string, unknown>): SettingsSearch {
  const { actor, action, target, outcome, request, all, since, until } = given;
  return {
    ...(typeof actor === 'string' ? { actor } : {}),
    ...(typeof action === 'string' ? { action } : {}),
    ...(typeof target === 'string' ? { target } : {}),
    ...(isOutcome(outcome) ? { outcome } : {}),
    ...(typeof request === 'string' ? { request } : {}),
    ...(all === true ? { all } : {}),
    ...(typeof since === 'number' ? { since } : {}),
    ...(typeof until === 'number' ? { until } : {}),
  };
}
