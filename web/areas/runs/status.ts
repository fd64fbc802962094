import type { OutputOf } from '../../../sdk/client/index.ts';
import type { Tone } from '../../ui/surface.tsx';

export type RunHead = OutputOf<'GET /v1/runs'>['runs'][number];
export type RunView = OutputOf<'GET /v1/runs/{id}'>;
export type Step = RunView['nodes'][number];
export type Status = RunHead['status'];

export const TONES: Readonly<Record<Status, Tone>> = {
  queued: 'soft',
  running: 'busy',
  waiting: 'wait',
  paused: 'wait',
  success: 'good',
  error: 'bad',
  canceled: 'soft',
  superseded: 'soft',
};

export const isOver = ({ status }: { status: Status }): boolean =>
  status === 'success' || status === 'error' || status === 'canceled' || status === 'superseded';
