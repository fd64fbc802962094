import { textOf } from '../data/text.ts';
import type { Json } from '../data/item.ts';
import { getPath } from '../data/path.ts';
import type { WorkflowNode } from '../graph/document.ts';
import { hookOf, listOf, type HookAnswer, type ResponseMode } from '../nodes/webhook/route.ts';

/** How a public chat is reached and answered. Undefined: the chat is only tried in the editor. */
interface ChatRoute {
  path: string;
  /** False: only programs and embedded chats talk to it, there is no page. */
  hosted: boolean;
  auth: string;
  answer: HookAnswer;
  allowedOrigins?: string[];
}

const MODES: ReadonlyMap<Json | undefined, ResponseMode> = new Map<Json | undefined, ResponseMode>([
  ['responseNode', 'responseNode'],
  ['responseNodes', 'responseNode'],
  ['streaming', 'streaming'],
]);

export function chatRouteOf(node: WorkflowNode): ChatRoute | undefined {
  const at = (...path: string[]): Json | undefined => getPath(node.parameters, path);
  if (at('public') !== true) return undefined;
  const { responseHeaders } = hookOf(node);
  const responseMode = MODES.get(at('options', 'responseMode')) ?? 'lastNode';
  const origins = listOf(at('options', 'allowedOrigins'));
  return {
    path: node.webhookId ?? node.id,
    hosted: at('mode') !== 'webhook',
    auth: textOf(at('authentication'), 'none'),
    answer: { responseMode, responseCode: 200, responseData: 'firstEntryJson', responseHeaders },
    ...(origins.length > 0 && !origins.includes('*') ? { allowedOrigins: origins } : {}),
  };
}
