import { holdDomain } from '../../../harness/sso.ts';
import type { AttackContext, Group, GroupResult } from '../../group.ts';
import { Trial } from '../../trial.ts';
import { ldap } from './ldap.ts';
import { saml } from './saml.ts';
import { scim } from './scim.ts';

async function run({ server, canary, takes, say }: AttackContext): Promise<GroupResult> {
  const [product, neighbour] = await Promise.all([server(), canary()]);
  await holdDomain(product, 'example.com');
  const trial = new Trial(neighbour, takes);
  const told = (name: string, before: number): void => say(`  ${name}: ${trial.cases - before} cases`);
  let before = 0;
  await saml(product, trial);
  told('saml', before);
  before = trial.cases;
  await scim(product, trial);
  told('scim', before);
  before = trial.cases;
  if (!(await ldap(product, trial))) say('  ldap: no directory can be had here, nothing tried');
  else told('ldap', before);
  return trial.result();
}

export const group: Group = { name: 'A10-SSO', title: 'single sign-on: SAML, LDAP, SCIM', run };
