import { describe, it } from 'vitest';
import type { JsonObject } from '../data/item.ts';
import { node as trigger } from '../nodes/chat-trigger/index.ts';
import { node as responder } from '../nodes/respond-to-chat/index.ts';
import { compileFor, nodeOf, runNode, stepOf } from '../nodes/testing.ts';
import { answerText } from './answer.ts';
import { chatRouteOf } from './route.ts';
import { MAX_SAID_CHARS } from './told.ts';

const route = (parameters: JsonObject) => chatRouteOf({ ...nodeOf(trigger, { parameters }), webhookId: 'w1' });

describe('chat trigger', () => {
  it('[CHT1] is reached when it is public', ({ expect }) => {
    expect(route({})).toBeUndefined();
    expect(route({ public: true })).toEqual({
      path: 'w1',
      hosted: true,
      auth: 'none',
      answer: { responseMode: 'lastNode', responseCode: 200, responseData: 'firstEntryJson', responseHeaders: [] },
    });
    const embedded = { public: true, mode: 'webhook', authentication: 'basicAuth' };
    expect(
      route({ ...embedded, options: { responseMode: 'responseNodes', allowedOrigins: 'https://a.test' } }),
    ).toMatchObject({
      hosted: false,
      auth: 'basicAuth',
      answer: { responseMode: 'responseNode' },
      allowedOrigins: ['https://a.test'],
    });
  });

  it('[CHT1] says what its page shows', ({ expect }) => {
    const page = (parameters: JsonObject) =>
      compileFor(trigger, { parameters }).page?.(stepOf(trigger, { parameters }).scope(0));
    expect(page({})).toMatchObject({
      title: 'Test',
      placeholder: 'Type your message…',
      greetings: ['Hi there! 👋', expect.any(String) as string],
      takesFiles: false,
    });
    const options = {
      title: '=T{{ 1 + 1 }}',
      subtitle: 's',
      allowFileUploads: true,
      allowedFilesMimeTypes: 'image/*',
      customCss: 'a{}',
    };
    expect(page({ initialMessages: 'One\n\n Two', options })).toEqual({
      title: 'T2',
      subtitle: 's',
      placeholder: 'Type your message…',
      greetings: ['One', 'Two'],
      takesFiles: true,
      fileTypes: 'image/*',
      css: 'a{}',
    });
  });
});

describe('respond to chat', () => {
  it('[CHT3] answers and goes on; waiting for the next message is refused', ({ expect }) => {
    const parameters = { message: '={{ $json.a }}!', waitUserReply: false };
    expect(runNode(responder, { parameters, items: [{ a: 'hi' }] })).toMatchObject({
      outputs: [[{ json: { a: 'hi' } }]],
      reply: { status: 200, body: '{"output":"hi!"}' },
      say: 'hi!',
    });
  });

  it('[CHT12] waits for the next message where it is told to, and goes on with it', ({ expect }) => {
    const at = (parameters: JsonObject, version = 1.1) => {
      const trial = { parameters: { message: 'And you?', ...parameters }, version, items: [{ a: 1 }] };
      const executor = compileFor(responder, trial);
      return { executor, step: stepOf(responder, trial) };
    };
    for (const waits of [at({ operation: 'sendAndWait' }), at({}, 1), at({ waitUserReply: true })]) {
      expect(waits.executor.run(waits.step)).toMatchObject({ kind: 'wait', signal: 'chat', say: 'And you?' });
      const wake = { kind: 'signal' as const, items: [{ json: { chatInput: 'fine' } }] };
      expect(waits.executor.resume?.(waits.step, wake)).toMatchObject({
        outputs: [[{ json: { chatInput: 'fine' }, pairedItem: 0 }]],
      });
      expect(waits.executor.resume?.(waits.step, { kind: 'timer' })).toMatchObject({ outputs: [[{ json: { a: 1 } }]] });
    }
    for (const goes of [at({ operation: 'send' }), at({}), at({ waitUserReply: false }, 1)]) {
      expect(goes.executor.run(goes.step)).toMatchObject({ kind: 'output' });
    }
    const values = { limitType: 'afterTimeInterval', resumeAmount: 2, resumeUnit: 'minutes' };
    const limited = at({ operation: 'sendAndWait', options: { limitWaitTime: { values } } });
    expect(limited.executor.run(limited.step)).toMatchObject({ untilMs: limited.step.nowMs + 120_000 });
  });

  it('[CHT13] refuses a message too long to keep', ({ expect }) => {
    const parameters = { message: 'x'.repeat(MAX_SAID_CHARS + 1) };
    expect(() => runNode(responder, { parameters, items: [{}] })).toThrow('at most 256000 characters');
  });
});

describe('[CHT4] what a chat shows', () => {
  it('is output, text, or everything', ({ expect }) => {
    const of = (body: string | null, status = 200) => answerText({ body, status });
    expect(of('{"output":"a","text":"b"}')).toBe('a');
    expect(of('[{"text":"b"}]')).toBe('b');
    expect(of('{"output":{"x":1}}')).toBe('{\n  "x": 1\n}');
    expect(of('{"other":1}')).toBe('{\n  "other": 1\n}');
    expect(of('"plain"')).toBe('plain');
    expect(of('<b>text</b>')).toBe('<b>text</b>');
    expect(of(null)).toBe('');
    expect(of('null')).toBe('null');
    expect(of('secret detail', 500)).toBe('There was a problem: the workflow could not answer.');
  });
});
