/** The shard for a key: stable, so that repeats of one idempotency key meet the run they repeat. */
export function shardFor(key: string, shards: number): number {
  if (shards <= 1) return 0;
  let hash = 2166136261;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 16777619);
  return (hash >>> 0) % shards;
}

/** Any shard: nothing ties this run to others. */
export const anyShard = (shards: number): number => (shards <= 1 ? 0 : Math.floor(Math.random() * shards));
