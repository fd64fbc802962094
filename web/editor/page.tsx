import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Workflow } from '../../core/graph/document.ts';
import { ApiError } from '../../sdk/client/index.ts';
import { useClient } from '../session/session.tsx';
import { workflowQuery } from '../areas/workflows/queries.ts';
import { useTexts } from '../text/index.tsx';
import { ProblemBox } from '../ui/problem.tsx';
import { Card, Empty, Loading, Page } from '../ui/surface.tsx';
import { Autosave } from './draft/autosave.ts';
import { Draft } from './draft/draft.ts';
import { Kept } from './draft/kept.ts';
import { Editor } from './editor.tsx';
import { useCatalog } from '../canvas/use-catalog.ts';

export function EditorPage() {
  const texts = useTexts();
  const client = useClient();
  const { id } = useParams({ from: '/workflows/$id' });
  const catalog = useCatalog();
  // once: from here on the draft on this page is the truth, and saving tells of others' changes
  const workflow = useQuery({ ...workflowQuery(client, id), staleTime: Infinity, gcTime: 0 });
  const [opened, setOpened] = useState<{ id: string; draft: Draft; autosave: Autosave }>();
  const view = workflow.data;
  useEffect(() => {
    if (!view) return;
    let stop: (() => void) | undefined;
    let isGone = false;
    void Kept.open(id).then(({ kept, left }) => {
      if (isGone) return kept.close();
      const draft = new Draft(left?.workflow ?? (view.document as Workflow));
      // what was left of an older revision is saved against that: if somebody went on meanwhile, they are asked
      const autosave = new Autosave({ client, id, draft, kept }, left?.revision ?? view.revision, left === undefined);
      stop = () => autosave.stop();
      setOpened({ id, draft, autosave });
    });
    return () => {
      isGone = true;
      stop?.();
    };
  }, [client, id, view]);
  const error = workflow.error ?? catalog.error;
  if (error instanceof ApiError && error.status === 404) {
    return (
      <Page title={texts.nav.workflows}>
        <Card>
          <Empty
            title={texts.lost.noWorkflow}
            actions={
              <Link to="/workflows" className="text-sm font-medium text-accent underline">
                {texts.lost.home}
              </Link>
            }
          >
            {texts.lost.noWorkflowHint}
          </Empty>
        </Card>
      </Page>
    );
  }
  if (error) {
    return (
      <Page title={texts.nav.workflows}>
        <ProblemBox
          error={error}
          onRetry={() => {
            void workflow.refetch();
            void catalog.refetch();
          }}
        />
      </Page>
    );
  }
  // on the way from one workflow into another the draft is the other's until this one is read
  if (opened?.id !== id || !catalog.data) return <Loading label={texts.loading} />;
  return <Editor key={id} catalog={catalog.data} {...opened} />;
}
