import { describe, it } from 'vitest';
import { PROVIDED } from '../../core/nodes/code/differs.ts';
import { LIBRARIES, librariesOf } from './libraries.ts';
import { BUILTIN, PACKAGES } from './prelude/modules.ts';

describe('packages for code', () => {
  it('[COD10] are the same for the isolate, the host and the import report', ({ expect }) => {
    expect(Object.keys(LIBRARIES).sort()).toEqual([...PACKAGES].sort());
    expect([...BUILTIN, ...PACKAGES].sort()).toEqual([...PROVIDED].sort());
  });

  it('[COD10] are there when the code names them', ({ expect }) => {
    expect(librariesOf(`const _ = require('lodash'); $now`)).toEqual(['lodash', 'luxon']);
    expect(librariesOf('return items')).toEqual([]);
    expect(librariesOf('$json.uuid')).toEqual([]);
  });
});
