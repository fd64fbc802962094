import type { Item, Json, JsonObject } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import { type CompileKit, type NodeExecutor, NodeError } from '../../node/kit.ts';
import { objectOf } from '../field-list.ts';

/** Attributes as authors write them: `name`, `name="value"`, several. Nothing that could end the tag. */
const ATTRIBUTES = /^(?:\s*[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?(?=\s|$))*\s*$/;

const STYLES = {
  table: 'style="border-collapse:collapse;font-family:helvetica,arial,sans-serif"',
  caption: 'style="text-align:left;font-weight:bold;padding-bottom:8px"',
  header: 'style="border-bottom:2px solid;padding:4px 12px;text-align:left"',
  row: '',
  cell: 'style="border-bottom:1px solid #ddd;padding:4px 12px"',
} as const;

type Part = keyof typeof STYLES;

const OPTION: Readonly<Record<Exclude<Part, 'caption'>, string>> = {
  table: 'tableAttributes',
  header: 'headerAttributes',
  row: 'rowAttributes',
  cell: 'cellAttributes',
};

/** All items as one table: a column for each field, in the order they first appear. */
export function compileTable(kit: CompileKit): NodeExecutor {
  const options = kit.param<Json>('options', {});
  return {
    outputs: 1,
    run(step) {
      if (step.items.length === 0) return { kind: 'output', outputs: [[]] };
      const table = tableOf(step.items, objectOf(options.at(step.scope(0))));
      return { kind: 'output', outputs: [[{ json: { table }, pairedItem: step.items.map((_, item) => ({ item })) }]] };
    },
  };
}

function tableOf(items: readonly Item[], options: JsonObject): string {
  const attributes = (part: Part): string => {
    const given = part === 'caption' ? '' : textOf(options[OPTION[part]]).trim();
    if (!ATTRIBUTES.test(given)) {
      throw new NodeError('bad-attributes', `"${given.slice(0, 100)}" are not attributes of an HTML element.`, {
        description: 'Example: class="wide" id="orders".',
      });
    }
    const own = options['customStyling'] === true ? '' : STYLES[part];
    return [own, given]
      .filter(Boolean)
      .map((text) => ` ${text}`)
      .join('');
  };
  const names = [...new Set(items.flatMap((item) => Object.keys(item.json)))];
  const capitalize = options['capitalize'] === true;
  const cell = (value: Json | undefined): string => `<td${attributes('cell')}>${cellText(value)}</td>`;
  const head = names.map((name) => `<th${attributes('header')}>${escaped(capitalize ? titled(name) : name)}</th>`);
  const rows = items.map(({ json }) => {
    const cells = names.map((name) => cell(Object.hasOwn(json, name) ? json[name] : undefined));
    return `<tr${attributes('row')}>${cells.join('')}</tr>`;
  });
  const caption = textOf(options['caption']).trim();
  return [
    `<table${attributes('table')}>`,
    ...(caption === '' ? [] : [`<caption${attributes('caption')}>${escaped(caption)}</caption>`]),
    `<thead><tr${attributes('row')}>${head.join('')}</tr></thead>`,
    `<tbody>${rows.join('')}</tbody>`,
    '</table>',
  ].join('');
}

/** `first_name` and `firstName` read as "First Name". */
const titled = (name: string): string =>
  name
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .trim()
    .split(/\s+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

/** Booleans are boxes, as people tick them; values inside values are their JSON. */
function cellText(value: Json | undefined): string {
  if (value === undefined || value === null) return '&nbsp;';
  if (typeof value === 'boolean') return `<input type="checkbox"${value ? ' checked' : ''} disabled>`;
  return escaped(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** Data is text in a page, never markup: a cell from outside must not bring a script along. */
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
