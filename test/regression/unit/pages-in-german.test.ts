import { describe, it } from 'vitest';
import { decidedResponse, membersResponse } from '../../../workers/pages/decision.ts';
import { pageFailure } from '../../../workers/pages/failure.ts';
import { formResponse } from '../../../workers/pages/forms.ts';
import { readerOf } from '../../../workers/pages/reader.ts';

const reader = readerOf(new Request('https://x.test', { headers: { 'accept-language': 'de' } }), 'req_canary');

describe('a page in German', () => {
  it('[PAG16] says a default in its title and its sentences too', async ({ expect }) => {
    const page = { title: 'Approve?', description: '', button: 'Send', fields: [], attribution: false };
    const decided = { title: 'Approve?', approved: true, isLate: false, atMs: 0 };
    const pages = [
      decidedResponse(decided, false, reader),
      membersResponse('Approve?', 'https://x.test/runs/1', reader),
      formResponse({ page, values: new Map(), faults: [], key: 'k' }, reader),
      formResponse({ page, values: new Map(), faults: [{ field: 0, message: 'x' }], key: 'k' }, reader),
    ];
    for (const each of pages) {
      const text = await each.text();
      expect(text).toContain('Genehmigen?');
      expect(text).not.toContain('Approve?');
    }
  });

  it('[PAG16] says under which id a failure of ours is found', async ({ expect }) => {
    expect(await pageFailure(new Error('canary'), reader).text()).toContain('req_canary');
  });
});
