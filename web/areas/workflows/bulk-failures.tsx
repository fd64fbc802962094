import { useFailureText } from '../../ui/problem.tsx';
import type { BulkOutcome } from './bulk.ts';

/** Of many things that were to be done: those that were not, and why. */
export function BulkFailures({ title, failed }: { title: string; failed: BulkOutcome['failed'] }) {
  const failureText = useFailureText();
  if (failed.length === 0) return null;
  return (
    <div className="text-bad">
      <p>{title}</p>
      <ul>
        {failed.map(({ name, error }, index) => (
          <li key={index}>
            {name}: {failureText(error)}
          </li>
        ))}
      </ul>
    </div>
  );
}
