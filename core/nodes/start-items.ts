import type { NodeExecutor } from '../node/kit.ts';

/** Triggers run by handing on, unchanged, the items the run was started with. */
export const startItems = (): NodeExecutor => ({
  outputs: 1,
  run: (step) => ({ kind: 'output', outputs: [step.items] }),
});
