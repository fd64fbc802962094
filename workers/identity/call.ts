import { AsyncLocalStorage } from 'node:async_hooks';

/** What the hooks of the library learn about the request they are called in. */
interface Call {
  userId?: string;
}

const calls = new AsyncLocalStorage<Call>();

/** Says whom this request is about, where its answer does not. */
export function concerns(userId: string): void {
  const call = calls.getStore();
  if (call) call.userId = userId;
}

export async function inCall<T>(work: () => Promise<T>): Promise<{ result: T; userId: string | undefined }> {
  const call: Call = {};
  const result = await calls.run(call, work);
  return { result, userId: call.userId };
}
