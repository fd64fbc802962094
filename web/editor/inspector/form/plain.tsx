import { useQuery } from '@tanstack/react-query';
import type { FieldSource } from '../../../../core/node/field.ts';
import { useClient } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { Switch, TextField } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { choiceOf, type KindProps, textOf } from './kind.ts';
import { usePlace } from './place.tsx';
import { choicesQuery } from './sources.ts';
import { Ticked } from '../../../ui/ticked.tsx';

const helpOf = ({ field }: KindProps): { help?: string } =>
  field.description === undefined ? {} : { help: field.description };
const common = (props: KindProps) => ({
  label: props.field.label,
  hideLabel: props.hideLabel ?? false,
  isRequired: props.field.required === true,
  ...helpOf(props),
});

export function TextKind(props: KindProps) {
  const { field, value, onChange } = props;
  return (
    <TextField
      {...common(props)}
      value={textOf(value ?? field.default)}
      {...(field.type === 'text' ? { rows: 4 } : {})}
      // an emptied box is not the default again
      onChange={(text) => onChange(text === '' && textOf(field.default) === '' ? undefined : text)}
    />
  );
}

export function NumberKind(props: KindProps) {
  const { field, value, onChange } = props;
  return (
    <TextField
      {...common(props)}
      type="number"
      value={textOf(value ?? field.default)}
      onChange={(text) => onChange(text === '' || Number.isNaN(Number(text)) ? undefined : Number(text))}
    />
  );
}

export function BooleanKind({ field, value, onChange }: KindProps) {
  return (
    <div className="flex min-h-8 flex-col justify-center">
      <Switch label={field.label} isSelected={(value ?? field.default) === true} onChange={onChange} />
      {field.description === undefined ? null : (
        <p className="text-xs text-soft">
          <Ticked>{field.description}</Ticked>
        </p>
      )}
    </div>
  );
}

/** One of those the server lists, by its plain id. */
function SourcedChoice(props: KindProps & { source: FieldSource }) {
  const { field, value, onChange, source } = props;
  const texts = useTexts();
  const choices = useQuery(choicesQuery(useClient(), source));
  const chosen = textOf(value ?? field.default);
  const known = choices.data ?? [];
  return (
    <Select
      label={field.label}
      hideLabel={props.hideLabel ?? false}
      value={chosen}
      options={[
        { id: '', text: choices.isPending ? texts.loading : texts.panel.choose },
        ...(chosen === '' || known.some(({ id }) => id === chosen) ? [] : [{ id: chosen, text: chosen }]),
        ...known,
      ]}
      onChange={(next) => onChange(next || undefined)}
      {...helpOf(props)}
    />
  );
}

export function ChoiceKind(props: KindProps) {
  const { source } = props.field;
  return source === undefined ? <FixedChoice {...props} /> : <SourcedChoice {...props} source={source} />;
}

function FixedChoice(props: KindProps) {
  const { field, value, onChange } = props;
  const options = field.options ?? [];
  const chosen = textOf(value ?? field.default);
  // what a file says stays choosable, known or not
  const known = options.includes(chosen) || chosen === '' ? options : [chosen, ...options];
  return (
    <Select
      label={field.label}
      hideLabel={props.hideLabel ?? false}
      value={chosen}
      options={known.map(choiceOf(field))}
      onChange={onChange}
      {...helpOf(props)}
    />
  );
}

const LOCAL_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/;

/** A moment without an offset: the workflow's zone says which. What a file has in another form stays text. */
export function DateKind(props: KindProps) {
  const { value, onChange } = props;
  const { zone } = usePlace();
  const text = textOf(value);
  return (
    <TextField
      {...common(props)}
      type={text === '' || LOCAL_DATE.test(text) ? 'datetime-local' : 'text'}
      help={[props.field.description, zone].filter(Boolean).join(' · ')}
      value={text}
      onChange={(next) => onChange(next === '' ? undefined : next)}
    />
  );
}

export function ColorKind(props: KindProps) {
  const { field, value, onChange } = props;
  const text = textOf(value ?? field.default);
  return (
    <div className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <TextField {...common(props)} value={text} onChange={(next) => onChange(next || undefined)} isMono />
      </div>
      <input
        type="color"
        aria-label={`◐ ${field.label}`}
        value={/^#[0-9a-f]{6}/i.test(text) ? text.slice(0, 7) : '#000000'}
        // how see-through it is stays
        onChange={(event) => onChange(event.target.value + (text.length === 9 ? text.slice(7) : ''))}
        className="h-8 w-10 cursor-pointer rounded-md border border-line bg-card"
      />
    </div>
  );
}

/** The name of a file in the item; those the chosen item has are a click away. */
export function FileKind(props: KindProps) {
  const texts = useTexts();
  const { files } = usePlace();
  const { field, value, onChange } = props;
  const text = textOf(value ?? field.default);
  const others = files.filter((name) => name !== text);
  return (
    <div className="flex flex-col gap-1">
      <TextField {...common(props)} value={text} onChange={(next) => onChange(next || undefined)} />
      {others.length > 0 ? (
        <div role="group" aria-label={texts.panel.filesOfItem} className="flex flex-wrap gap-1">
          {others.map((name) => (
            <Button key={name} look="quiet" onPress={() => onChange(name)}>
              {name}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
