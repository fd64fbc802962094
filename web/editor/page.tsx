import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Workflow } from '../../core/graph/document.ts';
import { useClient } from '../session/session.tsx';
import { workflowQuery } from '../areas/workflows/queries.ts';
import { useTexts } from '../text/index.tsx';
import { ProblemBox } from '../ui/problem.tsx';
import { Loading, Page } from '../ui/surface.tsx';
import { Autosave, unsavedOf } from './draft/autosave.ts';
import { Draft } from './draft/draft.ts';
import { Editor } from './editor.tsx';
import { catalogQuery } from '../canvas/node-types.ts';

export function EditorPage() {
  const texts = useTexts();
  const client = useClient();
  const { id } = useParams({ from: '/workflows/$id' });
  const catalog = useQuery(catalogQuery(client));
  // once: from here on the draft on this page is the truth, and saving tells of others' changes
  const workflow = useQuery({ ...workflowQuery(client, id), staleTime: Infinity, gcTime: 0 });
  const [opened, setOpened] = useState<{ draft: Draft; autosave: Autosave }>();
  const view = workflow.data;
  useEffect(() => {
    if (!view) return;
    const kept = unsavedOf(id);
    const draft = new Draft(kept?.workflow ?? (view.document as Workflow));
    // a draft kept from an older revision is saved against that: if somebody went on meanwhile, they are asked
    const autosave = new Autosave({ client, id, draft }, kept?.revision ?? view.revision, kept === undefined);
    setOpened({ draft, autosave });
    return () => autosave.stop();
  }, [client, id, view]);
  const error = workflow.error ?? catalog.error;
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
  if (!opened || !catalog.data) return <Loading label={texts.loading} />;
  return <Editor key={id} id={id} catalog={catalog.data} {...opened} />;
}
