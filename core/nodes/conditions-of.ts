import { compileConditions, compileLegacyGroup } from '../conditions/index.ts';
import type { Field } from '../node/field.ts';
import type { CompileKit } from '../node/kit.ts';
import { looseness } from './looseness.ts';

/** What If and Filter ask of an item. */
export const CONDITION_FIELDS: readonly Field[] = [
  { name: 'conditions', label: 'Conditions', type: 'conditions', required: true },
  { name: 'looseTypeValidation', label: 'Convert types where required', type: 'boolean', default: false },
  { name: 'options.ignoreCase', label: 'Ignore case', type: 'boolean', default: true },
];

/** `any`: in version 1, which says it outside the conditions, one of them is enough. */
export function conditionsOf(kit: CompileKit, any: boolean): ReturnType<typeof compileConditions> {
  const raw = kit.raw('conditions');
  if (kit.node.version >= 2) return compileConditions(kit, raw, looseness(kit));
  return compileLegacyGroup(kit, raw, any ? 'any' : 'all');
}
