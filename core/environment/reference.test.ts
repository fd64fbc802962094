import fc from 'fast-check';
import { describe, it } from 'vitest';
import {
  bareVersion,
  environmentOf,
  isEnvironmentName,
  pathIn,
  placeOf,
  STANDARD_ENVIRONMENTS,
  versionIn,
  workflowAt,
} from './reference.ts';

const names = fc.oneof(fc.constantFrom(...STANDARD_ENVIRONMENTS), fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/));

describe('references to environments', () => {
  it('[ENV1] say nothing in production', ({ expect }) => {
    expect(versionIn(7, 'production')).toBe('7');
    expect(versionIn(7, 'staging')).toBe('7@staging');
    expect(environmentOf('draft:0a1b')).toBe('production');
    expect(placeOf('wf_a', '7')).toBe('wf_a');
    expect(pathIn('production', 'orders')).toBe('orders');
    expect(pathIn('staging', 'orders')).toBe('~staging/orders');
  });

  it('[ENV1] come back as they went in', ({ expect }) => {
    fc.assert(
      fc.property(fc.nat(), names, (version, name) => {
        expect(isEnvironmentName(name)).toBe(true);
        const text = versionIn(version, name);
        expect([environmentOf(text), bareVersion(text)]).toEqual([name, String(version)]);
        const place = placeOf('wf_a', text);
        expect(workflowAt(place)).toBe('wf_a');
      }),
      { seed: 11 },
    );
  });

  it('[ENV8] are those of the outer version for a workflow written on a node', ({ expect }) => {
    expect(environmentOf('7@staging#call%40x')).toBe('staging');
    expect(environmentOf('7#a%40b')).toBe('production');
    expect(bareVersion('7@staging#call')).toBe('7#call');
  });

  it('[ENV4] no two places are one', ({ expect }) => {
    const places = STANDARD_ENVIRONMENTS.map((name) => placeOf('wf_a', versionIn(1, name)));
    expect(new Set(places).size).toBe(STANDARD_ENVIRONMENTS.length);
  });

  it('names of environments are no paths and no versions', ({ expect }) => {
    for (const name of ['', 'A', '1', 'a@b', 'a~b', 'a/b', '../x', '__proto__', 'x'.repeat(33)]) {
      expect(isEnvironmentName(name), name).toBe(false);
    }
  });
});
