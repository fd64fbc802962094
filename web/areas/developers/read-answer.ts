export interface Answer {
  status: number;
  ms: number;
  /** Absent: it is no text, or there is none. */
  text?: string;
  isWhole: boolean;
  bytes?: Blob;
}

const SHOWN_CHARS = 20_000;
/** A stream does not end: this much of it is shown. */
const STREAM_MS = 3_000;

/** Reads an answer as far as it can be shown. `ms`: until its head came. */
export async function readAnswer(response: Response, ms: number): Promise<Answer> {
  const type = response.headers.get('content-type') ?? '';
  const { status } = response;
  if (type.includes('event-stream')) return { status, ms, text: await someOf(response), isWhole: false };
  if (!/json|text|xml|csv/.test(type)) {
    const bytes = await response.blob();
    return bytes.size === 0 ? { status, ms, isWhole: true } : { status, ms, isWhole: true, bytes };
  }
  const said = await response.text();
  return { status, ms, text: said.slice(0, SHOWN_CHARS), isWhole: said.length <= SHOWN_CHARS };
}

async function someOf(response: Response): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return '';
  let text = '';
  const timer = setTimeout(() => void reader.cancel(), STREAM_MS);
  try {
    while (text.length < SHOWN_CHARS) {
      const { done, value } = await reader.read();
      if (done) break;
      text += value;
    }
  } finally {
    // one that broke cannot be cancelled: nobody would catch that
    clearTimeout(timer);
  }
  void reader.cancel();
  return text.slice(0, SHOWN_CHARS);
}
