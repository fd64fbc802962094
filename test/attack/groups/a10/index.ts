import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { OpenIdProvider } from '../../../harness/openid.ts';
import { Person } from '../../../harness/person.ts';
import { Server } from '../../../served/server.ts';
import { BlindOracle } from '../../group.ts';
import type { AttackContext, Group, GroupResult } from '../../group.ts';
import { Trial } from './trial.ts';
import type { Cases } from './trial.ts';

/** The honest way works: else every attack would "fail". */
async function control(trial: Trial): Promise<void> {
  const { person, email } = await trial.person('control');
  if ((await person.who()) !== email) throw new BlindOracle('A password does not sign in');
  trial.provider.identity = { sub: 'control', email: trial.address('oidc'), email_verified: true, name: 'Control' };
  const visitor = new Person(trial.place);
  await visitor.through('oidc');
  const isIn = (await visitor.who()) === trial.provider.identity['email'];
  if (!isIn) throw new BlindOracle('The provider does not sign in');
}

/** Cases are the files in cases/; each is found by its place. */
async function run({ takes, say }: AttackContext): Promise<GroupResult> {
  const provider = await OpenIdProvider.start();
  const server = await Server.start(provider.settings).catch((error: unknown) => {
    provider.stop();
    throw error;
  });
  try {
    // What the deployment logged is what explains a case that got no answer.
    const log = (): string => server.launcher.stderr.slice(-1_500);
    const trial = new Trial({ url: server.ready.url, dataDir: server.dataDir }, { provider, takes });
    await control(trial);
    const folder = resolve(import.meta.dirname, 'cases');
    for (const file of readdirSync(folder).sort()) {
      const { cases } = (await import(resolve(folder, file))) as { cases: Cases };
      const before = trial.cases;
      await cases(trial).catch((error: unknown) => {
        throw new Error(`${file}: ${String(error)}; the deployment said:\n${log()}`, { cause: error });
      });
      say(`  ${file.replace('.ts', '')}: ${trial.cases - before} cases`);
    }
    return { cases: trial.cases, succeeded: trial.succeeded, hung: trial.hung };
  } finally {
    await server.stop();
    provider.stop();
  }
}

export const group: Group = { name: 'A10', title: 'identity: sign-in, providers, tokens, invitations, sessions', run };
