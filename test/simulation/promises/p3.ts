import { canonical } from '../../../core/data/canonical.ts';
import { announces } from '../../../core/shard/attempt.ts';
import type { History, Performed } from '../history.ts';

/** P3: all attempts of one effect carry one key, and no other effect carries it. */
export function checkP3(history: History): string | undefined {
  const keyOf = new Map<string, string>();
  const effectOf = new Map<string, string>();
  const payloadOf = new Map<string, string>();
  for (const performed of history.performed) {
    const { key, effect } = performed.order;
    const name = nameOf(performed);
    const known = keyOf.get(name);
    if (known !== undefined && known !== key) return `${name} was issued as ${known} and as ${key}`;
    keyOf.set(name, key);
    const other = effectOf.get(key);
    if (other !== undefined && other !== name) return `${key} was the key of ${other} and of ${name}`;
    effectOf.set(key, name);
    if (!announces(effect)) continue;
    // what stands behind an announced effect is on disk, so a repeat must ask for the very same thing
    const payload = canonical(effect.payload);
    const before = payloadOf.get(key);
    if (before !== undefined && before !== payload) return `${key} asked for ${before}, then for ${payload}`;
    payloadOf.set(key, payload);
  }
  return undefined;
}

const nameOf = ({ order, node, runIndex, born }: Performed): string =>
  `${order.run}@${born}/${node}/${runIndex}/${order.round}`;
