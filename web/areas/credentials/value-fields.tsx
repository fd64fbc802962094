import { useTexts } from '../../text/index.tsx';
import { useSaidText } from '../../text/said/index.tsx';
import { Switch, TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { wordsOf } from '../../text/words-of.ts';
import type { Credential, CredentialType } from './queries.ts';

type Value = Credential['fields'][string] | Credential['external'][string];
export type Values = Record<string, Value>;

interface ValueFieldsProps {
  type: CredentialType;
  /** Names of secrets the server has. */
  stored: readonly string[];
  values: Values;
  /** What the server found wrong with the value of this name. */
  faultOf: (name: string) => string | undefined;
  onChange: (values: Values) => void;
}

/** The fields of a type of credential; the browser is asked not to keep what is secret. */
export function ValueFields({ type, stored, values, faultOf, onChange }: ValueFieldsProps) {
  const texts = useTexts();
  const say = useSaidText();
  const put = (name: string, value: Value | undefined): void => {
    const { [name]: _before, ...others } = values;
    onChange(value === undefined ? others : { ...others, [name]: value });
  };
  return type.fields.map((field) => {
    const { name, secret, description } = field;
    const label = say(field.label);
    const value = Object.hasOwn(values, name) ? values[name] : field.default;
    if (typeof value === 'object') {
      return (
        <p key={name} className="text-sm">
          {label}: <code className="font-mono text-xs">{`${value.store}/${value.secret}`}</code>
        </p>
      );
    }
    const help = description === undefined ? {} : { help: say(description) };
    if (field.type === 'boolean') {
      return <Switch key={name} label={label} isSelected={value === true} onChange={(on) => put(name, on)} />;
    }
    if (field.type === 'options') {
      return (
        <Select
          key={name}
          label={label}
          value={String(value ?? '')}
          options={(field.options ?? []).map((id) => ({ id, text: wordsOf(id) }))}
          onChange={(next) => put(name, next)}
          {...help}
        />
      );
    }
    const isStored = secret && stored.includes(name) && value === undefined;
    // without a value of its own the field shows its default again, and nobody could type another
    const emptied = field.default === undefined ? undefined : '';
    const isLong = field.type === 'text' || field.type === 'json';
    return (
      <TextField
        key={name}
        label={label}
        value={String(value ?? '')}
        error={faultOf(name)}
        type={secret && !isLong ? 'password' : field.type === 'number' ? 'number' : 'text'}
        autoComplete={secret ? 'new-password' : 'off'}
        isRequired={field.required && !isStored}
        onChange={(text) => put(name, text === '' ? emptied : field.type === 'number' ? Number(text) : text)}
        {...(isLong ? { rows: 5, isMono: true } : {})}
        {...(isStored ? { placeholder: texts.panel.stored } : {})}
        {...help}
      />
    );
  });
}
