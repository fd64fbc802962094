import { STANDARD_ENVIRONMENTS } from '../../../core/environment/reference.ts';
import { problemsOf } from '../../kit/problem.ts';
import type { SealedValue } from '../../vault/values.ts';
import { errors } from './contract.ts';
import type { Variable } from './contract.ts';
import type { VariableRow, VariableStore } from './store.ts';

/** A runner holds them all in memory. */
const MAX_VARIABLES = 1_000;

const problem = problemsOf(errors);

interface VariablePorts {
  store: VariableStore;
  hasEnvironment(name: string): Promise<boolean>;
  seal(place: { environment: string; name: string }, text: string): Promise<SealedValue>;
  /** Resolves when every runner uses what is stored now. */
  changed(): Promise<void>;
  now(): number;
}

interface SetVariable {
  value: string;
  secret: boolean;
  description: string;
}

export function variableService({ store, hasEnvironment, seal, changed, now }: VariablePorts) {
  return {
    async list(environment?: string): Promise<Variable[]> {
      return (await store.list(environment)).map(shown);
    },

    async set(environment: string, name: string, { value, secret, description }: SetVariable): Promise<Variable> {
      if (!STANDARD_ENVIRONMENTS.some((each) => each === environment) && !(await hasEnvironment(environment))) {
        throw problem('environment-unknown', { hint: 'GET /v1/environments lists them.' });
      }
      if (!(await store.get(environment, name)) && (await store.count(environment)) >= MAX_VARIABLES) {
        throw problem('variables-full', {
          detail: `An environment holds ${MAX_VARIABLES}.`,
          hint: 'Remove one first.',
        });
      }
      const sealed = secret ? await seal({ environment, name }, value) : undefined;
      const row: VariableRow = {
        environment,
        name,
        value: sealed ? sealed.text : value,
        keyId: sealed ? sealed.keyId : null,
        secret,
        description,
        updatedAt: now(),
      };
      await store.put(row);
      await changed();
      return shown(row);
    },

    async remove(environment: string, name: string): Promise<void> {
      if (!(await store.remove(environment, name))) {
        throw problem('variable-unknown', { hint: 'GET /v1/variables lists them.' });
      }
      await changed();
    },
  };
}

export function shown({ environment, name, value, secret, description, updatedAt }: VariableRow): Variable {
  const head = { environment, name, secret, set: value !== null, description, updatedAt };
  return secret ? head : { ...head, value: value ?? '' };
}
