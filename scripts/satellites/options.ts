import type { BuiltWorker } from '../serve/worker-options.ts';
import { modulesOf } from '../serve/worker-options.ts';

/** The bindings of the built Worker in Miniflare's terms. */
export function workerOptions(built: BuiltWorker) {
  const { config, directory } = built;
  return {
    name: config.name,
    modules: modulesOf(built),
    modulesRoot: directory,
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags ?? [],
    bindings: (config.vars ?? {}) as Record<string, string>,
    durableObjects: Object.fromEntries(
      (config.durable_objects?.bindings ?? []).map((object) => [
        object.name,
        { className: object.class_name, useSQLite: true },
      ]),
    ),
    d1Databases: Object.fromEntries((config.d1_databases ?? []).map((db) => [db.binding, db.database_id])),
    r2Buckets: Object.fromEntries((config.r2_buckets ?? []).map((bucket) => [bucket.binding, bucket.bucket_name])),
    queueProducers: Object.fromEntries((config.queues?.producers ?? []).map((queue) => [queue.binding, queue.queue])),
    queueConsumers: Object.fromEntries(
      (config.queues?.consumers ?? []).map((queue) => [
        queue.queue,
        {
          ...(queue.max_batch_size === undefined ? {} : { maxBatchSize: queue.max_batch_size }),
          ...(queue.max_batch_timeout === undefined ? {} : { maxBatchTimeout: queue.max_batch_timeout }),
          ...(queue.max_retries === undefined ? {} : { maxRetries: queue.max_retries }),
        },
      ]),
    ),
    workerLoaders: Object.fromEntries((config.worker_loaders ?? []).map((loader) => [loader.binding, {}])),
    ...(config.version_metadata ? { versionMetadata: config.version_metadata.binding } : {}),
  };
}
