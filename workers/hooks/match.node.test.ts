import { describe, it } from 'vitest';
import type { HookRoute } from '../../durable-objects/tenant/protocol.ts';
import { compile } from '../kit/route-table.ts';
import { addressIn } from './address.ts';
import { match } from './match.ts';

const route = (path: string, methods = ['POST']): HookRoute => ({
  methods,
  path,
  workflow: path,
  version: '1',
  node: 'hook',
  responseMode: 'onReceived',
  responseCode: 200,
  responseData: 'noData',
  responseHeaders: [],
  rawBody: false,
});

const tableOf = (...hooks: HookRoute[]) => compile({ version: 1, standing: 'active', shards: 1, hooks });

describe('addresses', () => {
  it('are taken apart without decoding', ({ expect }) => {
    const of = (rest: string) => addressIn(`https://host:8787/hooks/${rest}`, '/hooks/');
    expect(of('acme/a/b?x=/y/&z')).toEqual({ tenant: 'acme', path: 'a/b', query: 'x=/y/&z' });
    expect(of('acme')).toEqual({ tenant: 'acme', path: '', query: '' });
    expect(of('acme/')).toEqual({ tenant: 'acme', path: '', query: '' });
    expect(of('acme/a//')).toMatchObject({ path: 'a' });
    expect(of('acme?a=b/c')).toEqual({ tenant: 'acme', path: '', query: 'a=b/c' });
    expect(of('acme/a%2fb?')).toEqual({ tenant: 'acme', path: 'a%2fb', query: '' });
    expect(of('')).toBeUndefined();
    expect(of('/a')).toBeUndefined();
    expect(of('?a')).toBeUndefined();
  });
});

describe('matching', () => {
  it('[HOOK1] prefers the literal path, then the pattern with fewer parameters', ({ expect }) => {
    const table = tableOf(route(':any/:id'), route('users/:id'), route('users/me'));
    const found = (path: string) => [...(match(table, path)?.methods.values() ?? [])].map(({ path: own }) => own);
    expect(found('users/me')).toEqual(['users/me']);
    expect(found('users/7')).toEqual(['users/:id']);
    expect(found('posts/7')).toEqual([':any/:id']);
    expect(found('users')).toEqual([]);
    expect(found('users/7/x')).toEqual([]);
    expect(match(table, 'posts/7')?.params).toEqual({ any: 'posts', id: '7' });
  });

  it('[HOOK1] joins routes of one path, and keeps methods apart', ({ expect }) => {
    const table = tableOf(route('a', ['POST']), { ...route('a', ['GET', 'PUT']), node: 'other' });
    const found = match(table, 'a');
    expect([found?.methods.get('POST')?.node, found?.methods.get('PUT')?.node, found?.methods.get('DELETE')]).toEqual([
      'hook',
      'other',
      undefined,
    ]);
  });

  it('[HOOK2] decodes each segment once', ({ expect }) => {
    const table = tableOf(route('grüße/👋'), route('a b'), route('x/:id'), route('100%'));
    const params = (path: string) => match(table, path)?.params;
    expect(params('gr%C3%BC%C3%9Fe/%F0%9F%91%8B')).toEqual({});
    expect(params('a%20b')).toEqual({});
    expect(params('100%25')).toEqual({});
    expect(params('x/a%2Fb')).toEqual({ id: 'a/b' });
    expect(params('x/%252F')).toEqual({ id: '%2F' });
    for (const path of ['x%2F7', 'x/%', 'x/%zz', '%3Aid/7', 'a+b']) expect(match(table, path), path).toBeUndefined();
  });

  it('[HOOK2] does not take a pattern’s own text for a path', ({ expect }) => {
    expect(match(tableOf(route('x/:id')), 'x/:id')?.params).toEqual({ id: ':id' });
    expect(match(tableOf(route('x/:id')), 'x/%3Aid')?.params).toEqual({ id: ':id' });
  });

  it('keeps hostile names as data', ({ expect }) => {
    const table = tableOf(route('__proto__'), route('p/:__proto__'));
    expect(match(table, '__proto__')?.methods.get('POST')?.path).toBe('__proto__');
    expect(match(table, 'constructor')).toBeUndefined();
    expect(Object.entries(match(table, 'p/7')?.params ?? {})).toEqual([['__proto__', '7']]);
    expect(match(table, '__proto__')?.methods.get('constructor')).toBeUndefined();
  });
});
