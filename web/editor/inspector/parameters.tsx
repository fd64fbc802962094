import { useCallback, useMemo, useState } from 'react';
import type { JsonObject } from '../../../core/data/item.ts';
import type { WorkflowNode } from '../../../core/graph/document.ts';
import { runningType } from '../../../core/graph/binding.ts';
import type { ParameterProblem } from '../../../core/node/check.ts';
import type { NodeTypeView } from '../../canvas/node-types.ts';
import type { ShownField } from '../../canvas/node-words.ts';
import { useTexts } from '../../text/index.tsx';
import type { Draft } from '../draft/draft.ts';
import { CredentialField } from './credential-field.tsx';
import { Form } from './form/form.tsx';
import { JsonField } from './form/json-field.tsx';
import { isObject } from './form/kind.ts';
import { KINDS } from './form/kinds.ts';
import { type Place, PlaceProvider } from './form/place.tsx';

interface ParametersProps {
  draft: Draft;
  node: WorkflowNode;
  type: NodeTypeView | undefined;
  /** Type of credential it wants. */
  credential: string | undefined;
  problems: readonly ParameterProblem[];
  zone: string;
  files: readonly string[];
  onFocus: Place['onFocus'];
}

/** The parameters of a step by the fields of its type, and all of them as JSON for what no field is for. */
export function Parameters({ draft, node, type, credential, problems, zone, files, onFocus }: ParametersProps) {
  const texts = useTexts();
  const [showsAll, setAll] = useState(false);
  const onZone = useCallback((next: string) => draft.edits.setZone(next), [draft]);
  const place = useMemo<Place>(
    () => ({
      kinds: KINDS,
      problems: new Map(problems.map((each) => [each.pointer, each])),
      zone,
      onZone,
      files,
      onFocus,
    }),
    [problems, zone, onZone, files, onFocus],
  );
  const set = (next: JsonObject): void => draft.edits.setParameters(node.id, next);
  return (
    <PlaceProvider value={place}>
      <div className="flex min-w-0 flex-col gap-4">
        {credential === undefined ? null : (
          <CredentialField key={credential} draft={draft} node={node} type={credential} />
        )}
        {runningType(node) === node.type ? (
          <Form
            // SAFETY: fields of the registry, as data
            fields={(type?.fields ?? []) as unknown as readonly ShownField[]}
            value={node.parameters}
            onChange={set}
            at=""
          />
        ) : null}
        <details onToggle={({ currentTarget }) => setAll(showsAll || currentTarget.open)}>
          <summary className="cursor-pointer text-sm text-soft">{texts.editor.moreFields}</summary>
          <div className="pt-2">
            {showsAll ? (
              <JsonField
                key={node.id}
                label={texts.editor.parameters}
                rows={12}
                value={node.parameters}
                onChange={(value) => (isObject(value) ? set(value) : undefined)}
              />
            ) : null}
          </div>
        </details>
      </div>
    </PlaceProvider>
  );
}
