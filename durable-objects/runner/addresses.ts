import type { RunnerStore } from './store.ts';
import { createHmac } from 'node:crypto';

/** 128 bits, derived, so nothing need be stored per run. */
const macOf = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url').slice(0, 22);

/** The secret part of a resume URL that a step made: `<step>.<mac>`. An approval knows by it whether it was meant. */
const linkToken = (secret: string, run: string, step: number): string =>
  `${step.toString(36)}.${macOf(secret, `${run}:${step}`)}`;

/** The secret part of the address its forms lead to. Another than the resume URL's: who filled in a form must not approve it. */
const visitToken = (secret: string, run: string): string => macOf(secret, `visit:${run}`);

/** Who has an address of a run: a visitor answers its forms, a resumer what the link of that step was made for. */
export type Holder = { kind: 'visitor' } | { kind: 'resumer'; step: number };

const LINK = /^([0-9a-z]{1,6})\./;

function holderOf(secret: string, run: string, token: string): Holder | undefined {
  if (token === visitToken(secret, run)) return { kind: 'visitor' };
  const step = parseInt(LINK.exec(token)?.[1] ?? '', 36);
  if (step >= 0 && token === linkToken(secret, run, step)) return { kind: 'resumer', step };
  // sent before links knew their step: for the first question of its run
  return token === macOf(secret, run) ? { kind: 'resumer', step: 0 } : undefined;
}

/** Made once for a shard: what its resume tokens are made with. */
export function secretOf(store: RunnerStore): string {
  const known = store.meta('secret');
  if (known !== undefined) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const secret = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  store.setMeta('secret', secret);
  return secret;
}

/** Where runs are continued from outside, and what somebody with such an address is to its run. */
export class Addresses {
  private readonly base: string;
  private readonly secret: string;

  /** `base`: what addresses of this tenant's runs begin with. */
  constructor(base: string, secret: string) {
    this.base = base;
    this.secret = secret;
  }

  /** Continues what a run waits for; made by one of its steps. */
  ofStep(run: string, step: number): string {
    return `${this.base}/${run}/${linkToken(this.secret, run, step)}`;
  }

  /** Where a run's forms are answered, and nothing else of it. */
  ofForms(run: string): string {
    return `${this.base}/${run}/${this.visitToken(run)}`;
  }

  /** The secret part of the address a run's forms lead to. */
  visitToken(run: string): string {
    return visitToken(this.secret, run);
  }

  /** Undefined: nobody. */
  holder(run: string, token: string): Holder | undefined {
    return holderOf(this.secret, run, token);
  }
}
