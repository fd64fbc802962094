import { Link } from '@tanstack/react-router';
import { useTexts } from '../../text/index.tsx';
import { Said } from '../../text/said/index.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { callerHash, innerOf } from '../inner.ts';
import type { InspectorProps } from './inspector.tsx';

/** Name of the step, what it is, and what can be done with it as a whole. */
export function InspectorHeader({ id, draft, node, type, fault, isWide, onWide, onRunTo, onClose }: InspectorProps) {
  const texts = useTexts();
  const inner = innerOf(node);
  return (
    <header className="flex flex-col gap-2 border-b border-line p-3">
      <div className="flex items-end gap-2">
        <div className="flex-1">
          <TextField
            label={texts.editor.nodeName}
            value={node.name}
            onChange={(name) => draft.edits.setField(node.id, 'name', name)}
          />
        </div>
        <Button
          look="quiet"
          square
          aria-label={isWide ? texts.panel.shrink : texts.panel.expand}
          aria-pressed={isWide}
          onPress={() => onWide(!isWide)}
        >
          <Icon name={isWide ? 'shrink' : 'expand'} />
        </Button>
        <Button look="quiet" square aria-label={texts.actions.close} onPress={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <span className="flex-1 text-xs text-soft">{type?.title ?? texts.editor.unknownType}</span>
        {inner === '' ? null : (
          <Link
            to="/workflows/$id"
            params={{ id: inner }}
            hash={callerHash(id, node.id)}
            className="text-sm text-accent hover:underline"
          >
            {texts.panel.openInner}
          </Link>
        )}
        <Button onPress={onRunTo}>
          <Icon name="run" />
          {texts.editor.runTo}
        </Button>
        <Button
          look="quiet"
          square
          aria-label={texts.editor.removeNode}
          onPress={() => draft.edits.remove(new Set([node.id]))}
        >
          <Icon name="trash" />
        </Button>
      </div>
      {fault === undefined ? null : (
        <p role="status" className="text-sm text-bad">
          <Said text={fault} />
        </p>
      )}
    </header>
  );
}
