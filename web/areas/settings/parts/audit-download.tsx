import { useMutation } from '@tanstack/react-query';
import type { Client } from '../../../../sdk/client/index.ts';
import { useClient } from '../../../session/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { saveBytesAs } from '../../../ui/save-as.ts';
import { useSettingsTexts } from '../text/index.ts';

const PAGE = 5_000;

/** The whole log as lines of JSON, as `millrace audit verify` takes them. */
async function wholeLog(client: Client): Promise<Blob> {
  const parts: string[] = [];
  for (let after = 0; ;) {
    const { records } = await client.call('GET /v1/audit/records', { query: { after, limit: PAGE } });
    parts.push(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    const last = records.at(-1);
    if (!last || records.length < PAGE) return new Blob(parts, { type: 'application/x-ndjson' });
    after = last.seq;
  }
}

export function AuditDownload() {
  const { audit: texts } = useSettingsTexts();
  const client = useClient();
  const download = useMutation({ mutationFn: async () => saveBytesAs('audit.ndjson', await wholeLog(client)) });
  return (
    <div className="flex shrink-0 flex-col items-end gap-2">
      <Button onPress={() => download.mutate()} isPending={download.isPending}>
        <Icon name="download" />
        {texts.download}
      </Button>
      {download.error ? <ProblemBox error={download.error} /> : null}
    </div>
  );
}
