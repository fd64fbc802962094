import { describe, it } from 'vitest';
import { evaluate } from './testing.ts';

describe('what slow functions cost', () => {
  const SLOW = [
    '$now', '$today', '$now.toRelative()', '$now.toLocaleParts()', '$now.offsetNameLong', '(5).toLocaleString("de")', '(5).format("de")',
    'new Date(0).toLocaleString("de")', 'new Date(0).toLocaleDateString()', 'new Intl.NumberFormat("de")', '"ä".localeCompare("z")',
    'DateTime.fromISO("2024-01-31")', 'Interval.after($now, {days: 1})', 'new URL("https://a.b")', '"x@y.zz".extractDomain()', 'JSON.parse("{")',
  ]; // prettier-ignore
  for (const code of SLOW) {
    it(`[EXP23] an endless loop of ${code} ends soon`, ({ expect }) => {
      const before = process.cpuUsage();
      expect(() => evaluate(`(() => { while (true) { try { ${code} } catch {} } })()`)).toThrow(/steps/);
      const { user, system } = process.cpuUsage(before);
      // of this process only: what else the machine does costs it nothing
      expect((user + system) / 1_000_000).toBeLessThan(8);
    });
  }
});
