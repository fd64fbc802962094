import type { OpenIdProvider } from '../../../harness/openid.ts';
import { newPerson } from '../../../harness/person.ts';
import type { Person, Place } from '../../../harness/person.ts';
import type { AttackContext, Finding } from '../../group.ts';

/** Undefined when the attack got nothing; else what it got. */
type Act = () => Promise<string | undefined>;

/** What attacks on identity share: a deployment, a provider it trusts, and people. */
export class Trial {
  cases = 0;
  readonly succeeded: Finding[] = [];
  readonly hung: Finding[] = [];
  readonly place: Place;
  readonly provider: OpenIdProvider;
  readonly #takes: AttackContext['takes'];
  #people = 0;
  constructor(place: Place, { provider, takes }: { provider: OpenIdProvider; takes: AttackContext['takes'] }) {
    this.place = place;
    this.provider = provider;
    this.#takes = takes;
  }

  async attempt(id: string, about: string, act: Act): Promise<void> {
    if (!this.#takes(`A10/${id}`)) return;
    this.cases++;
    try {
      const why = await act();
      if (why !== undefined) this.succeeded.push({ id: `A10/${id}`, about, why });
    } catch (error) {
      this.hung.push({ id: `A10/${id}`, about, why: String(error) });
    }
  }

  address(word: string): string {
    return `${word}-${++this.#people}@a10.test`;
  }

  /** Somebody new, signed in. */
  async person(word: string): Promise<{ person: Person; email: string }> {
    const email = this.address(word);
    return { person: await newPerson(this.place, email), email };
  }
}

/** A file in cases/ exports one as `cases`. */
export type Cases = (trial: Trial) => Promise<void>;
