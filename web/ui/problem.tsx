import { ApiError } from '../../sdk/client/index.ts';
import { useTexts } from '../text/index.tsx';
import { Button } from './button.tsx';

/** What went wrong, what to do, and a way to try again. */
export function ProblemBox({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const texts = useTexts();
  const known = error instanceof ApiError ? texts.refusal(error) : undefined;
  // what browsers say of a request that got nowhere
  const isOffline = error instanceof TypeError && /fetch|network|load failed/i.test(error.message);
  const other = error instanceof Error ? error.message : String(error);
  return (
    <div role="alert" className="flex flex-col gap-1 rounded-lg border border-bad bg-bad-soft p-4 text-sm">
      <strong className="text-bad">{isOffline ? texts.offline.title : (known?.text ?? texts.problem.title)}</strong>
      {known ? null : <p>{isOffline ? texts.offline.hint : other}</p>}
      {known?.hint === undefined ? null : <p className="text-soft">{known.hint}</p>}
      {(known?.faults ?? []).slice(0, 8).map(({ pointer, text }) => (
        <p key={`${pointer} ${text}`}>
          <code className="font-mono text-xs">{pointer}</code> {text}
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
