import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { isOver, type RunView } from './status.ts';
import { runTexts } from './texts.ts';
import { useRerun } from './use-rerun.ts';

const ShareDialog = lazy(() =>
  import('./share-dialog.tsx').then(({ ShareDialog: component }) => ({ default: component })),
);

type Action = 'cancel' | 'pause' | 'resume';

interface RunActions {
  buttons: ReactNode;
  dialog: ReactNode;
  /** Why the last one did not work. */
  error: unknown;
  isBusy: boolean;
  /** Runs again from this node on. */
  rerunFrom: (node: string) => void;
}

/** What can be done with a run as it stands, one at a time. */
export function useRunActions(run: RunView): RunActions {
  const texts = useTexts();
  const own = useTextsOf(runTexts);
  const client = useClient();
  const queries = useQueryClient();
  // the router knows it before the bar of the browser does
  const address = new URL(useLocation({ select: ({ href }) => href }), location.origin).href;
  const [isSharing, setSharing] = useState(false);
  const { id } = run;
  const control = useMutation({
    mutationFn: (action: Action) => client.call(`POST /v1/runs/{id}/${action}`, { params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['run', id] }),
  });
  const rerun = useRerun(run);
  const isBusy = control.isPending || rerun.isPending;
  const live = (
    <>
      {run.status === 'paused' ? (
        <Button isPending={isBusy} onPress={() => control.mutate('resume')}>
          <Icon name="run" />
          {texts.runs.resume}
        </Button>
      ) : (
        <Button isPending={isBusy} onPress={() => control.mutate('pause')}>
          <Icon name="pause" />
          {texts.runs.pause}
        </Button>
      )}
      <Button look="danger" isPending={isBusy} onPress={() => control.mutate('cancel')}>
        <Icon name="stop" />
        {texts.runs.cancel}
      </Button>
    </>
  );
  const over = (
    <>
      <Button isPending={isBusy} onPress={() => rerun.again()}>
        <Icon name="retry" />
        {run.status === 'error' ? own.retryFailed : texts.runs.rerun}
      </Button>
      <Menu
        label={own.otherReruns}
        entries={[
          { id: 'live', text: own.rerunLive, onAction: () => rerun.anew('published') },
          { id: 'draft', text: own.rerunDraft, onAction: () => rerun.anew('draft') },
        ]}
        trigger={
          <Button square aria-label={own.otherReruns} isPending={isBusy}>
            <Icon name="down" size={14} />
          </Button>
        }
      />
    </>
  );
  const buttons = (
    <>
      {isOver(run) ? over : live}
      <Link
        to="/runs/$id/compare"
        params={{ id }}
        className="inline-flex h-8 items-center rounded-md border border-line bg-card px-3 text-sm font-medium hover:bg-well"
      >
        {own.compare}
      </Link>
      <CopyButton look="plain" text={address} label={own.shareShort} name={own.share} />
      <Button onPress={() => setSharing(true)}>{own.sharing.open}</Button>
      <Link
        to="/workflows/$id"
        params={{ id: run.workflow }}
        className="text-sm font-medium text-accent hover:underline"
      >
        {texts.runs.editWorkflow}
      </Link>
    </>
  );
  const dialog = isSharing ? (
    <Suspense fallback={null}>
      <ShareDialog run={id} onClose={() => setSharing(false)} />
    </Suspense>
  ) : null;
  return { buttons, dialog, error: control.error ?? rerun.error, isBusy, rerunFrom: rerun.again };
}
