import { describe, it } from 'vitest';
import type { Field } from '../../core/node/field.ts';
import { NODES } from '../../core/nodes/registry.generated.ts';
import { GERMAN } from '../../core/nodes/words.de.ts';
import { words } from '../../web/canvas/node-words.de.ts';
import { GERMAN_NODES } from '../../web/text/node-words.de.generated.ts';
import { translate } from '../../web/text/said/sentences.de.ts';
import { fieldsIn } from '../../web/canvas/node-words.ts';
import { sentencesOfFailures } from './refusal-sentences.ts';

/** What a type says: texts of its fields and choices, each once. */
function saidBy(fields: readonly Field[]): { texts: Set<string>; choices: Set<string> } {
  const said = { texts: new Set<string>(), choices: new Set<string>() };
  const read = (field: Field): void => {
    for (const text of [field.label, field.description]) if (text !== undefined) said.texts.add(text);
    for (const id of field.options ?? []) said.choices.add(id);
    field.fields?.forEach(read);
  };
  fields.forEach(read);
  return said;
}

const own = (table: Readonly<Record<string, string>> | undefined, key: string): boolean =>
  table !== undefined && Object.hasOwn(table, key);

describe('[WRD1] what types of nodes say', () => {
  it('has a German title and summary, of every type and of none that is gone', ({ expect }) => {
    expect(GERMAN_NODES.map(({ type }) => type).sort()).toEqual(NODES.map(({ type }) => type).sort());
    expect(GERMAN_NODES.filter(({ title, summary }) => title.trim() === '' || summary.trim() === '')).toEqual([]);
  });

  for (const { type, fields } of NODES) {
    it(`is German in every field of ${type}`, ({ expect }) => {
      const { texts, choices } = saidBy(fields);
      const german = words.of.get(type);
      expect({
        texts: [...texts].filter((text) => !own(german?.fields, text) && !own(GERMAN.fields, text)),
        choices: [...choices].filter(
          (id) => !own(german?.options, id) && !own(GERMAN.options, id) && !GERMAN.names.has(id),
        ),
      }).toEqual({ texts: [], choices: [] });
    });
  }
});

describe('[WRD2] German words of nodes', () => {
  it('are all said by somebody, and by no type as everybody says them', ({ expect }) => {
    const said = new Map(NODES.map(({ type, fields }) => [type, saidBy(fields)]));
    const idle = GERMAN_NODES.flatMap(({ type, fields = {}, options = {} }) => [
      ...Object.entries(fields)
        .filter(([text, german]) => !said.get(type)?.texts.has(text) || GERMAN.fields[text] === german)
        .map(([text]) => `${type}: ${text}`),
      ...Object.entries(options)
        .filter(([id, german]) => !said.get(type)?.choices.has(id) || GERMAN.options[id] === german)
        .map(([id]) => `${type}: ${id}`),
    ]);
    expect(idle).toEqual([]);
    const all = [...said.values()];
    const unsaid = [
      ...Object.keys(GERMAN.fields).filter((text) => !all.some(({ texts }) => texts.has(text))),
      ...[...Object.keys(GERMAN.options), ...GERMAN.names].filter((id) => !all.some(({ choices }) => choices.has(id))),
    ];
    expect(unsaid).toEqual([]);
  });
});

describe('[WRD4] what steps fail with', () => {
  it('is known in German, every sentence of the sources', ({ expect }) => {
    // descriptions of fields are no failures
    const fields = new Set(NODES.flatMap((type) => [...saidBy(type.fields).texts]));
    const said = sentencesOfFailures(['core', 'durable-objects/runner']).filter(
      // what SCIM describes is for programs
      ({ text, file }) => !fields.has(text) && !file.startsWith('core/scim/'),
    );
    expect(said.length).toBeGreaterThan(300);
    const missing = said.filter(({ text }) => translate(text.trim().replaceAll('{}', '7')) === undefined);
    expect([...new Set(missing.map(({ text, file }) => `${file}: ${text}`))]).toEqual([]);
  });

  it('keeps every value', ({ expect }) => {
    const count = (text: string): number => text.match(/\{\d?\}/g)?.length ?? 0;
    const all = [GERMAN, ...GERMAN_NODES].flatMap(({ failures = {} }) => Object.entries(failures));
    expect(all.filter(([from, to]) => count(from) !== count(to))).toEqual([]);
    expect(translate("The item has no field 'who' to split out [item 3]")).toBe(
      'Das Element hat kein Feld „who“ zum Aufteilen [Element 3]',
    );
  });
});

describe('[WRD3] a field nobody translated', () => {
  const field = (label: string, more: Partial<Field> = {}): Field => ({ name: 'x', label, type: 'string', ...more });

  it('is shown in English and says so, and the others do not', ({ expect }) => {
    const [known, unknown, half, choices] = fieldsIn(words, 'new-here', [
      field('Name'),
      field('Quirk'),
      field('Name', { description: 'What it hums.' }),
      field('Name', { options: ['json', 'none', 'hum'] }),
    ]);
    expect(known).toMatchObject({ label: 'Name' });
    expect(known).not.toHaveProperty('lang');
    expect(unknown).toMatchObject({ label: 'Quirk', lang: 'en' });
    expect(half).toMatchObject({ label: 'Name', description: 'What it hums.', lang: 'en' });
    expect(choices).toMatchObject({ optionTexts: { none: 'Keine' }, lang: 'en' });
  });

  it('takes its own words before those of all, and no word of an object', ({ expect }) => {
    const [aimed, proto] = fieldsIn(words, 'rename-keys', [field('To'), field('constructor')]);
    expect(aimed).toMatchObject({ label: 'In' });
    expect(proto).toMatchObject({ label: 'constructor', lang: 'en' });
  });
});
