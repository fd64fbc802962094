import type { ConditionDefaults } from '../conditions/index.ts';
import type { CompileKit } from '../node/kit.ts';

/** How If, Filter and Switch say, outside their conditions, that types convert and case does not matter. */
export const looseness = (kit: CompileKit): ConditionDefaults => ({
  ignoreCase: kit.raw('options.ignoreCase') === true || kit.raw('options.caseSensitive') === false,
  loose: kit.raw('looseTypeValidation') === true || kit.raw('options.looseTypeValidation') === true,
});
