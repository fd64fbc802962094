import { ApiError } from '../../sdk/client/index.ts';
import { useTexts } from '../text/index.tsx';
import { Button } from './button.tsx';

// what browsers say of a request that got nowhere
const isOffline = (error: unknown): boolean =>
  error instanceof TypeError && /fetch|network|load failed/i.test(error.message);

/** What went wrong, where there is room for one sentence only. */
export function useFailureText(): (error: unknown) => string {
  const texts = useTexts();
  return (error) => {
    if (error instanceof ApiError) return texts.refusal(error).text;
    if (isOffline(error)) return texts.offline.title;
    return error instanceof Error ? error.message : String(error);
  };
}

/** The same below a field. */
export function FailureLine({ error }: { error: unknown }) {
  const failureText = useFailureText();
  return (
    <p role="status" className="text-xs text-bad">
      {failureText(error)}
    </p>
  );
}

/** What went wrong, what to do, and a way to try again. */
export function ProblemBox({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const texts = useTexts();
  const known = error instanceof ApiError ? texts.refusal(error) : undefined;
  const isLost = isOffline(error);
  const other = error instanceof Error ? error.message : String(error);
  return (
    <div role="alert" className="flex flex-col gap-1 rounded-lg border border-bad bg-bad-soft p-4 text-sm">
      <strong className="text-bad">{isLost ? texts.offline.title : (known?.text ?? texts.problem.title)}</strong>
      {known ? null : <p>{isLost ? texts.offline.hint : other}</p>}
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
