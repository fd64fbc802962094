// Makes the workerd configuration of this deployment. Miniflare does the work: it knows how to stand in for D1, R2 and
// Queues on workerd. But it takes 150 MB to stay in memory and half a second to load, and once workerd has its
// configuration it is not needed. So it runs here, in a process of its own, only when something changed, with a
// stand-in for workerd that keeps the configuration.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from 'miniflare';
import { egressNetworks } from './networks.ts';
import type { PlanInput } from './plan-file.ts';
import { satellites } from '../satellites/list.ts';
import type { BuiltConfig } from './worker-options.ts';
import { unsetText } from './unset-text.ts';
import { readBuild, workerOptions } from './worker-options.ts';

const input = JSON.parse(readFileSync(0, 'utf8')) as PlanInput;
const built = readBuild(input.root, input.worker);
const worker = workerOptions(built, { codeHost: true });
const networks = egressNetworks(input.egressAllow);
const assetsBinding = built.config.assets?.binding;

/** Other Workers that one calls: behind the socket of their own process, or beside it in this one. */
const servicesOf = ({ services = [] }: BuiltConfig) =>
  Object.fromEntries(
    services.map(({ binding, service, entrypoint }) => {
      const socket = input.satelliteSockets[service];
      return [
        binding,
        socket === undefined
          ? { name: service, ...(entrypoint === undefined ? {} : { entrypoint }) }
          : { external: { address: `unix:${socket}`, http: {} } },
      ];
    }),
  );
const inProduct = satellites(input.root)
  .filter(({ hosting }) => hosting.process === 'product')
  .map((satellite) => readBuild(input.root, satellite.built));

/** Miniflare's header for `request.cf`. */
const CF_HEADER = 'MF-CF-Blob';

const standIn = join(import.meta.dirname, 'capture-config.sh');
// An archive without file modes loses the bit.
chmodSync(standIn, 0o755);
process.env['MINIFLARE_WORKERD_PATH'] = standIn;

const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    log: new Log(LogLevel.NONE),
    cf: false,
    logRequests: false,
    telemetry: { enabled: false },
    unsafeRuntimeEnv: { MILLRACE_CONFIG: input.configFile },
    resourcePersistencePath: input.stateDir,
    workers: [
      {
        ...worker,
        bindings: { ...worker.bindings, ...input.deployment },
        serviceBindings: {
          ...servicesOf(built.config),
          ...(assetsBinding ? { [assetsBinding]: { name: 'host', entrypoint: 'Assets' } } : {}),
          CODE_HOST: { external: { address: `unix:${input.codeHostSocket}`, http: {} } },
          EGRESS_PUBLIC: { network: networks.open },
          EGRESS_LISTED: { network: networks.listed },
        },
        // The product leaves through the two above only; the bare Worker of the benches uses this.
        outboundService: { name: 'host', entrypoint: 'Egress' },
        unsafeDirectSockets: [{}],
      },
      {
        name: 'host',
        modules: true,
        compatibilityDate: worker.compatibilityDate,
        compatibilityFlags: ['service_binding_extra_handlers'],
        script: readFileSync(join(import.meta.dirname, 'host-worker.js'), 'utf8'),
        d1Databases: worker.d1Databases,
        serviceBindings: {
          MAIN: worker.name,
          FILES: { disk: { path: built.assets } },
          // a stray fetch of the product stays public; another Worker under this launcher may reach what is listed
          NET: { network: worker.name === 'millrace' ? networks.open : networks.listed },
        },
        unsafeDirectSockets: [{}, { entrypoint: 'Databases' }],
      },
      ...inProduct.map((satellite) => {
        const options = workerOptions(satellite);
        return {
          ...options,
          bindings: { ...options.bindings, ...input.deployment },
          serviceBindings: {
            ...servicesOf(satellite.config),
            EGRESS_PUBLIC: { network: networks.open },
            EGRESS_LISTED: { network: networks.listed },
          },
          outboundService: { name: 'host', entrypoint: 'Egress' },
        };
      }),
    ],
  }),
);
// The stand-in ends without opening a socket, which Miniflare rightly calls a failure.
await miniflare.ready.catch(() => undefined);
const config = readFileSync(input.configFile);
if (unsetText(config, CF_HEADER) === 0) throw new Error(`The sockets no longer take ${CF_HEADER}: see unset-text.ts`);
writeFileSync(input.configFile, config, { mode: 0o600 });
// Its exit hook would remove the temporary folder, which the configuration names.
process.removeAllListeners('exit');
process.exit(0);
