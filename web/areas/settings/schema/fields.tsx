import type { ReactNode } from 'react';
import { useLanguage } from '../../../text/index.tsx';
import { Switch, TextField } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { useSettingsTexts } from '../text/index.ts';
import { ColourField } from './colour-field.tsx';
import { useFault } from './faults.ts';
import { ListField, RowsField } from './list-field.tsx';
import { MomentField } from './moment-field.tsx';
import { bare, type Fields, isFields, type Schema, startOf, type Value, variantsOf } from './schema.ts';
import { ScopesField } from './scopes-field.tsx';
import { useSource } from './sources.ts';

interface SchemaFieldsProps {
  schema: Schema;
  value: Value;
  onChange: (value: Value) => void;
  pointer?: string;
  fixed?: readonly string[];
}

/** The fields of an object; where it has several shapes, also the choice between them. */
export function SchemaFields({ schema, value, onChange, pointer = '', fixed = [] }: SchemaFieldsProps) {
  const { labels, choices } = useSettingsTexts();
  const variants = variantsOf(schema);
  const fields: Fields = isFields(value) ? value : {};
  const shape = variants?.of(fields[variants.by]) ?? schema;
  const choose = (option: string): void => {
    const next = variants?.of(option);
    if (!variants || !next?.properties) return;
    // what both shapes have in common stays as it was typed
    const kept = Object.entries(fields).filter(([name, each]) => next.properties?.[name] && !isFields(each));
    onChange({ ...(startOf(next) as Fields), ...Object.fromEntries(kept), [variants.by]: option });
  };
  return (
    <>
      {variants ? (
        <Select
          label={labels[variants.by] ?? variants.by}
          value={String(fields[variants.by] ?? '')}
          options={variants.options.map((id) => ({ id, text: choices[id] ?? id }))}
          onChange={choose}
        />
      ) : null}
      {Object.entries(shape.properties ?? {})
        .filter(([name]) => name !== variants?.by)
        .map(([name, each]) => (
          <Field
            key={name}
            name={name}
            schema={each}
            value={fields[name]}
            onChange={(next) => onChange({ ...fields, [name]: next })}
            pointer={`${pointer}/${name}`}
            isRequired={shape.required?.includes(name) ?? false}
            isFixed={fixed.includes(name)}
            beside={fields}
          />
        ))}
    </>
  );
}

interface FieldProps {
  name: string;
  schema: Schema;
  value: Value;
  onChange: (value: Value) => void;
  pointer: string;
  isRequired: boolean;
  isFixed?: boolean;
  /** What the fields beside it hold. */
  beside: Fields;
}

/** What is said below a field: contracts are described in English, and what nobody translated says so. */
function useHelp(): (name: string, said: string | undefined) => ReactNode {
  const { helps, descriptions } = useSettingsTexts();
  const { language } = useLanguage();
  return (name, said) => {
    if (Object.hasOwn(helps, name)) return helps[name];
    if (said === undefined || language === 'en') return said;
    return Object.hasOwn(descriptions, said) ? descriptions[said] : <span lang="en">{said}</span>;
  };
}

/** One property as the control that fits its schema. */
function Field(props: FieldProps) {
  const { name, schema: given, value, onChange, pointer, isFixed = false } = props;
  const { labels, choices, none } = useSettingsTexts();
  const helpOf = useHelp();
  const error = useFault(pointer);
  const source = useSource(name, props.beside);
  const { schema, isNullable } = bare(given);
  // identity providers have scopes of their own, which are texts
  const isOurScopes = pointer === '/scopes';
  // who chooses by name does not see an id
  const called = name === 'id' && source ? 'which' : name === 'scopes' && !isOurScopes ? 'oauthScopes' : name;
  const label = labels[called] ?? name;
  const help = helpOf(name, given.description ?? schema.description);
  if (schema.const !== undefined) return null;
  if (schema.properties || variantsOf(schema)) {
    return (
      <fieldset className="flex flex-col gap-3 rounded-lg border border-line p-3">
        <legend className="px-1 text-sm font-medium">{label}</legend>
        <SchemaFields schema={schema} value={isFields(value) ? value : {}} onChange={onChange} pointer={pointer} />
      </fieldset>
    );
  }
  if (isOurScopes) return <ScopesField label={label} value={value} onChange={onChange} error={error} />;
  if (schema.type === 'array') {
    const list = { schema, label, help, error, value, onChange };
    if (!schema.items?.properties) return <ListField {...list} />;
    const items = schema.items;
    return (
      <RowsField
        {...list}
        renderRow={(row, at, change) => (
          <SchemaFields schema={items} value={row} onChange={change} pointer={`${pointer}/${at}`} />
        )}
      />
    );
  }
  if (schema.type === 'boolean') return <Switch label={label} isSelected={value === true} onChange={onChange} />;
  if (schema.description?.startsWith('Epoch')) {
    return <MomentField label={label} value={value} onChange={onChange} error={error} />;
  }
  const options = source ?? schema.enum?.map((id) => ({ id, text: choices[id] ?? id }));
  if (options && !isFixed) {
    const all = isNullable ? [{ id: '', text: none }, ...options] : options;
    return (
      <Select
        label={label}
        value={String(value ?? '')}
        options={all}
        onChange={onChange}
        help={error === undefined ? help : <span className="text-bad">{error}</span>}
      />
    );
  }
  if (schema.pattern?.startsWith('^#[0-9a-f')) {
    return <ColourField label={label} value={value} onChange={onChange} help={help} error={error} />;
  }
  const isNumber = schema.type === 'integer' || schema.type === 'number';
  return (
    <TextField
      label={label}
      value={value === undefined || value === null ? '' : String(value)}
      onChange={(text) => onChange(isNumber && text !== '' ? Number(text) : text)}
      type={isNumber ? 'number' : name === 'secret' ? 'password' : name === 'email' ? 'email' : 'text'}
      help={help}
      error={error}
      isReadOnly={isFixed}
      autoComplete="off"
      {...((schema.maxLength ?? 0) > 2_000 && name !== 'secret' ? { rows: 4 } : {})}
    />
  );
}
