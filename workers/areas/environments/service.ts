import { environmentOf, PRODUCTION, pathIn, STANDARD_ENVIRONMENTS } from '../../../core/environment/reference.ts';
import type { TenantRpc } from '../../../durable-objects/tenant/protocol.ts';
import { hooksUrl } from '../../kit/hook-url.ts';
import { problemsOf } from '../../kit/problem.ts';
import { errors } from './contract.ts';
import type { EnvironmentStore } from './store.ts';

const MAX_OWN = 17;

const problem = problemsOf(errors);
const unknownCredential = () => problem('credential-unknown', { hint: 'GET /v1/credentials lists them.' });
const isStandard = (name: string): boolean => STANDARD_ENVIRONMENTS.some((each) => each === name);

interface EnvironmentPorts {
  tenant: string;
  origin: string;
  store: EnvironmentStore;
  registry: Pick<TenantRpc, 'allPublications'>;
  removed(name: string): Promise<void>;
  now(): number;
}

export function environmentService({ tenant, origin, store, registry, removed, now }: EnvironmentPorts) {
  async function counts(): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    for (const { version } of await registry.allPublications()) {
      const name = environmentOf(version);
      found.set(name, (found.get(name) ?? 0) + 1);
    }
    return found;
  }

  async function known(name: string): Promise<void> {
    if (isStandard(name) || (await store.has(name))) return;
    throw problem('environment-unknown', { hint: 'GET /v1/environments lists them.' });
  }

  async function typeOf(credential: string): Promise<string> {
    const type = await store.credentialType(credential);
    if (type === undefined) throw unknownCredential();
    return type;
  }

  const shown = (name: string, published: number) => ({
    name,
    standard: isStandard(name),
    published,
    hooks: hooksUrl(origin, tenant, pathIn(name, '')),
  });

  return {
    async list() {
      const [own, published] = await Promise.all([store.names(), counts()]);
      const before = STANDARD_ENVIRONMENTS.filter((name) => name !== PRODUCTION);
      return [...before, ...own, PRODUCTION].map((name) => shown(name, published.get(name) ?? 0));
    },
    async create(name: string) {
      if ((await store.count()) >= MAX_OWN) throw problem('environments-full', { hint: 'Remove one first.' });
      if (isStandard(name) || !(await store.add(name, now()))) throw problem('environment-exists');
      return shown(name, 0);
    },
    async bindings(name: string) {
      await known(name);
      return store.bindings(name);
    },
    async bind(name: string, credential: string, uses: string | null) {
      await known(name);
      const [own, other] = await Promise.all([typeOf(credential), uses === null ? null : typeOf(uses)]);
      if (other !== null && other !== own) {
        throw problem('credential-of-other-type', { detail: `One is ${own}, the other ${other}.` });
      }
      await store.bind(name, credential, uses);
      return { credential, uses };
    },
    async unbind(name: string, credential: string): Promise<void> {
      await known(name);
      if (!(await store.unbind(name, credential))) throw unknownCredential();
    },
    async remove(name: string): Promise<void> {
      if (isStandard(name)) {
        throw problem('environment-in-use', { detail: 'Every organization has development, staging and production.' });
      }
      if (!(await store.has(name))) throw problem('environment-unknown', { hint: 'GET /v1/environments lists them.' });
      const published = (await counts()).get(name) ?? 0;
      if (published > 0) {
        throw problem('environment-in-use', {
          detail: `${published} workflow(s) are published there.`,
          hint: 'Unpublish them there first: POST /v1/workflows/{id}/unpublish?environment=…',
        });
      }
      await store.unbindAll(name);
      await store.remove(name);
      await removed(name);
    },
  };
}
