import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Workflow } from '../../../core/graph/document.ts';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Card, Loading } from '../../ui/surface.tsx';
import { type Change, diffOf, isEmptyDiff } from './document-diff.ts';
import { documentQuery } from './queries.ts';
import { workflowTexts } from './texts.ts';

interface DifferencesProps {
  workflow: string;
  /** `draft` or a version's number. */
  older: string;
  newer: string;
}

/** What changed from one version to another, in words and values. */
export function Differences({ workflow, older, newer }: DifferencesProps) {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const client = useClient();
  const [before, after] = [
    useQuery(documentQuery(client, workflow, older)),
    useQuery(documentQuery(client, workflow, newer)),
  ];
  const failure = before.error ?? after.error;
  if (failure) return <ProblemBox error={failure} />;
  if (!before.data || !after.data) return <Loading label={texts.loading} />;
  // SAFETY: the API gives documents that passed validation
  const diff = diffOf(before.data as Workflow, after.data as Workflow);
  if (isEmptyDiff(diff)) return <p className="text-sm text-soft">{own.noDifference}</p>;
  return (
    <Card className="flex flex-col gap-4 p-4 text-sm">
      <Part title={own.added} tone="text-good" lines={diff.added.map(({ name, type }) => `${name} (${type})`)} />
      <Part title={own.removed} tone="text-bad" lines={diff.removed.map(({ name, type }) => `${name} (${type})`)} />
      {diff.changed.map(({ node, changes }) => (
        <section key={node.id} aria-label={node.name}>
          <h3 className="font-medium">
            <span className="text-busy">{own.changed}:</span> {node.name}
          </h3>
          <Changes changes={changes} />
        </section>
      ))}
      <Part title={`${own.connections}: ${own.added}`} tone="text-good" lines={diff.addedEdges} />
      <Part title={`${own.connections}: ${own.removed}`} tone="text-bad" lines={diff.removedEdges} />
      {diff.settings.length > 0 ? (
        <section>
          <h3 className="font-medium">{own.settings}</h3>
          <Changes changes={diff.settings} />
        </section>
      ) : null}
    </Card>
  );
}

function Part({ title, tone, lines }: { title: string; tone: string; lines: readonly string[] }): ReactNode {
  if (lines.length === 0) return null;
  return (
    <section>
      <h3 className={`font-medium ${tone}`}>{title}</h3>
      <ul className="list-disc pl-5">
        {lines.map((line) => (
          <li key={line} className="break-words">
            {line}
          </li>
        ))}
      </ul>
    </section>
  );
}

const MAX_SHOWN = 2_000;

function Changes({ changes }: { changes: readonly Change[] }) {
  const own = useTextsOf(workflowTexts);
  const shown = (value: unknown): string =>
    value === undefined ? own.nothing : (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, MAX_SHOWN);
  return (
    <dl className="flex flex-col gap-1 pt-1">
      {changes.map(({ path, before, after }) => (
        <div key={path} className="grid gap-2 rounded-md bg-ground px-3 py-1.5 md:grid-cols-[14rem_1fr]">
          <dt className="font-mono text-xs break-all text-soft">{path}</dt>
          <dd className="flex min-w-0 flex-col gap-1 font-mono text-xs">
            <del className="break-all text-bad">{shown(before)}</del>
            <ins className="break-all text-good no-underline">{shown(after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
