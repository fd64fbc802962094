import { bare, type Schema } from '../settings/schema/schema.ts';

const MAX_DEPTH = 6;

function kindOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  if (schema.type === 'array') return `${kindOf(schema.items ?? {})}[]`;
  if (schema.properties) return 'object';
  return schema.type ?? (schema.anyOf ?? schema.oneOf ?? []).map(kindOf).join(' | ');
}

/** The fields of a schema, each with its type, whether it must be there, and what it means. */
export function SchemaTree({ schema: given, depth = 0 }: { schema: Schema; depth?: number }) {
  const { schema } = bare(given);
  const inner = schema.type === 'array' ? (schema.items ?? {}) : schema;
  const shapes = (inner.oneOf ?? inner.anyOf ?? [inner]).filter(({ properties }) => properties);
  if (shapes.length === 0 || depth > MAX_DEPTH) {
    return depth === 0 ? <code className="text-xs">{kindOf(schema)}</code> : null;
  }
  return shapes.map((shape, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- shapes have no names
    <ul key={index} className="flex flex-col gap-1 border-l border-line pl-3 text-sm">
      {Object.entries(shape.properties ?? {}).map(([name, each]) => (
        <li key={name}>
          <code className="font-mono text-xs font-semibold">{name}</code>
          {shape.required?.includes(name) ? null : <span className="text-soft">?</span>}{' '}
          <code className="font-mono text-xs text-soft break-all">{kindOf(bare(each).schema)}</code>{' '}
          <span className="text-xs text-soft" lang="en">
            {each.description ?? ''}
          </span>
          <SchemaTree schema={each} depth={depth + 1} />
        </li>
      ))}
    </ul>
  ));
}
