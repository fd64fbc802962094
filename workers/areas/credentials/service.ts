import { readDomain } from '../../../core/credentials/domains.ts';
import { type ExternalRef, isStoreType, type KeptRef, STORE_TYPES } from '../../../core/credentials/external.ts';
import { type Asker, mayUse, type Sharing } from '../../../core/credentials/sharing.ts';
import type { CredentialType } from '../../../core/credentials/kit.ts';
import { type CredentialValue, missingIn, readValues } from '../../../core/credentials/values.ts';
import { common, problemsOf } from '../../kit/problem.ts';
import { refuseFaults } from '../../kit/validate.ts';
import type { Sealed } from '../../vault/records.ts';
import type { CredentialRow, CredentialStore } from '../../vault/store.ts';
import { errors } from './contract.ts';
import { openPlan } from './connecting.ts';
import type { Credential } from './contract.ts';

/** Far above any honest use; a list of them is one answer. */
const MAX_CREDENTIALS = 1_000;

const problem = problemsOf(errors);
const unknown = () => problem('credential-unknown', { hint: 'GET /v1/credentials lists the credentials there are.' });

interface CredentialPorts {
  store: CredentialStore;
  types: ReadonlyMap<string, CredentialType>;
  /** Seals values by field for a credential, under the tenant's current data key. */
  seal(row: { id: string; type: string }, secrets: Map<string, string>): Promise<Sealed>;
  /** Who asks: what is not shared with them is not there. */
  asker: Asker;
  now(): number;
  newId(prefix: string): string;
}

interface Sent {
  name: string;
  values: Readonly<Record<string, unknown>>;
  domains: string[];
}

interface New extends Omit<Sent, 'domains'> {
  type: string;
  domains?: string[] | undefined;
}

/** What was sent, taken apart: values to keep in the open, values to seal. */
interface Parts {
  domains: string[];
  fields: Record<string, CredentialValue>;
  secrets: Map<string, string>;
  refs: Map<string, ExternalRef>;
}

export function credentialService({ store, types, seal, asker, now, newId }: CredentialPorts) {
  async function known(id: string): Promise<CredentialRow> {
    const row = await store.get(id);
    // What is not shared with the actor is not there for them (CRD11).
    if (!row || !mayUse(sharingOf(row), asker)) throw unknown();
    return row;
  }

  /** Each names a store that its writer may use themselves. */
  async function keptRefs(refs: ReadonlyMap<string, ExternalRef>): Promise<string> {
    const kept: Record<string, KeptRef> = {};
    for (const [name, ref] of refs) {
      const found = await store.get(ref.store);
      if (!found || !isStoreType(found.type) || !mayUse(sharingOf(found), asker)) {
        throw problem('store-unknown', {
          detail: `${JSON.stringify(ref.store)} of ${name} is none.`,
          hint: `Make a credential of one of these types first: ${STORE_TYPES.join(', ')}.`,
        });
      }
      kept[name] = { ...ref, type: found.type };
    }
    return JSON.stringify(kept);
  }

  async function changed(row: CredentialRow, columns: Partial<Omit<CredentialRow, 'id'>>): Promise<Credential> {
    const written = { ...columns, updatedAt: now() };
    if (!(await store.change(row.id, written))) throw unknown();
    return shown({ ...row, ...written });
  }

  return {
    async create({ type: typeName, domains, ...rest }: New): Promise<Credential> {
      const type = types.get(typeName);
      if (!type) {
        throw problem('credential-type-unknown', {
          detail: `${JSON.stringify(typeName)} is none.`,
          hint: 'GET /v1/credential-types lists them.',
        });
      }
      const sent: Sent = { ...rest, domains: domains ?? domainsOf(type, rest.values) };
      const parts = partsOf(type, sent);
      const has = new Set([...Object.keys(parts.fields), ...parts.secrets.keys(), ...parts.refs.keys()]);
      refuseMissing(type, (name) => has.has(name));
      if ((await store.count()) >= MAX_CREDENTIALS) throw problem('credentials-full', { hint: 'Remove one first.' });
      const id = newId('cred');
      const row: CredentialRow = {
        id,
        type: typeName,
        name: sent.name,
        domains: JSON.stringify(parts.domains),
        fields: JSON.stringify(parts.fields),
        ...(await seal({ id, type: typeName }, parts.secrets)),
        state: stateOf(type, parts),
        allowed: '{}',
        refs: await keptRefs(parts.refs),
        createdAt: now(),
        updatedAt: now(),
      };
      await store.add(row);
      return shown(row);
    },

    async list(type?: string): Promise<Credential[]> {
      const rows = await store.list();
      return rows
        .filter((row) => (type === undefined || row.type === type) && mayUse(sharingOf(row), asker))
        .map(shown);
    },

    get: async (id: string): Promise<Credential> => shown(await known(id)),

    async replace(id: string, sent: Sent): Promise<Credential> {
      const row = await known(id);
      const type = types.get(row.type);
      if (!type) throw common('internal', { detail: `The type ${row.type} is gone.` });
      const parts = partsOf(type, sent);
      const before = JSON.parse(row.secrets) as Record<string, string>;
      const refs = await keptRefs(parts.refs);
      const after = { domains: JSON.stringify(parts.domains), fields: JSON.stringify(parts.fields), refs };
      const sameElse =
        after.domains === row.domains &&
        sorted(after.fields) === sorted(row.fields) &&
        sorted(refs) === sorted(row.refs);
      const leavesOut = parts.secrets.size === 0;
      if (leavesOut && Object.keys(before).length > 0 && !sameElse) {
        throw problem('secret-needed', {
          detail: `Missing: ${Object.keys(before).join(', ')}.`,
          hint: 'Only the name can be changed without sending the secrets again.',
        });
      }
      const keeps = leavesOut && sameElse;
      const has = new Set([
        ...Object.keys(parts.fields),
        ...parts.refs.keys(),
        ...(keeps ? Object.keys(before) : parts.secrets.keys()),
      ]);
      refuseMissing(type, (name) => has.has(name));
      // Tokens belong to the values they were got with (OAU6).
      const sealed = keeps ? {} : { ...after, ...(await seal(row, parts.secrets)), state: stateOf(type, parts) };
      return changed(row, { ...sealed, name: sent.name });
    },

    known,

    async share(id: string, sharing: Sharing): Promise<Credential> {
      return changed(await known(id), { allowed: JSON.stringify(sharing) });
    },

    async remove(id: string): Promise<void> {
      await known(id);
      if (!(await store.remove(id))) throw unknown();
    },

    types: () =>
      [...types.values()].map(({ type, title, summary, domains = [], fields, signIn }) => ({
        signsIn: signIn !== undefined || type === 'oAuth2Api',
        type,
        title,
        summary,
        domains: [...domains],
        fields: fields.map(({ secret, required, options, ...field }) => ({
          ...field,
          secret: secret === true,
          required: required === true,
          ...(options === undefined ? {} : { options: [...options] }),
        })),
      })),
  };
}

/** Whether it can be used at once, or somebody has to sign in first. */
function stateOf(type: CredentialType, { fields, secrets }: Parts): string {
  const plan = openPlan(type, { fields: JSON.stringify(fields) });
  return plan?.grant === 'authorizationCode' && !secrets.has('accessToken') ? 'unfinished' : 'ready';
}

/** Domains of the type; a value in one cannot make another of it. */
const domainsOf = (type: CredentialType, values: Readonly<Record<string, unknown>>): string[] =>
  (type.domains ?? []).map((domain) =>
    domain.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      String(Object.hasOwn(values, name) ? values[name] : '').replaceAll(/[^\w.-]/g, ''),
    ),
  );

function partsOf(type: CredentialType, sent: Sent): Parts {
  const { values, refs, faults } = readValues(type, sent.values);
  const domains = sent.domains.map(readDomain);
  refuseFaults([
    ...faults.map(({ name, message }) => ({ pointer: `/values/${name}`, message })),
    ...domains.flatMap((domain, at) =>
      domain === undefined ? [{ pointer: `/domains/${at}`, message: 'This is no domain' }] : [],
    ),
  ]);
  const secretNames = new Set(type.fields.filter((field) => field.secret).map((field) => field.name));
  const open = [...values].filter(([name]) => !secretNames.has(name));
  return {
    refs,
    domains: domains.filter((domain) => domain !== undefined),
    fields: Object.fromEntries(open),
    secrets: new Map(
      [...values].filter(([name]) => secretNames.has(name)).map(([name, value]) => [name, String(value)]),
    ),
  };
}

const refuseMissing = (type: CredentialType, has: (name: string) => boolean): void =>
  refuseFaults(missingIn(type, has).map((name) => ({ pointer: `/values/${name}`, message: 'This is needed' })));

const sorted = (json: string): string =>
  JSON.stringify(Object.entries(JSON.parse(json) as object).sort(([a], [b]) => (a < b ? -1 : 1)));

const sharingOf = ({ allowed }: Pick<CredentialRow, 'allowed'>): Sharing => JSON.parse(allowed) as Sharing;

function shown(row: CredentialRow): Credential {
  const { id, type, name, domains, fields, secrets, state, createdAt, updatedAt } = row;
  const { users = [], roles = [], projects = [] } = sharingOf(row);
  return {
    sharing: { users, roles, projects },
    external: Object.fromEntries(
      Object.entries(JSON.parse(row.refs) as Record<string, KeptRef>).map(([key, { store, secret, field }]) => [
        key,
        { store, secret, ...(field === undefined ? {} : { field }) },
      ]),
    ),
    id,
    type,
    name,
    domains: JSON.parse(domains) as string[],
    fields: JSON.parse(fields) as Credential['fields'],
    secrets: Object.keys(JSON.parse(secrets) as object),
    state: state as Credential['state'],
    createdAt,
    updatedAt,
  };
}
