import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { Card, Empty, Page } from '../../../ui/surface.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  const { lost, palette } = useTexts();
  return (
    <Page title={lost.title}>
      <Card>
        <Empty
          title={lost.nowhere}
          actions={
            <Link to="/workflows" className="text-sm font-medium text-accent underline">
              {lost.home}
            </Link>
          }
        >
          {lost.hint} ({palette.hint}: Ctrl K)
        </Empty>
      </Card>
    </Page>
  );
}

/** What browsers say when a file of an older build is gone: somebody deployed while the page was open. */
const isOutdated = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|importing a module script|preload/i.test(error.message);

/** A page that broke: what surrounds it stays, and what was typed elsewhere is kept. */
export function PageFailure({ error }: ErrorComponentProps) {
  const { lost, problem } = useTexts();
  return (
    <Page title={problem.title}>
      <ProblemBox error={isOutdated(error) ? new Error(lost.outdated) : error} />
      <div>
        <Button look="main" onPress={() => location.reload()}>
          {lost.reload}
        </Button>
      </div>
    </Page>
  );
}
