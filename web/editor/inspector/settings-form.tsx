import type { OnError, WorkflowNode } from '../../../core/graph/document.ts';
import { useTexts } from '../../text/index.tsx';
import { Switch, TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import type { Draft } from '../draft/draft.ts';

/** How a step behaves, whatever it does. */
export function SettingsForm({ draft: { edits }, node }: { draft: Draft; node: WorkflowNode }) {
  const texts = useTexts();
  const { id, retry } = node;
  const setRetry = (part: Partial<NonNullable<WorkflowNode['retry']>>): void => {
    const next = { maxTries: 1, waitMs: 1_000, ...retry, ...part };
    edits.setField(id, 'retry', next.maxTries > 1 ? next : undefined);
  };
  return (
    <div className="flex flex-col gap-4">
      <Switch
        label={texts.editor.disabled}
        isSelected={node.disabled === true}
        onChange={(on) => edits.setField(id, 'disabled', on || undefined)}
      />
      <Select<OnError>
        label={texts.editor.onError}
        value={node.onError ?? 'stop'}
        options={[
          { id: 'stop', text: texts.editor.onErrorStop },
          { id: 'continue', text: texts.editor.onErrorContinue },
          { id: 'error-output', text: texts.editor.onErrorOutput },
        ]}
        onChange={(value) => edits.setField(id, 'onError', value === 'stop' ? undefined : value)}
      />
      <TextField
        label={texts.editor.retries}
        type="number"
        value={String(retry?.maxTries ?? 1)}
        onChange={(text) => setRetry({ maxTries: Math.min(10, Math.max(1, Math.round(Number(text)) || 1)) })}
      />
      {retry ? (
        <TextField
          label={texts.editor.waitMs}
          type="number"
          value={String(retry.waitMs)}
          onChange={(text) => setRetry({ waitMs: Math.max(0, Math.round(Number(text)) || 0) })}
        />
      ) : null}
      <Switch
        label={texts.editor.alwaysOutput}
        isSelected={node.alwaysOutput === true}
        onChange={(on) => edits.setField(id, 'alwaysOutput', on || undefined)}
      />
      <Switch
        label={texts.editor.executeOnce}
        isSelected={node.executeOnce === true}
        onChange={(on) => edits.setField(id, 'executeOnce', on || undefined)}
      />
      <TextField
        label={texts.editor.notes}
        rows={3}
        value={node.notes ?? ''}
        onChange={(text) => edits.setField(id, 'notes', text === '' ? undefined : text)}
      />
    </div>
  );
}
