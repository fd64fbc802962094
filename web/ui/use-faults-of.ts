import { ApiError } from '../../sdk/client/index.ts';
import { useTexts } from '../text/index.tsx';

/** What the server said about one field, by its JSON pointer, for the field to show. */
export function useFaultsOf(error: unknown): (pointer: string) => string | undefined {
  const { refusal } = useTexts();
  const faults = error instanceof ApiError ? refusal(error).faults : [];
  return (pointer) => faults.find((each) => each.pointer === pointer)?.text;
}
