import type { JsonObject } from '../data/item.ts';

/** What a hosted chat shows before anybody said anything. */
export interface ChatPage {
  title: string;
  subtitle: string;
  placeholder: string;
  /** Messages it begins with. */
  greetings: string[];
  takesFiles: boolean;
  /** As in `accept`. */
  fileTypes: string;
  css?: string;
}

// SAFETY of both: pages are JSON by construction, and only the chat trigger writes them.
export const chatJson = (page: ChatPage): JsonObject => page as unknown as JsonObject;
export const chatFrom = (json: JsonObject): ChatPage => json as unknown as ChatPage;
