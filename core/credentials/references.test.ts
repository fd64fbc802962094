import { describe, it } from 'vitest';
import type { Workflow, WorkflowNode } from '../graph/document.ts';
import { bindReferences, credentialIdsIn, touchedCredentials } from './references.ts';
import { mayUse } from './sharing.ts';

const [A, B] = ['cred_aaaaaaaaaaaaaaaa', 'cred_bbbbbbbbbbbbbbbb'];
const node = (id: string, more: Partial<WorkflowNode> = {}): WorkflowNode => ({
  id,
  name: id,
  type: 'http-request',
  version: 4.2,
  parameters: {},
  position: [0, 0],
  ...more,
});
const flow = (...nodes: WorkflowNode[]): Workflow =>
  ({ schema: 1, name: 'f', nodes, edges: [] }) as unknown as Workflow;
const using = (id: string, url = 'https://a.example', more: Partial<WorkflowNode> = {}) =>
  node('ask', { parameters: { url }, credentials: { httpBasicAuth: { id } }, ...more });

describe('[CRD11] credentials a document names', () => {
  it('are found in any place, and in workflows that stand in texts, however escaped', ({ expect }) => {
    const inner = JSON.stringify({ nodes: [{ credentials: { x: { id: B } } }] });
    const escaped = inner.replace('cred_b', '\\u0063red_\\u0062');
    const twice = JSON.stringify({ nodes: [{ parameters: { workflowJson: escaped } }] });
    for (const value of [inner, escaped, twice, { [B]: 1 }, [[B]], `x ${B} y`]) {
      expect([...credentialIdsIn(value)], JSON.stringify(value)).toEqual([B]);
    }
    expect([...credentialIdsIn({ a: 'cred_short', b: null, c: '{not json', d: 5 })]).toEqual([]);
  });

  it('count when they are new, or their node changes, but not when it only moves', ({ expect }) => {
    const before = flow(using(A));
    const touched = (after: Workflow, from: Workflow | null = before) =>
      Object.fromEntries(touchedCredentials(from ?? undefined, after));
    expect(touched(before, null)).toEqual({ [A]: ['ask'] });
    expect(touched(flow(using(A, undefined, { position: [9, 9], notes: 'n' }), node('new')))).toEqual({});
    expect(touched(flow(using(A, 'https://evil.example')))).toEqual({ [A]: ['ask'] });
    expect(touched(flow(using(A), node('other', { credentials: { httpBasicAuth: { id: A } } })))).toEqual({
      [A]: ['other'],
    });
    expect(touched({ ...before, settings: { note: A } } as unknown as Workflow)).toEqual({ [A]: [] });
    expect(
      touched(flow(node('ask', { binding: { type: 'x', parameters: {}, credentials: { y: { id: B } } } }))),
    ).toEqual({
      [B]: ['ask'],
    });
  });

  it('are for those they are shared with', ({ expect }) => {
    const editor = { id: 'u1', role: 'editor', scopes: ['credentials:write'], reach: 'everywhere' as const };
    expect(mayUse({}, editor)).toBe(true);
    expect(mayUse({ users: ['u2'] }, editor)).toBe(false);
    expect(mayUse({ users: ['u1'] }, editor)).toBe(true);
    expect(mayUse({ roles: ['editor'] }, editor)).toBe(true);
    expect(mayUse({ roles: ['viewer'] }, editor)).toBe(false);
    expect(mayUse({ projects: ['p1'] }, editor)).toBe(false);
    expect(mayUse({ projects: ['p1'] }, { ...editor, reach: [{ kind: 'project', id: 'p1' }] })).toBe(true);
    expect(mayUse({ projects: ['p1'] }, { ...editor, reach: [{ kind: 'workflow', id: 'p1' }] })).toBe(false);
    for (const scopes of [['*'], ['*:read', '*:write']]) {
      expect(mayUse({ users: ['u2'] }, { ...editor, scopes })).toBe(true);
    }
    expect(mayUse({ users: ['u2'] }, { ...editor, scopes: ['credentials:*', '*:read'] })).toBe(false);
    const { role: _, ...keyless } = editor;
    expect(mayUse({ roles: ['undefined', ''] }, keyless)).toBe(false);
  });
});

describe('[CRD5] importing', () => {
  const shop = { id: A, type: 'httpBasicAuth', name: 'Shop' };
  it('chooses by id, else by a name only one has, among those the importer may use', ({ expect }) => {
    const bound = (ref: object | string, usable = [shop]) => {
      const made = bindReferences(flow(node('ask', { credentials: { httpBasicAuth: ref as { id: string } } })), usable);
      return [made.workflow.nodes[0]?.credentials?.['httpBasicAuth'], made.bound[0]?.credential];
    };
    expect(bound({ id: A })).toEqual([{ id: A, name: 'Shop' }, A]);
    expect(bound({ id: '17', name: 'Shop' })).toEqual([{ id: A, name: 'Shop' }, A]);
    expect(bound({ name: 'Shop' })).toEqual([{ id: A, name: 'Shop' }, A]);
    expect(bound({ id: '17', name: 'Shop' }, [shop, { ...shop, id: B }])).toEqual([{ id: '17', name: 'Shop' }, null]);
    expect(bound({ id: '17', name: 'Shop' }, [{ ...shop, type: 'smtp' }])).toEqual([{ id: '17', name: 'Shop' }, null]);
    // One of ours that the importer may not use leaves no trace.
    expect(bound({ id: B, name: 'Secret' })).toEqual([{ name: 'Secret' }, null]);
    expect(bound({ id: '17', name: 'Other' })).toEqual([{ id: '17', name: 'Other' }, null]);
  });
});
