import type { BinaryRef, Item, Json, JsonObject } from '../../core/data/item.ts';
import { filePart } from '../hooks/files.ts';
import type { FilePlace } from '../hooks/files.ts';
import { MAX_FILE_BYTES } from '../hooks/payload.ts';
import { parseJson, readBytes } from '../kit/body.ts';
import { common } from '../kit/problem.ts';
import type { Talk } from './chat-talk.ts';
import type { Said } from './chat-view.ts';

/** What was sent, by a program or by the page's own form. */
export interface ChatMessage {
  /** The item's json: everything sent. */
  json: JsonObject;
  files: File[];
  /** From the page: answered with a page. */
  page?: { said: Said[]; session: string; text: string; talk?: Talk };
  /** The page asks to be shown with its conversation again: nothing was said. */
  isLook: boolean;
  key: string | undefined;
  /** Messages of one are one conversation. */
  session: string | undefined;
}

const MAX_MESSAGE_BYTES = 1024 * 1024;
const MAX_FILES = 20;
/** The page sends its conversation along; more of it is forgotten from the front. */
const MAX_SAID = 100;
const KEY = /^[A-Za-z0-9_-]{8,64}$/;
const SESSION = /^[\w.:@-]{1,200}$/;

/** @throws Problem when there is no message in it. */
export async function readMessage(request: Request): Promise<ChatMessage> {
  const type = request.headers.get('content-type') ?? '';
  if (/^application\/([\w.-]+\+)?json\b/i.test(type)) {
    const text = new TextDecoder().decode(await readBytes(request, MAX_MESSAGE_BYTES));
    const json = parseJson(text, 'last-wins') as Json;
    if (json === null || typeof json !== 'object' || Array.isArray(json)) throw noMessage();
    return { json, files: [], key: undefined, isLook: false, session: sessionIn(json) };
  }
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) {
    throw common('media-type-unsupported', {
      hint: 'Send JSON: {"action": "sendMessage", "sessionId": …, "chatInput": …}.',
    });
  }
  const bytes = await readBytes(request, MAX_FILE_BYTES);
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => {
    throw common('input-invalid', { detail: 'The form cannot be read.' });
  });
  return messageOf([...form.entries()] as [string, File | string][]);
}

function messageOf(parts: readonly [string, File | string][]): ChatMessage {
  const texts = new Map<string, string>();
  const files: File[] = [];
  const said: Said[] = [];
  for (const [name, value] of parts) {
    if (typeof value !== 'string') {
      if (value.size > 0 || value.name !== '') files.push(value);
    } else if (name === 'said-you' || name === 'said-chat') {
      said.push({ by: name === 'said-you' ? 'you' : 'chat', text: value });
    } else {
      texts.set(name, value);
    }
  }
  if (files.length > MAX_FILES) throw common('input-invalid', { detail: `Send at most ${MAX_FILES} files.` });
  const text = texts.get('message');
  const key = texts.get('submission') ?? '';
  if (text === undefined) {
    const sent = Object.fromEntries(texts);
    return { json: sent, files, key: undefined, isLook: false, session: sessionIn(sent) };
  }
  const wanted = texts.get('session') ?? '';
  const session = SESSION.test(wanted) ? wanted : crypto.randomUUID();
  const isLook = texts.get('look') === '1';
  const json = { sessionId: session, action: 'sendMessage', chatInput: text };
  return {
    json,
    files,
    page: { said: said.slice(-MAX_SAID), session, text, ...talkIn((name) => texts.get(name)) },
    key: keyIn(key),
    isLook,
    session,
  };
}

const keyIn = (key: string): string | undefined => (KEY.test(key) ? key : undefined);

function sessionIn({ sessionId }: JsonObject): string | undefined {
  return typeof sessionId === 'string' && sessionId !== '' ? sessionId.slice(0, 1_000) : undefined;
}

/** The talk a page goes on with, by its fields `run`, `token` and `seen`. */
export function talkIn(field: (name: string) => string | null | undefined): { talk?: Talk } {
  const [run = '', token = '', seen = '0'] = ['run', 'token', 'seen'].map((name) => field(name) ?? undefined);
  return run === '' || !/^\d{1,6}$/.test(seen) ? {} : { talk: { run, token, seen: Number(seen) } };
}

/** What the page's script says of its message in the address: nothing of it belongs to the message itself. */
export const scriptsOwn = (query: URLSearchParams): { key: string | undefined; talk?: Talk } => ({
  key: keyIn(query.get('key') ?? ''),
  ...talkIn((name) => query.get(name)),
});

export const noMessage = () =>
  common('input-invalid', {
    detail: 'There is no message.',
    hint: 'Send {"action": "sendMessage", "sessionId": "…", "chatInput": "…"}.',
  });

/** The trigger's item: what was sent, and its files as `data`, `data0`… */
export async function itemOfMessage({ json, files }: ChatMessage, place: FilePlace): Promise<Item> {
  if (files.length === 0) return { json };
  const binary: Record<string, BinaryRef> = {};
  // SAFETY: filePart makes BinaryRefs.
  for (const [index, file] of files.entries()) {
    binary[`data${index}`] = (await filePart(file, place)) as unknown as BinaryRef;
  }
  const about = files.map(({ name, type, size }): JsonObject => ({ fileName: name, mimeType: type, fileSize: size }));
  return { json: { ...json, files: about }, binary };
}
