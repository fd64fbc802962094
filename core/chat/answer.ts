import type { HttpReply } from '../node/kit.ts';

/** What a chat shows of a reply: its `output` or `text`, else the whole. */
export function answerText({ body, status }: Pick<HttpReply, 'body' | 'status'>): string {
  if (typeof body !== 'string') return body === null ? '' : 'A file.';
  if (status >= 400) return 'There was a problem: the workflow could not answer.';
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return body;
  }
  if (typeof value === 'string') return value;
  const fields = (Array.isArray(value) ? value[0] : value) as { output?: unknown; text?: unknown } | null | undefined;
  for (const field of [fields?.output, fields?.text]) {
    if (field !== undefined && field !== null) {
      return typeof field === 'string' ? field : JSON.stringify(field, null, 2);
    }
  }
  return JSON.stringify(value, null, 2);
}
