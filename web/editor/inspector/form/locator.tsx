import { useQuery } from '@tanstack/react-query';
import type { Json } from '../../../../core/data/item.ts';
import { useClient } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { TextField } from '../../../ui/field.tsx';
import { FailureLine } from '../../../ui/problem.tsx';
import { Select } from '../../../ui/select.tsx';
import { isObject, type KindProps, textOf } from './kind.ts';
import { choicesQuery } from './sources.ts';
import { Ticked } from '../../../ui/ticked.tsx';

const NONE = '';
const MODES = ['list', 'id', 'name'];

const modeOf = (value: Json | undefined): string =>
  isObject(value) ? String(value.mode ?? 'list') : typeof value === 'string' && value !== '' ? 'id' : 'list';

/** Something that exists already: chosen from what the server lists, or named. */
export function Locator({ field, value, onChange }: KindProps) {
  const texts = useTexts();
  const client = useClient();
  const mode = modeOf(value);
  const chosen = textOf(isObject(value) ? value.value : value);
  const choices = useQuery({ ...choicesQuery(client, field.source ?? 'workflows'), enabled: mode === 'list' });
  const known = choices.data ?? [];
  const put = (next: string, how: string): void => {
    const name = known.find(({ id }) => id === next)?.text;
    onChange({ __rl: true, mode: how, value: next, ...(name === undefined ? {} : { cachedResultName: name }) });
  };
  const cached = isObject(value) ? textOf(value.cachedResultName) : '';
  const isMissing = chosen !== '' && !known.some(({ id }) => id === chosen);
  return (
    <div role="group" aria-label={field.label} className="flex min-w-0 flex-col gap-1">
      <div className="flex items-end gap-1">
        <div className="w-28">
          <Select
            label={field.label}
            value={mode}
            options={(MODES.includes(mode) ? MODES : [mode, ...MODES]).map((id) => ({
              id,
              text: texts.panel.locate[id] ?? id,
            }))}
            onChange={(next) => put(chosen, next)}
          />
        </div>
        <div className="min-w-0 flex-1">
          {mode === 'list' ? (
            <Select
              label={texts.panel.chosen(field.label)}
              hideLabel
              value={chosen}
              options={[
                { id: NONE, text: choices.isPending ? texts.loading : texts.panel.choose },
                ...(isMissing ? [{ id: chosen, text: cached || chosen }] : []),
                ...known,
              ]}
              onChange={(next) => put(next, mode)}
            />
          ) : (
            <TextField
              label={texts.panel.chosen(field.label)}
              hideLabel
              value={chosen}
              onChange={(next) => put(next, mode)}
            />
          )}
        </div>
      </div>
      {choices.error ? <FailureLine error={choices.error} /> : null}
      {field.description === undefined ? null : (
        <p className="text-xs text-soft">
          <Ticked>{field.description}</Ticked>
        </p>
      )}
    </div>
  );
}
