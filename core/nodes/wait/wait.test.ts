import { describe, it } from 'vitest';
import { NOW_MS, itemsOf, resumeNode, runNode } from '../testing.ts';
import { node } from './index.ts';

const passed = { kind: 'output', outputs: [[{ json: { a: 1 }, pairedItem: 0 }]] };
const items = [{ a: 1 }];

describe('wait', () => {
  it('[WAI1] waits for an interval, with the defaults of its version', ({ expect }) => {
    expect(runNode(node, { items, parameters: { amount: 2, unit: 'minutes' } })).toEqual({
      kind: 'wait',
      untilMs: NOW_MS + 120_000,
    });
    expect(runNode(node, { items })).toEqual({ kind: 'wait', untilMs: NOW_MS + 5000 });
    expect(runNode(node, { items, version: 1 })).toEqual({ kind: 'wait', untilMs: NOW_MS + 3_600_000 });
    expect(runNode(node, { items, parameters: { amount: 0 } })).toEqual(passed);
    expect(() => runNode(node, { items, parameters: { amount: 'long' } })).toThrow("Cannot wait for 'long seconds'");
    expect(() => runNode(node, { items, parameters: { amount: -1 } })).toThrow('Cannot wait');
  });

  it('[WAI1] waits until a moment, local to the workflow', ({ expect }) => {
    const parameters = { resume: 'specificTime', dateTime: '2026-03-02T09:00:00' };
    expect(runNode(node, { items, parameters })).toEqual({ kind: 'wait', untilMs: Date.UTC(2026, 2, 2, 14) });
    expect(runNode(node, { items, parameters: { ...parameters, dateTime: '2020-01-01' } })).toEqual(passed);
    expect(() => runNode(node, { items, parameters: { ...parameters, dateTime: 'later' } })).toThrow(
      "'later': it is not a date",
    );
  });

  it('[WAI1] hands on its items when the time has come', ({ expect }) => {
    expect(resumeNode(node, { items }, { kind: 'timer' })).toEqual(passed);
  });

  it('[WAI2] waits for a signal, whose items it hands on', ({ expect }) => {
    const parameters = { resume: 'webhook', httpMethod: 'POST', options: { webhookSuffix: '={{ $json.a }}' } };
    expect(runNode(node, { items, parameters })).toEqual({
      kind: 'wait',
      signal: 'webhook',
      detail: {
        httpMethod: 'POST',
        suffix: '1',
        answer: { responseMode: 'onReceived', responseCode: 200, responseData: 'firstEntryJson', responseHeaders: [] },
      },
    });
    const signal = { kind: 'signal' as const, items: itemsOf([{ body: { ok: true } }]) };
    expect(resumeNode(node, { items, parameters }, signal)).toEqual({
      kind: 'output',
      outputs: [[{ json: { body: { ok: true } }, pairedItem: 0 }]],
    });
  });

  it('[WAI4] wants the proof that its author asked for, or waits for nothing', ({ expect }) => {
    const parameters = { resume: 'webhook', incomingAuthentication: 'headerAuth' };
    const credentials = { httpHeaderAuth: { id: 'c' } };
    expect(runNode(node, { items, parameters, credentials })).toMatchObject({
      detail: { proof: { by: 'headerAuth', ref: { id: 'c' } } },
    });
    const form = { resume: 'form', incomingAuthentication: 'basicAuth' };
    expect(runNode(node, { items, parameters: form, credentials: { httpBasicAuth: 'Door' } })).toMatchObject({
      detail: { proof: { by: 'basicAuth', ref: 'Door' } },
    });
    expect(() => runNode(node, { items, parameters })).toThrow(/httpHeaderAuth/);
    const odd = { ...parameters, incomingAuthentication: 'constructor' };
    expect(() => runNode(node, { items, parameters: odd })).toThrow(/constructor/);
  });

  it('[WAI2] a limit ends the wait with the step’s own items', ({ expect }) => {
    const parameters = { resume: 'form', limitWaitTime: true, resumeAmount: 2 };
    expect(runNode(node, { items, parameters })).toMatchObject({
      kind: 'wait',
      signal: 'form',
      detail: { page: { title: '', button: 'Submit', fields: [] } },
      untilMs: NOW_MS + 7_200_000,
    });
    expect(resumeNode(node, { items, parameters }, { kind: 'timer' })).toEqual(passed);
    const until = {
      resume: 'webhook',
      limitWaitTime: true,
      limitType: 'atSpecifiedTime',
      maxDateAndTime: '2026-03-02T00:00:00Z',
    };
    expect(runNode(node, { items, parameters: until })).toMatchObject({ untilMs: Date.UTC(2026, 2, 2) });
  });
});
