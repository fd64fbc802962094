// Makes the workerd configuration of this deployment, in a process of its own and only when something changed.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { satellites } from '../satellites/list.ts';
import type { Capnp } from './capnp.ts';
import { Embed, configText, moduleOf, varBindings } from './capnp.ts';
import { egressNetworks } from './networks.ts';
import type { PlanInput } from './plan-file.ts';
import { SOCKETS } from './plan-file.ts';
import { databaseService, hostWorker, simulatorLibraries, storeBindings } from './simulators.ts';
import type { BuiltWorker } from './worker-options.ts';
import { codeTexts, modulesOf, readBuild } from './worker-options.ts';

const input = JSON.parse(readFileSync(0, 'utf8')) as PlanInput;
const textFile = `${input.configFile}.capnp`;
const embed = (path: string): Embed => new Embed(relative(dirname(textFile), path));
const product = readBuild(input.root, input.worker);
const inProduct = satellites(input.root)
  .filter(({ hosting }) => hosting.process === 'product')
  .map((satellite) => readBuild(input.root, satellite.built));
const networks = egressNetworks(input.egressAllow, input.trustedCertificates);
const state = (name: string): string => {
  const path = join(input.stateDir, name);
  mkdirSync(path, { recursive: true });
  return path;
};

/** Satellites with a process of their own are behind its socket. */
const ownSocket = (satellite: string): string => `satellite ${satellite}`;
const servicesOf = ({ config }: BuiltWorker): Capnp[] =>
  (config.services ?? []).map(({ binding, service, entrypoint }) => ({
    name: binding,
    service:
      input.satelliteSockets[service] === undefined ? { name: service, entrypoint } : { name: ownSocket(service) },
  }));

/** A Worker of the deployment: the product's, or one beside it. */
function worker(
  built: BuiltWorker,
  { leaveOut = [], bindings = [] }: { leaveOut?: string[]; bindings?: Capnp[] } = {},
) {
  const { config, directory } = built;
  const objects = config.durable_objects?.bindings ?? [];
  return {
    modules: modulesOf(built, leaveOut).map(({ type, path }) =>
      moduleOf(type, path.slice(directory.length + 1).replaceAll('\\', '/'), embed(path)),
    ),
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags ?? [],
    bindings: [
      ...varBindings({ ...config.vars, ...input.deployment }),
      ...servicesOf(built),
      { name: 'EGRESS_PUBLIC', service: 'public' },
      { name: 'EGRESS_LISTED', service: 'listed' },
      ...objects.map(({ name, class_name: className }) => ({ name, durableObjectNamespace: { className } })),
      ...storeBindings(config),
      ...(config.worker_loaders ?? []).map(({ binding }) => ({ name: binding, workerLoader: {} })),
      ...(config.version_metadata
        ? varBindings({
            [config.version_metadata.binding]: { id: randomUUID(), tag: '', timestamp: new Date().toISOString() },
          })
        : []),
      ...bindings,
    ],
    durableObjectNamespaces: objects.map(({ class_name: className }) => ({
      className,
      uniqueKey: `${config.name}-${className}`,
      enableSql: true,
    })),
    ...(objects.length > 0 ? { durableObjectStorage: { localDisk: 'objects' } } : {}),
    // It leaves through the two above only; the bare Worker of the benches uses this.
    globalOutbound: { name: 'host', entrypoint: 'Egress' },
  };
}

const assets = product.config.assets?.binding;
const config: Capnp = {
  // What dies young is taken away in one pause, in which nobody is answered: 30 ms with V8's own 16 MB, 8 with these four.
  v8Flags: ['--max-semi-space-size=4'],
  services: [
    {
      name: product.config.name,
      worker: worker(product, {
        // The code host has its own copy of these.
        leaveOut: codeTexts(product),
        bindings: [
          { name: 'CODE_HOST', service: 'code host' },
          ...(assets ? [{ name: assets, service: { name: 'host', entrypoint: 'Assets' } }] : []),
        ],
      }),
    },
    ...inProduct.map((satellite) => ({ name: satellite.config.name, worker: worker(satellite) })),
    {
      name: 'host',
      worker: hostWorker({
        workers: [product, ...inProduct].map((built) => built.config),
        embed,
        bindings: [
          ...storeBindings({ d1_databases: product.config.d1_databases ?? [] }),
          { name: 'MAIN', service: product.config.name },
          { name: 'FILES', service: 'app' },
          // a stray fetch of the product stays public; another Worker under this launcher may reach what is listed
          { name: 'NET', service: product.config.name === 'millrace' ? 'public' : 'listed' },
        ],
      }),
    },
    { name: 'app', disk: { path: product.assets } },
    { name: 'objects', disk: { path: state('do'), writable: true } },
    { name: 'blobs', disk: { path: state('r2'), writable: true } },
    { name: 'public', network: { ...networks.open } },
    { name: 'listed', network: { ...networks.listed } },
    { name: 'nothing', network: { allow: [], deny: ['0.0.0.0/0', '::/0'] } },
    { name: 'loopback', external: { address: `unix:${input.loopbackSocket}`, http: {} } },
    { name: 'code host', external: { address: `unix:${input.codeHostSocket}`, http: {} } },
    ...Object.entries(input.satelliteSockets).map(([name, socket]) => ({
      name: ownSocket(name),
      external: { address: `unix:${socket}`, http: {} },
    })),
  ],
  sockets: [
    { name: SOCKETS.main, http: {}, service: product.config.name },
    { name: SOCKETS.control, http: {}, service: 'host' },
    ...(product.config.d1_databases ?? []).map(({ database_id: id, binding }) => ({
      name: SOCKETS.database(binding),
      http: {},
      service: databaseService(id),
    })),
  ],
  extensions: [simulatorLibraries(embed)],
  structuredLogging: true,
};

writeFileSync(textFile, configText(config), { mode: 0o600 });
// Compiled, it holds all that it names: what runs, also after a restart, is what was built for this start.
const { default: workerd } = createRequire(import.meta.url)('workerd') as { default: string };
const done = spawnSync(workerd, ['compile', '--config-only', textFile], {
  stdio: ['ignore', openSync(input.configFile, 'w', 0o600), 2],
});
rmSync(textFile, { force: true });
process.exit(done.status ?? 1);
