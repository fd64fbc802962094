import { describe, it } from 'vitest';
import { addressText, classify, inCidr, parseAddress } from './address.ts';
import type { AddressKind } from './address.ts';

const KINDS: [string, AddressKind][] = [
  ['127.0.0.1', 'loopback'],
  ['127.1', 'loopback'],
  ['127.0.1', 'loopback'],
  ['2130706433', 'loopback'],
  ['0x7f000001', 'loopback'],
  ['0X7F.1', 'loopback'],
  ['0177.0.0.1', 'loopback'],
  ['0o177.0.0.1', 'loopback'],
  ['017700000001', 'loopback'],
  ['0x7f.0x0.0x0.0x1', 'loopback'],
  ['127.0.0.1.', 'loopback'],
  ['127.0.0.1..', 'loopback'],
  ['127。0。0。1', 'loopback'],
  ['127．0．0．1', 'loopback'],
  ['１２７.０.０.１', 'loopback'],
  ['①②⑦.⓪.⓪.①', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['00000000177.0.0.1', 'loopback'],
  ['0', 'unspecified'],
  ['0.0.0.0', 'unspecified'],
  ['0x0', 'unspecified'],
  ['00', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['10.0.0.1', 'private'],
  ['10.1', 'private'],
  ['167772161', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.0.1', 'private'],
  ['3232235521', 'private'],
  ['0xc0a80101', 'private'],
  ['192.168.257', 'private'],
  ['169.254.169.254', 'link-local'],
  ['2852039166', 'link-local'],
  ['0xa9fea9fe', 'link-local'],
  ['0251.0376.0251.0376', 'link-local'],
  ['169.254.43518', 'link-local'],
  ['169.254.170.2', 'link-local'],
  ['168.63.129.16', 'link-local'],
  ['100.64.0.1', 'shared'],
  ['100.100.100.200', 'shared'],
  ['100.127.255.255', 'shared'],
  ['192.0.0.192', 'reserved'],
  ['192.0.2.1', 'reserved'],
  ['198.18.0.1', 'reserved'],
  ['198.19.255.255', 'reserved'],
  ['198.51.100.1', 'reserved'],
  ['203.0.113.9', 'reserved'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'reserved'],
  ['4294967295', 'reserved'],
  ['192.88.99.1', 'reserved'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.255', 'multicast'],
  ['[::]', 'unspecified'],
  ['::', 'unspecified'],
  ['[::1]', 'loopback'],
  ['0:0:0:0:0:0:0:1', 'loopback'],
  ['0000::1', 'loopback'],
  ['::0001', 'loopback'],
  ['[::ffff:127.0.0.1]', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['0:0:0:0:0:ffff:127.0.0.1', 'loopback'],
  ['::FFFF:169.254.169.254', 'link-local'],
  ['::ffff:10.0.0.1', 'private'],
  ['::ffff:8.8.8.8', 'reserved'],
  ['::ffff:0:127.0.0.1', 'loopback'],
  ['::127.0.0.1', 'reserved'],
  ['::7f00:1', 'reserved'],
  ['64:ff9b::7f00:1', 'loopback'],
  ['64:ff9b::10.0.0.1', 'private'],
  ['64:ff9b::8.8.8.8', 'public'],
  ['64:ff9b:1::1', 'reserved'],
  ['2002:7f00:1::', 'loopback'],
  ['2002:a9fe:a9fe::', 'link-local'],
  ['2002:808:808::', 'reserved'],
  ['2001:0:53aa:64c::', 'reserved'],
  ['fe80::1', 'link-local'],
  ['[fe80::1%25eth0]', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['febf::1', 'link-local'],
  ['fec0::1', 'private'],
  ['fc00::1', 'private'],
  ['fd00:ec2::254', 'private'],
  ['fdff:ffff::1', 'private'],
  ['ff02::1', 'multicast'],
  ['2001:db8::1', 'reserved'],
  ['3fff::1', 'reserved'],
  ['4000::1', 'reserved'],
  ['100::1', 'reserved'],
  ['5f00::1', 'reserved'],
  ['8.8.8.8', 'public'],
  ['134744072', 'public'],
  ['1.1.1.1', 'public'],
  ['1.1', 'public'],
  ['172.32.0.1', 'public'],
  ['172.15.255.255', 'public'],
  ['100.128.0.1', 'public'],
  ['100.63.255.255', 'public'],
  ['126.255.255.255', 'public'],
  ['128.0.0.1', 'public'],
  ['11.0.0.1', 'public'],
  ['223.255.255.255', 'public'],
  ['2606:4700::1111', 'public'],
  ['2a00:1450:4001::200e', 'public'],
];

describe('address', () => {
  it('[EGR2] tells what every spelling of an address is', ({ expect }) => {
    const got = KINDS.map(([text]) => {
      const address = parseAddress(text);
      return [text, address ? classify(address) : 'a name'];
    });
    expect(got).toEqual(KINDS);
  });

  it('[EGR2] takes what is no address for a name', ({ expect }) => {
    const names = [
      'example.com',
      '1.2.3.4.5',
      '256.1.1.1',
      '1.2.3.256',
      '4294967296',
      '08.1.1.1',
      '0xg',
      '127.0.0.1.nip.io',
      '',
      '1..2',
      '::1::',
      ':::',
      '12345::',
      '1:2:3:4:5:6:7',
      '::1.2.3',
      'g::1',
      'o177.0.0.1',
    ];
    expect(names.filter((name) => parseAddress(name) !== undefined)).toEqual([]);
  });

  it('[EGR2] agrees with the URL parser on what it will connect to', ({ expect }) => {
    const differs = KINDS.flatMap(([text]) => {
      let host: string;
      try {
        host = new URL(`http://${text.includes(':') && !text.startsWith('[') ? `[${text}]` : text}/`).hostname;
      } catch {
        return [];
      }
      const [ours, theirs] = [parseAddress(text), parseAddress(host)];
      return ours && theirs && addressText(ours) === addressText(theirs) ? [] : [[text, host]];
    });
    expect(differs).toEqual([]);
  });

  it('[EGR2] never calls an address of a private range public, whatever its notation', ({ expect }) => {
    const wrong: string[] = [];
    const hex = (value: number): string => `0x${value.toString(16)}`;
    const oct = (value: number): string => `0${value.toString(8)}`;
    for (const [a, b] of [
      [10, 3],
      [127, 9],
      [169, 254],
      [172, 20],
      [192, 168],
      [100, 70],
      [0, 1],
      [224, 1],
      [250, 1],
    ] as const) {
      for (const [c, d] of [
        [0, 1],
        [255, 255],
        [169, 254],
        [1, 0],
      ] as const) {
        const whole = ((a * 256 + b) * 256 + c) * 256 + d;
        const spellings = [
          `${a}.${b}.${c}.${d}`,
          `${a}.${b}.${c * 256 + d}`,
          `${a}.${(b * 256 + c) * 256 + d}`,
          `${whole}`,
          hex(whole),
          oct(whole),
          [a, b, c, d].map(hex).join('.'),
          [a, b, c, d].map(oct).join('.'),
          `${hex(a)}.${oct(b)}.${c}.${d}`,
          `::ffff:${a}.${b}.${c}.${d}`,
          `::ffff:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`,
          `64:ff9b::${a}.${b}.${c}.${d}`,
          `2002:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}::1`,
          `::${a}.${b}.${c}.${d}`,
        ];
        for (const text of spellings) {
          const address = parseAddress(text);
          if (!address || classify(address) === 'public') wrong.push(text);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('[EGR4] matches ranges by bits', ({ expect }) => {
    const cases: [string, string, boolean][] = [
      ['10.1.2.3', '10.0.0.0/8', true],
      ['11.1.2.3', '10.0.0.0/8', false],
      ['10.0.0.127', '10.0.0.0/25', true],
      ['10.0.0.128', '10.0.0.0/25', false],
      ['fd00::1', 'fd00::/8', true],
      ['::1', 'fd00::/8', false],
      ['10.0.0.1', 'fd00::/8', false],
      ['10.0.0.1', '10.0.0.0', false],
      ['10.0.0.1', '10.0.0.0/33', false],
      ['10.0.0.1', '10.0.0.0/x', false],
      ['10.0.0.1', '0.0.0.0/0', true],
    ];
    const got = cases.map(([address, cidr]) => [address, cidr, inCidr(parseAddress(address) ?? [], cidr)]);
    expect(got).toEqual(cases);
  });
});
