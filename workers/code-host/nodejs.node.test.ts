import { describe, it } from 'vitest';
import { BUILTIN } from './prelude/modules.ts';
import { mentionsNode } from './nodejs.ts';

describe('Node’s API in an isolate', () => {
  it('[COD18] is there for code that may look for it', ({ expect }) => {
    const looking = [
      'return Buffer.from("a").toString("hex")',
      'await this.helpers.getBinaryDataBuffer(0)',
      'return process.version',
      'return global.Buffer',
      'return Object.keys(globalThis)',
      'setImmediate(() => 1)',
      'setTimeout(done, 5).unref()',
      'await fetch("https://example.test")',
      'const { createHash } = await import("node:crypto")',
      'const load = require; load("util")',
      'require("lodash"); require(name)',
      ...[...BUILTIN].flatMap((name) => [`require('${name}')`, `require("node:${name}")`]),
    ];
    expect(looking.filter((code) => !mentionsNode(code))).toEqual([]);
  });

  it('[COD18] is left out where code only computes', ({ expect }) => {
    const computing = [
      'return items.map((item) => ({ json: { total: item.json.price * 2 } }))',
      'const seen = $getWorkflowStaticData("global"); return { processed: seen.n, globally: 1 }',
      'const _ = require("lodash"); const { DateTime } = require(`luxon`); return _.map(items)',
      'return { required: true, preferred: $json.refund(1) }',
    ];
    expect(computing.filter(mentionsNode)).toEqual([]);
  });
});
