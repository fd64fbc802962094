import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { DropZone } from 'react-aria-components';
import type { OutputOf } from '../../../sdk/client/index.ts';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Badge, type Tone } from '../../ui/surface.tsx';
import { curlWorkflow } from './curl.ts';
import { workflowTexts } from './texts.ts';

type Imported = OutputOf<'POST /v1/workflows/import'>;
type NodeStatus = Imported['report']['nodes'][number]['status'];

const TONES: Readonly<Record<NodeStatus, Tone>> = {
  runs: 'good',
  changed: 'busy',
  'needs-credential': 'wait',
  'needs-connector': 'bad',
};

const NOTHING_TO_SAY: Imported['report'] = {
  nodes: [],
  counts: {},
  notes: [],
  bindings: {},
  expressions: [],
};

/** Above this a text box is slow; the file is imported all the same. */
const MAX_SHOWN = 200_000;

/**
 * A file dropped, chosen or pasted: n8n, Make, Zapier, or a curl command. Shows what became of every node.
 * @param given Text that was dropped or pasted outside; it is imported at once.
 */
export function ImportDialog({ given, onClose }: { given: string | undefined; onClose: () => void }) {
  const texts = useTexts();
  const client = useClient();
  const queries = useQueryClient();
  const [text, setText] = useState(given !== undefined && given.length <= MAX_SHOWN ? given : '');
  const bring = useMutation({
    mutationFn: async (source: string): Promise<Imported['workflows']> => {
      const curl = curlWorkflow(source);
      if (curl) {
        const { id, name } = await client.call('POST /v1/workflows', { body: curl });
        return [{ id, name, report: NOTHING_TO_SAY, credentials: [] }];
      }
      return (await client.call('POST /v1/workflows/import', { body: parse(source, texts.importing.notJson) }))
        .workflows;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['workflows'] }),
  });
  const { mutate } = bring;
  useEffect(() => {
    if (given !== undefined) mutate(given);
  }, [given, mutate]);
  const take = async (file: File): Promise<void> => {
    const content = await file.text();
    setText(content.length > MAX_SHOWN ? '' : content);
    bring.mutate(content);
  };
  return (
    <Dialog title={texts.importing.title} closeLabel={texts.actions.close} isOpen onClose={onClose} wide>
      {bring.data ? (
        <Report workflows={bring.data} />
      ) : (
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            bring.mutate(text);
          }}
        >
          <p className="text-sm text-soft">{texts.importing.lead}</p>
          <DropZone
            className="flex flex-col items-center gap-2 rounded-lg border-2 border-dashed border-line p-6 text-sm text-soft data-[drop-target]:border-accent data-[drop-target]:bg-accent-soft"
            onDrop={(event) => {
              for (const item of event.items) if (item.kind === 'file') void item.getFile().then(take);
            }}
          >
            {texts.importing.drop}
            <FileButton
              text={texts.importing.choose}
              accept="application/json,.json"
              onFile={(file) => void take(file)}
            />
          </DropZone>
          <TextField label={texts.importing.text} value={text} onChange={setText} rows={6} isMono />
          {bring.error ? <ProblemBox error={bring.error} /> : null}
          <div className="flex justify-end">
            <Button look="main" type="submit" isDisabled={text.trim() === '' || bring.isPending}>
              {texts.importing.submit}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function Report({ workflows }: { workflows: Imported['workflows'] }) {
  const texts = useTexts();
  return (
    <div className="flex max-h-[60vh] flex-col gap-5 overflow-auto">
      <h3 className="text-sm font-semibold">{texts.importing.report}</h3>
      {workflows.map(({ id, name, report, credentials }) => {
        const open = report.nodes.filter(({ status }) => status !== 'runs');
        return (
          <section key={id} className="flex flex-col gap-2">
            <Link
              to="/workflows/$id"
              params={{ id }}
              className="font-medium text-accent underline-offset-2 hover:underline"
            >
              {texts.importing.open(name)}
            </Link>
            <p className="flex flex-wrap gap-4">
              {Object.entries(report.counts)
                .filter(([status, count]) => Object.hasOwn(TONES, status) && count > 0)
                .map(([status, count]) => (
                  <Badge key={status} tone={TONES[status as NodeStatus] ?? 'soft'}>
                    {count} {texts.importing[status as NodeStatus] ?? status}
                  </Badge>
                ))}
            </p>
            {open.length === 0 ? <p className="text-sm text-soft">{texts.importing.allRun}</p> : null}
            <Connections workflow={id} nodes={report.nodes} credentials={credentials} />
            <ul className="flex flex-col gap-1 text-sm">
              {open.map((node) => (
                <li key={node.id} className="rounded-md bg-ground px-3 py-1.5">
                  <strong>{node.name}</strong> {texts.importing[node.status]}
                  {node.reason === undefined ? '' : `: ${node.reason}`}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

/** Which nodes name a credential, and the way to give one to those that still need it. */
function Connections({
  workflow,
  nodes,
  credentials,
}: {
  workflow: string;
  nodes: Imported['report']['nodes'];
  credentials: Imported['workflows'][number]['credentials'];
}) {
  const own = useTextsOf(workflowTexts);
  if (credentials.length === 0) return null;
  return (
    <div className="flex flex-col gap-1">
      <h4 className="text-sm font-medium">{own.connectTitle}</h4>
      <ul className="flex flex-col gap-1 text-sm">
        {credentials.map(({ node, type, credential }) => (
          <li
            key={`${node} ${type}`}
            className="flex items-center justify-between gap-3 rounded-md bg-ground px-3 py-1.5"
          >
            <span className="min-w-0 break-words">
              {credential === null ? own.connectNode(node, type) : own.connected(node, type)}
            </span>
            {credential === null ? (
              <Link
                to="/workflows/$id"
                params={{ id: workflow }}
                hash={`node=${encodeURIComponent(nodes.find(({ name }) => name === node)?.id ?? node)}`}
                className="shrink-0 font-medium text-accent underline"
              >
                {own.connect}
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

function parse(text: string, complaint: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(complaint);
  }
}
