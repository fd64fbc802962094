import { compileConditions, compileLegacy } from '../../conditions/index.ts';
import type { Condition } from '../../conditions/index.ts';
import type { Json } from '../../data/item.ts';
import type { Scope } from '../../expression/scope.ts';
import type { CompileKit } from '../../node/kit.ts';
import { objectsOf } from '../field-list.ts';
import { looseness } from '../looseness.ts';

const LEGACY_OUTPUTS = 4;
const MAX_OUTPUTS = 64;
const NOWHERE: readonly number[] = [];

export interface Routing {
  outputs: number;
  /** Indexes of the outputs an item goes to. */
  route(scope: Scope): readonly number[];
}

interface Rule {
  matches: Condition;
  /** Shared one-element list: routing allocates nothing per item. */
  to: readonly [number];
}

export function compileRouting(kit: CompileKit): Routing {
  if (kit.raw('mode') === 'expression') return byExpression(kit);
  return kit.node.version >= 3 ? byConditions(kit) : byLegacyRules(kit);
}

function byExpression(kit: CompileKit): Routing {
  const { version } = kit.node;
  const amount = version >= 3 ? kit.raw('numberOutputs') : version >= 2 ? kit.raw('outputsAmount') : LEGACY_OUTPUTS;
  const output = kit.param<Json>('output', 0);
  return { outputs: clamp(Number(amount ?? LEGACY_OUTPUTS)), route: (scope) => [Number(output.at(scope))] };
}

const clamp = (outputs: number): number => Math.min(MAX_OUTPUTS, Math.max(1, Math.floor(outputs) || 1));

function byConditions(kit: CompileKit): Routing {
  const defaults = looseness(kit);
  const rules = objectsOf(kit.raw('rules.values')).map((rule, index): Rule => ({
    matches: compileConditions(kit, rule.conditions, defaults),
    to: [index],
  }));
  const wanted = kit.raw('options.fallbackOutput') ?? 'none';
  const isExtra = wanted === 'extra';
  const fallback = isExtra ? [rules.length] : wanted === 'none' ? NOWHERE : [Number(wanted)];
  return {
    outputs: Math.max(1, rules.length + (isExtra ? 1 : 0)),
    route: kit.raw('options.allMatchingOutputs') === true ? allOf(rules, fallback) : firstOf(rules, fallback),
  };
}

/** Versions 1 and 2: one left value, rules of one type. Version 1 names outputs, version 2 has one per rule. */
function byLegacyRules(kit: CompileKit): Routing {
  const isV1 = kit.node.version < 2;
  const type = String(kit.raw('dataType') ?? 'number');
  const value1 = kit.raw('value1');
  const rules = objectsOf(kit.raw('rules.rules')).map((rule, index): Rule => ({
    matches: compileLegacy(kit, type, value1 === undefined ? rule : { ...rule, value1 }),
    to: [isV1 ? Number(rule.output ?? 0) : index],
  }));
  const wanted = Number(kit.raw('fallbackOutput') ?? -1);
  const fallback = wanted >= 0 ? [wanted] : NOWHERE;
  return { outputs: isV1 ? LEGACY_OUTPUTS : Math.max(1, rules.length), route: firstOf(rules, fallback) };
}

const firstOf =
  (rules: readonly Rule[], fallback: readonly number[]): Routing['route'] =>
  (scope) => {
    for (const rule of rules) if (rule.matches(scope)) return rule.to;
    return fallback;
  };

const allOf =
  (rules: readonly Rule[], fallback: readonly number[]): Routing['route'] =>
  (scope) => {
    const to = rules.filter((rule) => rule.matches(scope)).map((rule) => rule.to[0]);
    return to.length > 0 ? to : fallback;
  };
