import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Json, JsonObject } from '../../../../core/data/item.ts';
import { type FieldType, valueAt } from '../../../../core/node/field.ts';
import { putOwn } from '../../../../core/data/path.ts';
import { useClient } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { FailureLine } from '../../../ui/problem.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Select } from '../../../ui/select.tsx';
import { type Column, columnsQuery } from './columns.ts';
import { chosenOf, isObject, type KindProps, pointerTo, pointerToMember } from './kind.ts';
import { Parameter } from './parameter.tsx';
import { Ticked } from '../../../ui/ticked.tsx';

const EACH = 'defineBelow';
const SAME = 'autoMapInputData';
const NONE: readonly Column[] = [];
const CONTROLS: ReadonlyMap<string, FieldType> = new Map([
  ['number', 'number'],
  ['boolean', 'boolean'],
  ['date', 'date'],
  ['array', 'json'],
  ['object', 'json'],
]);

/** A value for each column: fixed, or computed for each item. What is left out is not written. */
export function Mapper({ field, value, onChange, at, siblings }: KindProps) {
  const texts = useTexts();
  const client = useClient();
  const [name, setName] = useState('');
  const held: JsonObject = isObject(value) ? value : {};
  const mode = held['mappingMode'] === SAME ? SAME : EACH;
  const values: JsonObject = isObject(held['value']) ? held['value'] : {};
  const chosen = chosenOf(valueAt(siblings ?? {}, field.columnsOf ?? ''));
  const { data: columns = NONE, error } = useQuery(columnsQuery(client, field.source ?? 'data-tables', chosen));
  const known = new Set(columns.map((column) => column.name));
  const others = Object.keys(values).filter((each) => !known.has(each));
  const put = (part: JsonObject): void => onChange({ ...held, mappingMode: mode, value: values, ...part });
  const set = (column: string, next: Json | undefined): void => {
    const copy: JsonObject = {};
    for (const [key, each] of Object.entries(values)) if (key !== column) putOwn(copy, key, each);
    if (next !== undefined) putOwn(copy, column, next);
    put({ value: copy });
  };
  const line = (column: Column, isGone: boolean) => (
    <div key={column.name} className="flex min-w-0 items-start gap-1">
      <div className="min-w-0 flex-1">
        <Parameter
          field={{
            name: column.name,
            label: column.name,
            type: CONTROLS.get(column.type) ?? 'string',
            ...(isGone ? { description: texts.panel.notAColumn } : {}),
          }}
          value={Object.hasOwn(values, column.name) ? values[column.name] : undefined}
          onChange={(next) => set(column.name, next)}
          at={pointerToMember(pointerTo(at, 'value'), column.name)}
        />
      </div>
      {Object.hasOwn(values, column.name) ? (
        <Button
          look="quiet"
          square
          aria-label={texts.panel.leaveOut(column.name)}
          onPress={() => set(column.name, undefined)}
          className={CONTROLS.get(column.type) === 'boolean' ? '' : 'mt-6'}
        >
          <Icon name="close" />
        </Button>
      ) : null}
    </div>
  );
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="pb-1 text-sm font-medium">{field.label}</legend>
      {field.description === undefined ? null : (
        <p className="text-xs text-soft">
          <Ticked>{field.description}</Ticked>
        </p>
      )}
      <Select
        label={texts.panel.mapping}
        value={mode}
        options={[
          { id: EACH, text: texts.panel.mapEach },
          { id: SAME, text: texts.panel.mapSame },
        ]}
        onChange={(mappingMode) => put({ mappingMode })}
      />
      {mode === SAME ? null : (
        <>
          {error ? <FailureLine error={error} /> : null}
          {chosen === '' && others.length === 0 ? <p className="text-xs text-soft">{texts.panel.chooseFirst}</p> : null}
          {columns.map((column) => line(column, false))}
          {others.map((each) => line({ name: each, type: 'any' }, columns.length > 0))}
          {columns.length > 0 ? null : (
            // which columns there are is not known here: an expression chooses, or it takes whatever comes
            <div className="flex items-end gap-1">
              <div className="min-w-0 flex-1">
                <TextField label={texts.panel.columnName} value={name} onChange={setName} isMono />
              </div>
              <Button
                isDisabled={name === '' || Object.hasOwn(values, name)}
                onPress={() => {
                  set(name, '');
                  setName('');
                }}
              >
                {texts.panel.addColumn}
              </Button>
            </div>
          )}
        </>
      )}
    </fieldset>
  );
}
