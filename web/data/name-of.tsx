import { useTextsOf } from '../text/index.tsx';
import type { NamedKind } from './names.ts';
import { useNames } from './use-names.ts';

const TEXTS = { en: { gone: 'deleted' }, de: { gone: 'gelöscht' } };

/** What a record holds the id of, by its name; the id stands below, and one click selects it. */
export function NameOf({ kind, id, before = '' }: { kind: NamedKind | undefined; id: string; before?: string }) {
  const words = useTextsOf(TEXTS);
  const known = useNames(kind, id);
  const name = known?.names.get(id);
  const isGone = name === undefined && known?.isWhole === true;
  return (
    <span className="flex min-w-0 flex-col">
      {name === undefined && !isGone && before === '' ? null : (
        <span className="break-words">{[before, isGone ? `(${words.gone})` : name].filter(Boolean).join(' ')}</span>
      )}
      <code className="font-mono text-xs font-normal break-all text-soft select-all">{id}</code>
    </span>
  );
}
