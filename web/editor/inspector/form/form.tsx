import { memo, useCallback, useRef, useState } from 'react';
import type { Json, JsonObject } from '../../../../core/data/item.ts';
import { isShown, settled, valueAt, withValue } from '../../../../core/node/field.ts';
import type { ShownField } from '../../../canvas/node-words.ts';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { type KindProps, pointerTo } from './kind.ts';
import { Parameter } from './parameter.tsx';

/** What has such a path is left alone by most people: it waits in a menu until it is wanted. */
const RARE = /^(?:options|additional\w+|\w+Options)\./;
const isRare = (field: ShownField): boolean => RARE.test(field.name) && field.required !== true;

interface FormProps {
  fields: readonly ShownField[];
  value: JsonObject;
  onChange: (value: JsonObject) => void;
  /** JSON pointer of `value`. */
  at: string;
}

/** The fields that matter with these values, each with its control; what a change hides loses its value (FLD3). */
export function Form(props: FormProps) {
  const { fields, value, at } = props;
  const texts = useTexts();
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set());
  const isOpen = (field: ShownField): boolean =>
    !isRare(field) || wanted.has(field.name) || valueAt(value, field.name) !== undefined;
  const latest = useRef(props);
  latest.current = props;
  // the same for good, so that a letter in one parameter draws that one alone
  const put = useCallback((field: ShownField, next: Json | undefined): void => {
    const now = latest.current;
    now.onChange(settled(now.fields, now.value, withValue(now.value, field.name, next)));
  }, []);
  const shown = fields.filter((field) => isShown(field, fields, value));
  const drawn = shown.filter((field) => isOpen(field));
  const rest = shown.filter((field) => !isOpen(field));
  const parameter = (field: ShownField) => (
    <One
      key={`${field.name} ${field.label}`}
      field={field}
      value={valueAt(value, field.name)}
      put={put}
      at={pointerTo(at, field.name)}
      {...(field.columnsOf === undefined ? {} : { siblings: value })}
    />
  );
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {drawn.filter((field) => !isRare(field)).map(parameter)}
      {drawn.filter(isRare).map((field) => (
        <div key={`${field.name} ${field.label}`} className="flex items-start gap-1">
          <div className="min-w-0 flex-1">{parameter(field)}</div>
          <Button
            look="quiet"
            square
            aria-label={`${texts.actions.remove} ${field.label}`}
            onPress={() => {
              setWanted(new Set([...wanted].filter((name) => name !== field.name)));
              put(field, undefined);
            }}
          >
            <Icon name="close" />
          </Button>
        </div>
      ))}
      {rest.length > 0 ? (
        <div>
          <Menu
            label={texts.panel.addOption}
            entries={rest.map((field) => ({
              id: field.name,
              text: field.label,
              onAction: () => setWanted(new Set([...wanted, field.name])),
            }))}
            trigger={
              <Button>
                <Icon name="plus" />
                {texts.panel.addOption}
              </Button>
            }
          />
        </div>
      ) : null}
    </div>
  );
}

type OneProps = Omit<KindProps, 'onChange'> & { put: (field: ShownField, next: Json | undefined) => void };

const One = memo(function One({ put, ...rest }: OneProps) {
  return <Parameter {...rest} onChange={(next) => put(rest.field, next)} />;
});
