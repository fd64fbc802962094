import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { formPathOf } from '../../forms/trigger.ts';
import { node as trigger } from '../form-trigger/index.ts';
import { compileFor, itemsOf, nodeOf, resumeNode, runNode, stepOf } from '../testing.ts';
import { node } from './index.ts';

const first = (parameters: JsonObject): JsonObject =>
  compileFor(trigger, { parameters }).page?.(stepOf(trigger, { parameters }).scope(0)) ?? {};

describe('form trigger', () => {
  it('[FRM7] says what it asks and what follows', ({ expect }) => {
    expect(first({ formTitle: 'Hi', formFields: { values: [{ fieldLabel: 'A' }] } })).toMatchObject({
      page: { title: 'Hi', button: 'Submit', fields: [{ name: 'A' }], attribution: true },
      answers: 'submitted',
      end: { kind: 'message', message: 'Your response has been recorded' },
      localTime: false,
      zone: 'America/New_York',
    });
    const redirect = { respondWithOptions: { values: { respondWith: 'redirect', redirectUrl: 'https://x.test' } } };
    expect(first({ responseMode: 'lastNode', options: redirect })).toMatchObject({
      answers: 'finished',
      end: { kind: 'redirect', url: 'https://x.test' },
    });
    expect(
      first({ responseMode: 'responseNode', defineForm: 'json', jsonOutput: '[{"fieldLabel": "J"}]' }),
    ).toMatchObject({
      answers: 'replied',
      page: { fields: [{ name: 'J' }] },
    });
    expect(
      first({ formTitle: '={{ 1 + 1 }}', options: { formSubmittedText: 'ok', appendAttribution: false } }),
    ).toMatchObject({
      page: { title: '2', attribution: false },
      end: { message: 'ok' },
    });
  });

  it('[FRM7] is reached by its path, else by its webhook’s id', ({ expect }) => {
    const at = (parameters: JsonObject) => formPathOf({ ...nodeOf(trigger, { parameters }), webhookId: 'hook-1' });
    expect([at({}), at({ path: '/old/' }), at({ path: 'old', options: { path: 'new' } })]).toEqual([
      'hook-1',
      'old',
      'new',
    ]);
  });
});

describe('form page', () => {
  it('[FRM8] waits for the answers to its questions, which replace the items', ({ expect }) => {
    const parameters = {
      formFields: { values: [{ fieldLabel: '={{ $json.q }}' }] },
      limitWaitTime: true,
      resumeUnit: 'minutes',
      resumeAmount: 2,
      options: { formTitle: 'More' },
    };
    const items = [{ q: 'Why?' }];
    const asked = runNode(node, { parameters, items, nowMs: 1_000 });
    expect(asked).toMatchObject({
      kind: 'wait',
      signal: 'form',
      untilMs: 121_000,
      detail: { page: { title: 'More', fields: [{ name: 'Why?', label: 'Why?' }] } },
    });
    const signal = { kind: 'signal' as const, items: itemsOf([{ 'Why?': 'so' }]) };
    expect(resumeNode(node, { parameters, items }, signal)).toMatchObject({
      outputs: [[{ json: { 'Why?': 'so' }, pairedItem: 0 }]],
    });
    expect(resumeNode(node, { parameters, items }, { kind: 'timer' })).toMatchObject({
      outputs: [[{ json: { q: 'Why?' } }]],
    });
  });

  it('[FRM8] as an ending keeps its page and goes on', ({ expect }) => {
    const end = (parameters: JsonObject) => {
      const result = runNode(node, { parameters: { operation: 'completion', ...parameters }, items: [{ n: 1 }] });
      return result.kind === 'output' ? [result.outputs[0]?.length, result.context?.end] : result;
    };
    expect(end({ completionTitle: '=T{{ $json.n }}', options: { formTitle: 'Tab' } })).toEqual([
      1,
      { kind: 'message', title: 'T1', message: '', pageTitle: 'Tab' },
    ]);
    expect(end({ respondWith: 'showText', responseText: '<b>' })).toEqual([1, { kind: 'text', html: '<b>' }]);
    expect(end({ respondWith: 'redirect', redirectUrl: 'https://x.test/' })).toEqual([
      1,
      { kind: 'redirect', url: 'https://x.test/' },
    ]);
    for (const redirectUrl of ['javascript:alert(1)', '', '/v1', 'https://']) {
      expect(() => end({ respondWith: 'redirect', redirectUrl })).toThrow('The form cannot lead to');
    }
    expect(() => end({ respondWith: 'returnBinary' })).toThrow('no binary data');
    expect(() => end({ respondWith: 'dance' })).toThrow('cannot end with "dance"');
  });
});
