import { useIsReached } from '../../../session/reach.ts';
import { useTexts } from '../../../text/index.tsx';

export function OfflineNotice() {
  const texts = useTexts();
  const isReached = useIsReached();
  if (isReached) return null;
  return (
    <p role="status" className="sticky top-0 z-20 bg-busy px-4 py-1.5 text-sm text-card">
      <strong>{texts.offline.title}.</strong> {texts.offline.hint}
    </p>
  );
}
