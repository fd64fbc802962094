import type { Cli, World } from './cli.ts';
import { paintFor } from './paint.ts';

export function openCli(world: World, json: boolean): Cli {
  let transient = 0;
  /** Takes a progress line away before something lasting is written. */
  const wipe = (): void => {
    if (transient > 0) world.err(`\r${' '.repeat(transient)}\r`);
    transient = 0;
  };
  return {
    world,
    json,
    paint: paintFor(world.outIsTty, world.env),
    line(text = '') {
      if (json) return;
      wipe();
      world.out(`${text}\n`);
    },
    emit(value) {
      if (!json) return;
      wipe();
      world.out(`${JSON.stringify(value)}\n`);
    },
    note(text) {
      wipe();
      world.err(`${text}\n`);
    },
    progress(text) {
      if (!world.errIsTty) return;
      wipe();
      world.err(text);
      transient = text.length;
    },
  };
}
