import { ApiError } from '../../sdk/client/index.ts';
import { useTexts } from '../text/index.tsx';
import { Button } from './button.tsx';

/** What went wrong, what to do, and a way to try again. */
export function ProblemBox({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const texts = useTexts();
  const known = error instanceof ApiError ? error : undefined;
  // what browsers say of a request that got nowhere
  const isOffline = error instanceof TypeError && /fetch|network|load failed/i.test(error.message);
  return (
    <div role="alert" className="flex flex-col gap-1 rounded-lg border border-bad bg-bad-soft p-4 text-sm">
      <strong className="text-bad">{isOffline ? texts.offline.title : (known?.message ?? texts.problem.title)}</strong>
      {known ? null : <p>{isOffline ? texts.offline.hint : String(error)}</p>}
      {known?.hint === undefined ? null : <p className="text-soft">{known.hint}</p>}
      {(known?.errors ?? []).slice(0, 8).map((each) => (
        <p key={`${each.pointer} ${each.message}`}>
          <code className="font-mono text-xs">{each.pointer}</code> {each.message}
        </p>
      ))}
      {onRetry ? (
        <div className="pt-1">
          <Button onPress={onRetry}>{texts.actions.retry}</Button>
        </div>
      ) : null}
    </div>
  );
}
