import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Said, useSaidText } from '../../text/said/index.tsx';
import { useFailureText } from '../../ui/problem.tsx';
import { Badge, type Tone } from '../../ui/surface.tsx';
import { credentialTypesQuery } from '../credentials/queries.ts';
import type { Brought, Imported } from './bring.ts';
import { workflowTexts } from './texts.ts';

type NodeStatus = Imported['report']['nodes'][number]['status'];

const TONES: Readonly<Record<NodeStatus, Tone>> = {
  runs: 'good',
  changed: 'busy',
  'needs-credential': 'wait',
  'needs-connector': 'bad',
};

/** More than these are folded: what to do is found by the marks beside each name. */
const MAX_OPEN = 3;

/** What became of every file and every node, and what to do about it. */
export function ImportReport({ brought: { workflows, failed } }: { brought: Brought }) {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const clean = workflows.filter(({ report }) => report.nodes.every(({ status }) => status === 'runs')).length;
  return (
    <div className="flex max-h-[60vh] flex-col gap-4 overflow-auto">
      <div role="status" className="text-sm">
        <h3 className="font-semibold">{texts.importing.report}</h3>
        {workflows.length > 1 ? <p className="text-soft">{own.imported(workflows.length, clean)}</p> : null}
      </div>
      <Failed failed={failed} />
      {workflows.map((workflow) =>
        workflows.length > MAX_OPEN ? (
          <details key={workflow.id} className="rounded-lg border border-line px-3 py-2">
            <summary className="cursor-pointer text-sm">
              <span className="mr-3 font-medium">{workflow.name}</span>
              <Counts counts={workflow.report.counts} />
            </summary>
            <div className="pt-2">
              <OneReport workflow={workflow} />
            </div>
          </details>
        ) : (
          <OneReport key={workflow.id} workflow={workflow} />
        ),
      )}
    </div>
  );
}

function Failed({ failed }: { failed: Brought['failed'] }) {
  const own = useTextsOf(workflowTexts);
  const failureText = useFailureText();
  if (failed.length === 0) return null;
  return (
    <div className="rounded-lg border border-bad bg-bad-soft p-3 text-sm">
      <p className="font-medium text-bad">{own.notImported(failed.length)}</p>
      <ul>
        {failed.map(({ name, error }, index) => (
          <li key={index} className="break-words">
            <strong>{name}</strong>: {failureText(error)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Counts({ counts }: { counts: Imported['report']['counts'] }) {
  const own = useTextsOf(workflowTexts);
  return (
    <span className="inline-flex flex-wrap gap-4">
      {Object.entries(counts)
        .filter(([status, count]) => Object.hasOwn(TONES, status) && count > 0)
        .map(([status, count]) => (
          <Badge key={status} tone={TONES[status as NodeStatus] ?? 'soft'}>
            {own.counted[status as NodeStatus](count)}
          </Badge>
        ))}
    </span>
  );
}

function OneReport({ workflow: { id, name, report, credentials: named, secret } }: { workflow: Imported }) {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const open = report.nodes.filter(({ status }) => status !== 'runs');
  const unable = new Set(report.nodes.filter(({ status }) => status === 'needs-connector').map((node) => node.name));
  // a credential alone gets such a step nowhere
  const credentials = named.filter(({ node, credential }) => credential !== null || !unable.has(node));
  // what is to be connected is said once, above, with the way to do it
  const connectable = new Set(credentials.map(({ node }) => node));
  const listed = open.filter((node) => node.status !== 'needs-credential' || !connectable.has(node.name));
  const nodeName = (node: string): string => report.nodes.find((each) => each.id === node)?.name ?? node;
  return (
    <section className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Counts counts={report.counts} />
        <Link
          to="/workflows/$id"
          params={{ id }}
          className="inline-flex min-h-8 items-center rounded-md bg-accent px-3 text-sm font-medium break-words text-on-accent hover:underline"
        >
          {texts.importing.open(name)}
        </Link>
      </div>
      {open.length === 0 ? <p className="text-sm text-soft">{texts.importing.allRun}</p> : null}
      <Connections workflow={id} nodes={report.nodes} credentials={credentials} />
      {secret ? <p className="text-sm text-soft">{own.secret(secret.isKept, secret.domain)}</p> : null}
      {listed.length > 0 ? (
        <ul className="flex flex-col gap-1 text-sm">
          {listed.map((node) => (
            <li key={node.id} className="flex justify-between gap-3 rounded-md bg-ground px-3 py-1.5">
              <span className="min-w-0 break-words">
                <strong>{node.name}</strong> {texts.importing[node.status]}
                {node.reason === undefined ? null : (
                  <>
                    : <Said text={node.reason} />
                  </>
                )}
              </span>
              {node.status === 'needs-connector' ? <StepLink workflow={id} node={node.id} text={own.bind} /> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {open.some(({ status }) => status === 'needs-connector') ? (
        <p className="text-sm text-soft">{own.connectorHelp}</p>
      ) : null}
      <Expressions workflow={id} report={report} nameOf={nodeName} />
      {report.notes.map((note) => (
        <p key={note} className="text-sm text-soft">
          <Said text={note} />
        </p>
      ))}
    </section>
  );
}

interface Place {
  node: string;
  path: string;
  message: string;
}

function Expressions(props: { workflow: string; report: Imported['report']; nameOf: (node: string) => string }) {
  const { workflow, report, nameOf } = props;
  const own = useTextsOf(workflowTexts);
  if (report.expressions.length === 0) return null;
  // SAFETY: what the importer says of an expression (core/interop/n8n/report.ts)
  const places = report.expressions as Place[];
  return (
    <div className="flex flex-col gap-1 text-sm">
      <h4 className="font-medium">{own.expressions}</h4>
      <ul className="flex flex-col gap-1">
        {places.map(({ node, path, message }) => (
          <li key={`${node} ${path}`} className="flex justify-between gap-3 rounded-md bg-ground px-3 py-1.5">
            <span className="min-w-0 break-words">
              <strong>{nameOf(node)}</strong> <code className="font-mono text-xs">{path}</code>: <Said text={message} />
            </span>
            <StepLink workflow={workflow} node={node} text={own.mend} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function StepLink({ workflow, node, text }: { workflow: string; node: string; text: string }) {
  return (
    <Link
      to="/workflows/$id"
      params={{ id: workflow }}
      hash={`node=${encodeURIComponent(node)}`}
      className="shrink-0 font-medium text-accent underline"
    >
      {text}
    </Link>
  );
}

/** Which nodes name a credential, and the way to give one to those that still need it. */
function Connections(props: {
  workflow: string;
  nodes: Imported['report']['nodes'];
  credentials: Imported['credentials'];
}) {
  const { workflow, nodes, credentials } = props;
  const own = useTextsOf(workflowTexts);
  const say = useSaidText();
  const { data } = useQuery(credentialTypesQuery(useClient()));
  if (credentials.length === 0) return null;
  const titleOf = (type: string): string => say(data?.types.find((each) => each.type === type)?.title ?? type);
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
              {credential === null ? own.connectNode(node, titleOf(type)) : own.connected(node, titleOf(type))}
            </span>
            {credential === null ? (
              <StepLink
                workflow={workflow}
                node={nodes.find(({ name }) => name === node)?.id ?? node}
                text={own.connect}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
