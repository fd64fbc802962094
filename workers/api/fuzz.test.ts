import { describe, it } from 'vitest';
import { fuzz } from '../../test/matrix/fuzz.ts';
import { asking } from '../../test/matrix/route.ts';
import { AREAS } from '../areas.generated.ts';
import { fetchWorker, tenantWithKey } from '../kit/testing.ts';

let made = 0;
const asker = async () => {
  const key = await tenantWithKey(`fuzz-${++made}`);
  return asking(fetchWorker, { authorization: `Bearer ${key}` });
};

describe('[API3][API5][API6][API7] what a route does not declare', () => {
  for (const { name: area, routes } of AREAS) {
    it(`is refused with a place and a hint: ${area}`, async ({ expect }) => {
      const wrong: string[] = [];
      let tried = 0;
      const cases = routes.map(({ name, route }) => ({ area, name, route }));
      for await (const { id, about, why } of fuzz(cases, asker)) {
        tried++;
        if (why !== undefined) wrong.push(`${id} (${about}) ${why}`);
      }
      expect(wrong).toEqual([]);
      expect(tried).toBeGreaterThanOrEqual(routes.length);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    }, 300_000);
  }
});
