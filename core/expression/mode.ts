/** What `$execution.mode` says of a run's mode: `test` when started by hand, `evaluation`, else `production`. */
export const executionMode = (mode: string): 'test' | 'evaluation' | 'production' =>
  mode === 'manual' ? 'test' : mode === 'evaluation' ? 'evaluation' : 'production';
