// One life of the product: workerd up, schema current, first tenant there, crons driven, health watched.
import type { Control } from './control.ts';
import { driveCron } from './cron.ts';
import type { Migration } from './migrations.ts';
import { migrate } from './migrations.ts';
import type { QuickStart } from './quick-start.ts';
import { seed } from './quick-start.ts';
import { watch } from './watchdog.ts';
import type { Workerd } from './workerd.ts';

interface ProductOptions {
  workerd: Workerd;
  control: Control;
  databases: string[];
  migrations: Migration[];
  crons: string[];
  cronEveryMs: number;
  deploymentKey: string;
  dataDir: string;
  log(line: string): void;
}

export interface Product {
  quickStart: QuickStart;
  /** Settles with the reason when it has to be started again. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

export async function startProduct(options: ProductOptions): Promise<Product> {
  const { workerd, control, log } = options;
  for (const binding of options.databases) {
    const applied = await migrate(control.database(binding), options.migrations);
    if (applied.length > 0) {
      log(`applied ${applied.length} migration(s) to ${binding}`);
    }
  }
  const quickStart = await seed(workerd.url, options.deploymentKey, options.dataDir);
  const cron = driveCron(control, { crons: options.crons, everyMs: options.cronEveryMs, onError: log });
  let dog: { stop(): void } | undefined;
  const hung = new Promise<string>((done) => {
    dog = watch(workerd.url, () => done('it does not answer'));
  });
  const stop = async (): Promise<void> => {
    cron.stop();
    dog?.stop();
    await workerd.stop();
  };
  const ended = Promise.race([hung, workerd.exited]).then(async (reason) => {
    await stop();
    return reason;
  });
  return { quickStart, ended, stop };
}
