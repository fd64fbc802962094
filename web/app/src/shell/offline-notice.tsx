import { useSyncExternalStore } from 'react';
import { useTexts } from '../../../text/index.tsx';

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
};

export function OfflineNotice() {
  const texts = useTexts();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  if (isOnline) return null;
  return (
    <p role="status" className="sticky top-0 z-20 bg-busy px-4 py-1.5 text-sm text-card">
      <strong>{texts.offline.title}.</strong> {texts.offline.hint}
    </p>
  );
}
