export { compileConditions, type Condition, type ConditionDefaults } from './condition.ts';
export { asText, convertTo, shown, typeName, type Conversion, type ConvertOptions } from './convert.ts';
export { toMoment } from './date.ts';
export { compileLegacy, compileLegacyGroup } from './legacy.ts';
export { compilePattern } from './pattern.ts';
export { parseRelaxed } from './relaxed-json.ts';
