// The part of ldapts that is used: its messages, not its sockets. Its own types need those of Node.
export class Filter {
  toString(): string;
}
interface Assertion {
  attribute?: string;
  value: unknown;
}
export class EqualityFilter extends Filter implements Assertion {
  attribute: string;
  value: string;
}
export class ExtensibleFilter extends Filter {
  value: string;
}
export class AndFilter extends Filter {
  filters: Filter[];
}
export class OrFilter extends Filter {
  filters: Filter[];
}
export class NotFilter extends Filter {
  filter: Filter;
}
export class FilterParser {
  static parseString(text: string): Filter;
}
export class Message {
  write(): Uint8Array;
}
export class BindRequest extends Message {
  constructor(init: { messageId: number; dn: string; password: string });
}
export class UnbindRequest extends Message {
  constructor(init: { messageId: number });
}
export class ExtendedRequest extends Message {
  constructor(init: { messageId: number; oid: string });
}
export class SearchRequest extends Message {
  constructor(init: {
    messageId: number;
    baseDN: string;
    scope: 'base' | 'sub';
    filter: Filter;
    attributes: string[];
    sizeLimit: number;
    timeLimit: number;
  });
}
export class MessageResponse {
  messageId: number;
  status: number;
  errorMessage: string;
}
export class SearchReference extends MessageResponse {
  readonly uris: string[];
}
export class SearchEntry extends MessageResponse {
  name: string;
  attributes: { type: string; values: string[]; parsedBuffers: Uint8Array[] }[];
}
export class MessageParser {
  on(event: 'message', listener: (message: MessageResponse) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  read(data: Uint8Array, requests: Map<string, { message: Message }>): void;
}
