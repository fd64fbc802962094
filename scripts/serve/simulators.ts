// What stands in for D1, R2 and Queues: the objects that Miniflare brings, without Miniflare. They share one Worker with
// the launcher's own (host-worker.js): each Worker costs 2 MB, and each copy of the library they check input with 8.
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Capnp, Embed } from './capnp.ts';
import { d1Binding, moduleOf } from './capnp.ts';
import type { BuiltConfig } from './worker-options.ts';

const WORKERS = join(dirname(fileURLToPath(import.meta.resolve('miniflare'))), 'workers');

/** Class, its module, the binding by which host-worker.js reaches its objects, and a module of ours around it. */
const OBJECTS = [
  // By way of database.js, which answers reads itself.
  ['D1DatabaseObject', 'd1/database.worker.js', 'DATABASES', 'database.js'],
  ['R2BucketObject', 'r2/bucket.worker.js', 'BUCKETS'],
  ['QueueBrokerObject', 'queues/broker.worker.js', 'QUEUES'],
] as const;

/** Names of the objects' folders are names of the Miniflare that once kept them: data of earlier versions stays. */
export const uniqueKey = (className: string): string => `miniflare-${className}`;

/** The service that answers for one database, bucket or queue; entry points of host-worker.js. */
const service = (entrypoint: 'Database' | 'Bucket' | 'Queue', name: string) => ({
  name: 'host',
  entrypoint,
  props: { json: JSON.stringify({ name }) },
});
export const databaseService = (id: string) => service('Database', id);

/** Bindings of a Worker to the stores that its configuration names. */
type Stores = Pick<BuiltConfig, 'd1_databases' | 'r2_buckets' | 'queues'>;
export const storeBindings = ({ d1_databases, r2_buckets, queues }: Stores): Capnp[] => [
  ...(d1_databases ?? []).map(({ binding, database_id: id }) => d1Binding(binding, databaseService(id))),
  ...(r2_buckets ?? []).map(({ binding, bucket_name: bucket }) => ({
    name: binding,
    r2Bucket: service('Bucket', bucket),
  })),
  ...(queues?.producers ?? []).map(({ binding, queue }) => ({ name: binding, queue: service('Queue', queue) })),
];

/** A consumer as the queue's object reads it. */
const consumersOf = ({ name, queues }: BuiltConfig) =>
  (queues?.consumers ?? []).map((consumer) => [
    consumer.queue,
    {
      workerName: name,
      maxBatchSize: consumer.max_batch_size,
      maxBatchTimeout: consumer.max_batch_timeout,
      maxRetries: consumer.max_retries,
    },
  ]);
const producersOf = ({ name, queues }: BuiltConfig) =>
  (queues?.producers ?? []).map(({ binding, queue }) => [binding, { workerName: name, queueName: queue }]);

export interface Host {
  /** Every Worker of the process, for its queues. */
  workers: BuiltConfig[];
  /** Path of host-worker.js and of the simulators, as the configuration embeds them. */
  embed(path: string): Embed;
  /** Further bindings of host-worker.js. */
  bindings: Capnp[];
}

/** The Worker `host`. Its services `objects`, `blobs` and `loopback` are the caller's. */
export function hostWorker({ workers, embed, bindings }: Host): Capnp {
  const classes = OBJECTS.map(([name, file, , own]) => `export { ${name} } from './${own ?? basename(file)}';\n`).join(
    '',
  );
  const main = `export * from './host-worker.js';\nexport { default } from './host-worker.js';\n${classes}`;
  return {
    modules: [
      moduleOf('ESModule', 'index.js', main),
      moduleOf('ESModule', 'host-worker.js', embed(join(import.meta.dirname, 'host-worker.js'))),
      moduleOf('ESModule', 'database.js', embed(join(import.meta.dirname, 'database.js'))),
      // Without their folders, which workerd would look for `miniflare:shared` in.
      ...OBJECTS.map(([, file]) => moduleOf('ESModule', basename(file), embed(join(WORKERS, file)))),
    ],
    // What Miniflare runs them with.
    compatibilityDate: '2023-07-24',
    compatibilityFlags: ['nodejs_compat', 'experimental', 'service_binding_extra_handlers'],
    durableObjectNamespaces: OBJECTS.map(([className]) => ({
      className,
      uniqueKey: uniqueKey(className),
      // The messages of a queue are in its memory.
      ...(className === 'QueueBrokerObject' ? { preventEviction: true } : {}),
    })),
    durableObjectStorage: { localDisk: 'objects' },
    bindings: [
      ...OBJECTS.map(([className, , name]) => ({ name, durableObjectNamespace: { className } })),
      { name: 'MINIFLARE_OBJECT', durableObjectNamespace: { className: 'QueueBrokerObject' } },
      { name: 'MINIFLARE_BLOBS', service: 'blobs' },
      { name: 'MINIFLARE_LOOPBACK', service: 'loopback' },
      { name: 'MINIFLARE_QUEUE_PRODUCERS', json: JSON.stringify(Object.fromEntries(workers.flatMap(producersOf))) },
      { name: 'MINIFLARE_QUEUE_CONSUMERS', json: JSON.stringify(Object.fromEntries(workers.flatMap(consumersOf))) },
      ...workers.map(({ name }) => ({ name: `MINIFLARE_WORKER_${name}`, service: name })),
      ...bindings,
    ],
    globalOutbound: 'nothing',
  };
}

/** Modules that the simulators import by name. */
export const simulatorLibraries = (embed: Host['embed']): Capnp => ({
  modules: [
    moduleOf('ESModule', 'miniflare:shared', embed(join(WORKERS, 'shared/index.worker.js'))),
    moduleOf('ESModule', 'miniflare:zod', embed(join(WORKERS, 'shared/zod.worker.js'))),
  ],
});
