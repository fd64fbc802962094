import { describe, it } from 'vitest';
import { begin, bench, effect, json, outputsOf, sketch } from '../../../core/shard/testing.ts';

// Who settles a step in doubt may say what it gave: the items came in as they were, placeholders of secrets and all.
describe('[ENV10] what somebody says a step in doubt has done', () => {
  it('holds no placeholder', ({ expect }) => {
    const b = bench({ replies: () => undefined });
    const { id } = begin(b, sketch({ a: { does: effect('unsafe') } }));
    b.host.restart();
    b.host.restart();
    const placeholder = `millrace-secret.production.TOKEN.${'0a'.repeat(16)}`;
    const items = json({ said: `Bearer ${placeholder}` });
    expect(b.host.turn(() => b.host.shard.resolve(b.host.get(id), 0, 'done', items))).toBe(true);
    expect(outputsOf(b.host.get(id), 'a')).toEqual([[[{ said: 'Bearer [secret]' }]]]);
  });
});
