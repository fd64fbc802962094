import { useLocation } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useGiven } from '../../../areas/workflows/use-given.ts';
import { useTexts } from '../../../text/index.tsx';

const ImportDialog = lazy(() =>
  import('../../../areas/workflows/import-dialog.tsx').then(({ ImportDialog: component }) => ({ default: component })),
);

/** The editor puts what it is given on its canvas. */
const isEditor = (path: string): boolean => /^\/workflows\/[^/]+\/?$/.test(path);

/** Workflows and curl commands can be pasted or dropped on any page. */
export function GivenWorkflows() {
  const { importing } = useTexts();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const { given, isOver, forget } = useGiven(path, isEditor(path));
  if (given) {
    return (
      <Suspense>
        <ImportDialog given={given} onClose={forget} />
      </Suspense>
    );
  }
  return isOver ? (
    <p
      aria-hidden="true"
      className="pointer-events-none fixed inset-3 z-40 flex items-center justify-center rounded-xl border-2 border-dashed border-accent bg-accent-soft/80 text-lg font-semibold text-accent"
    >
      {importing.dropHere}
    </p>
  ) : null;
}
