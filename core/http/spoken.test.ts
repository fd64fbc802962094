import { describe, it } from 'vitest';
import { SpokenText } from './spoken.ts';

const EVENTS = 'text/event-stream; charset=utf-8';
const read = (type: string, pieces: readonly string[]) => {
  const spoken = new SpokenText(type);
  const seen: string[] = [];
  for (const piece of pieces) {
    spoken.push(piece);
    seen.push(spoken.text);
  }
  spoken.end();
  return { seen, text: spoken.text, failure: spoken.failure };
};
const events = (...data: object[]): string => data.map((each) => `data: ${JSON.stringify(each)}\n\n`).join('');

describe('[HTE9] a text that comes piece by piece', () => {
  it('is read out of the events of services', ({ expect }) => {
    const streams: Record<string, string> = {
      completions: `${events({ choices: [{ delta: { role: 'assistant' } }] }, { choices: [{ delta: { content: 'Hel' } }] }, { choices: [{ delta: { content: 'lo' } }] })}data: [DONE]\n\n`,
      responses: events(
        { type: 'response.created', response: { output: [] } },
        { type: 'response.output_text.delta', delta: 'Hel' },
        { type: 'response.output_text.delta', delta: 'lo' },
        { type: 'response.output_text.done', text: 'Hello' },
      ),
      messages: `event: content_block_start\n${events({ type: 'content_block_start', content_block: { text: '' } })}event: x\n${events({ type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hel' } }, { type: 'content_block_delta', delta: { type: 'text_delta', text: 'lo' } }, { type: 'message_stop' })}`,
      candidates: events(
        { candidates: [{ content: { parts: [{ text: 'Hel' }] } }] },
        { candidates: [{ content: { parts: [{ text: 'lo' }] } }] },
      ),
      plain: 'data: Hel\n\ndata: lo\n\n',
      quoted: 'data: "Hel"\n\ndata: lo\n\n',
      comments: ': ping\r\n\r\ndata: {"text":"Hel"}\r\n\r\nid: 4\r\ndata: {"text":"lo"}\r\n\r\n',
    };
    for (const [name, stream] of Object.entries(streams)) expect(read(EVENTS, [stream]).text, name).toBe('Hello');
  });

  it('keeps words of plain text that happen to be JSON', ({ expect }) => {
    expect(read(EVENTS, ['data: 6\n\ndata:  times \n\ndata: 7\n\ndata:  is 42: \n\ndata: true\n\n']).text).toBe(
      '6 times 7 is 42: true',
    );
    expect(read('text/plain', ['42']).text).toBe('42');
  });

  it('grows, wherever the pieces are cut', ({ expect }) => {
    const whole = events({ choices: [{ delta: { content: 'a\n\nb' } }] }, { choices: [{ delta: { content: 'c' } }] });
    for (let at = 0; at <= whole.length; at++) {
      expect(read(EVENTS, [whole.slice(0, at), whole.slice(at)]).text, String(at)).toBe('a\n\nbc');
    }
    expect(read(EVENTS, [events({ text: 'a' }), events({ text: 'b' })]).seen).toEqual(['a', 'ab']);
  });

  it('takes a line as long as the whole answer, in small pieces', ({ expect }) => {
    const piece = 'x'.repeat(1_000);
    const spoken = new SpokenText(EVENTS);
    const before = performance.now();
    spoken.push('data: ');
    for (let count = 0; count < 10_000; count++) spoken.push(piece);
    spoken.push('\n\n');
    expect(spoken.text.length).toBe(10_000_000);
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  it('is read out of JSON a line, of whole JSON, and of text', ({ expect }) => {
    const lines = '{"message":{"content":"Hel"}}\n{"message":{"content":"lo"},"done":true}\n';
    expect(read('application/x-ndjson', [lines]).text).toBe('Hello');
    expect(read('application/x-ndjson', ['{"response":"Hello"}']).text).toBe('Hello');
    expect(read('application/json', ['{"choices":[{"message":', '{"content":"Hello"}}]}']).text).toBe('Hello');
    expect(read('text/plain', ['Hel', 'lo']).seen).toEqual(['Hel', 'Hello']);
    expect(read('', ['<b>']).text).toBe('<b>');
  });

  it('says what went wrong, and takes hostile names as data', ({ expect }) => {
    expect(read(EVENTS, [events({ error: { message: 'overloaded' } })])).toMatchObject({
      text: '',
      failure: 'overloaded',
    });
    expect(read(EVENTS, ['data: {"__proto__":{"text":"x"}}\n\n']).text).toBe('');
    expect(read(EVENTS, ['data: {"text":{"toString":1}}\n\n', 'data: [1,2\n\n']).text).toBe('[1,2');
  });
});
