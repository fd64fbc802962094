import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'vitest';
import { EgressError } from './error.ts';
import type { EgressPolicy } from './policy.ts';
import { checkResolved, checkTarget } from './policy.ts';

const NONE: EgressPolicy = { allow: [], deny: [] };
const outcome = (url: string, policy = NONE): string => {
  try {
    checkTarget(url, policy);
    return 'ok';
  } catch (error) {
    return error instanceof EgressError ? error.code : `threw ${String(error)}`;
  }
};

const REFUSED = [
  'file:///etc/passwd',
  'gopher://127.0.0.1:6379/_',
  'dict://x.com/',
  'ftp://x.com/',
  'data:text/plain,hi',
  'blob:http://x.com/1',
  'ws://x.com/',
  'javascript:alert(1)',
  '//example.com/',
  'example.com',
  'http:example.com',
  'http:/example.com',
  'http:///example.com',
  'http://',
  '',
  'http://good.com@127.0.0.1/',
  'http://127.0.0.1@good.com/',
  'http://user:pw@example.com/',
  'http://example.com\\@127.0.0.1/',
  'http://127.1.1.1:80\\@127.2.2.2:80/',
  'http://exam\tple.com/',
  'http://example.com/\r\nX: y',
  'http://exam\nple.com',
  'http://example.com/\u0000',
  'http://%00/',
  'http://localhost/',
  'http://LOCALHOST/',
  'http://localhost./',
  'http://localhost../',
  'http://a.localhost/',
  'http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/',
  'http://localhost%2e/',
  'http://redis/',
  'http://metadata/',
  'http://kubernetes/',
  'http://metadata.google.internal/',
  'http://METADATA.google.internal./',
  'http://metadata.azure.com/',
  'http://host.docker.internal/',
  'http://db.local/',
  'http://router.lan/',
  'http://x.home.arpa/',
  'http://ip6-localhost/',
  'http://127.0.0.1.nip.io/',
  'http://10-0-0-1.sslip.io/',
  'http://localtest.me/',
  'http://a.lvh.me/',
  'http://1u.ms/',
  'http://7f000001.c0a80001.rbndr.us/',
  'http://127.0.0.1%2f@x/',
  'http://1.2.3.4.5/',
  'http://256.256.256.256/',
  'http://0x7f.1/',
  'http://①②⑦.⓪.⓪.①/',
  'http://127。0。0。1/',
  'http://example.com:22/',
  'http://example.com:25/',
  'http://example.com:6379/',
  'http://example.com:3306/',
  'http://example.com:11211/',
  'https://example.com:23/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[fe80::1%25eth0]/',
  'http://[fd00:ec2::254]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
];
const ALLOWED = [
  'http://example.com/',
  'https://example.com:8443/x?y#z',
  'http://EXAMPLE.com./',
  'http://8.8.8.8/',
  'https://[2606:4700::1111]/',
  'http://example.com/a\\b'.replace('\\', '/'),
  'http://bücher.example.com/',
  'http://1password.com/',
  'http://4chan.org/',
];

describe('egress policy', () => {
  it('[EGR1] [EGR2] [EGR3] [EGR5] refuses what must not be reached', ({ expect }) => {
    expect(REFUSED.filter((url) => outcome(url) !== 'egress-refused')).toEqual([]);
  });

  it('lets ordinary addresses pass', ({ expect }) => {
    expect(ALLOWED.filter((url) => outcome(url) !== 'ok')).toEqual([]);
  });

  it('[EGR4] permits exactly what is listed', ({ expect }) => {
    const local: EgressPolicy = { allow: ['127.0.0.1', 'localhost', '::1'], deny: [] };
    const cases: [string, EgressPolicy, string][] = [
      ['http://127.0.0.1:9099/item', local, 'ok'],
      ['http://localhost:3000/', local, 'ok'],
      ['http://[::1]:3000/', local, 'ok'],
      ['http://2130706433/', local, 'ok'],
      ['http://127.0.0.2/', local, 'egress-refused'],
      ['http://10.0.0.1/', local, 'egress-refused'],
      ['http://[::ffff:127.0.0.1]/', local, 'egress-refused'],
      ['http://a.localhost/', local, 'egress-refused'],
      ['http://127.0.0.1:6379/', local, 'egress-refused'],
      ['http://127.0.0.1:6379/', { allow: ['127.0.0.1:6379'], deny: [] }, 'ok'],
      ['http://127.0.0.1:6380/', { allow: ['127.0.0.1:6379'], deny: [] }, 'egress-refused'],
      ['http://[::1]:80/', { allow: ['[::1]:80'], deny: [] }, 'ok'],
      ['http://[::1]:81/', { allow: ['[::1]:80'], deny: [] }, 'egress-refused'],
      ['http://10.4.5.6/', { allow: ['10.0.0.0/8'], deny: [] }, 'ok'],
      ['http://db.local/', { allow: ['db.local'], deny: [] }, 'ok'],
      ['http://evil-db.local/', { allow: ['db.local'], deny: [] }, 'egress-refused'],
      ['http://x.db.local/', { allow: ['db.local'], deny: [] }, 'egress-refused'],
      ['http://x.db.local/', { allow: ['*.db.local'], deny: [] }, 'ok'],
      ['http://db.local/', { allow: ['*.db.local'], deny: [] }, 'egress-refused'],
      ['http://example.com/', { allow: [], deny: ['example.com'] }, 'egress-refused'],
      ['http://EXAMPLE.com./', { allow: [], deny: ['example.com'] }, 'egress-refused'],
      ['http://a.example.com/', { allow: [], deny: ['*.example.com'] }, 'egress-refused'],
      ['http://127.0.0.1/', { allow: ['127.0.0.1'], deny: ['127.0.0.0/8'] }, 'egress-refused'],
      ['http://8.8.8.8/', { allow: [], deny: ['8.0.0.0/8'] }, 'egress-refused'],
      ['http://example.com/', { allow: [''], deny: [''] }, 'ok'],
    ];
    expect(cases.map(([url, policy]) => [url, outcome(url, policy)])).toEqual(
      cases.map(([url, , code]) => [url, code]),
    );
  });

  it('[EGR6] one private address among the resolved ones refuses the name', ({ expect }) => {
    const target = checkTarget('http://example.com/', NONE);
    const codeOf = (addresses: string[], policy = NONE): string => {
      try {
        checkResolved(target, addresses, policy);
        return 'ok';
      } catch (error) {
        return error instanceof EgressError ? error.code : 'other';
      }
    };
    expect([
      codeOf(['93.184.216.34']),
      codeOf(['93.184.216.34', '127.0.0.1']),
      codeOf(['::1']),
      codeOf(['::ffff:10.0.0.1']),
      codeOf([]),
      codeOf(['nonsense']),
      codeOf(['10.0.0.1'], { allow: ['10.0.0.0/8'], deny: [] }),
      codeOf(['8.8.8.8'], { allow: [], deny: ['8.8.8.8'] }),
    ]).toEqual([
      'ok',
      'egress-refused',
      'egress-refused',
      'egress-refused',
      'dns-failed',
      'egress-refused',
      'ok',
      'egress-refused',
    ]);
  });

  const archive = resolve('..', 'shared', 'data', 'sets', 'ssrf.tar.xz');
  it.skipIf(!existsSync(archive))(
    '[EGR2] refuses every metadata address of the public list (skipped when ../shared/data is absent)',
    ({ expect }) => {
      const list = execFileSync('tar', ['xJOf', archive, 'ssrf/cujanovic/cloud-metadata.txt'], { encoding: 'utf8' });
      const urls = list
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => /^https?:\/\//.test(line))
        .filter((line) => /^https?:\/\/(\[?[\d.:a-f]+\]?|metadata|instance-data|rancher-metadata)([:/]|$)/.test(line));
      expect(urls.length).toBeGreaterThan(20);
      expect(urls.filter((url) => outcome(url) !== 'egress-refused')).toEqual([]);
    },
  );
});

describe('[EGR19] what a tenant narrows', () => {
  const refused = (url: string, policy: Partial<EgressPolicy>): boolean => {
    try {
      checkTarget(url, { allow: [], deny: [], ...policy });
      return false;
    } catch {
      return true;
    }
  };

  it('a star denies all, a list of what is reached excludes the rest', ({ expect }) => {
    expect(refused('https://example.com/', { deny: ['*'] })).toBe(true);
    expect(refused('http://127.0.0.1/', { allow: ['127.0.0.1'], deny: ['*'] })).toBe(true);
    const only = ['*.example.com', 'api.test.com:8443', '93.184.216.0/24'];
    for (const url of ['https://a.example.com/', 'https://api.test.com:8443/', 'http://93.184.216.34/']) {
      expect(refused(url, { only }), url).toBe(false);
    }
    for (const url of [
      'https://example.com/',
      'https://evilexample.com/',
      'https://api.test.com/',
      'http://93.184.217.1/',
    ]) {
      expect(refused(url, { only }), url).toBe(true);
    }
    // Naming what is private does not open it.
    expect(refused('http://127.0.0.1/', { only: ['127.0.0.1'] })).toBe(true);
    expect(refused('http://127.0.0.1/', { only: ['127.0.0.1'], allow: ['127.0.0.1'] })).toBe(false);
    expect(refused('http://127.0.0.1/', { only: ['example.com'], allow: ['127.0.0.1'] })).toBe(true);
  });
});
