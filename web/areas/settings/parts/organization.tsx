import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useClient } from '../../../session/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { FileButton } from '../../../ui/file-button.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { Card } from '../../../ui/surface.tsx';
import { type Fields, isFields } from '../schema/schema.ts';
import { useSettingsTexts } from '../text/index.ts';
import { BrandPreview } from './brand-preview.tsx';
import { DocumentCard } from './document-card.tsx';

function changeable({ name, branding, retentionDays, auditDays }: Fields): Fields {
  const { logo: _, ...look } = isFields(branding) ? branding : {};
  return { name, branding: look, retentionDays, auditDays };
}

export function Organization() {
  const { organization: texts } = useSettingsTexts();
  const client = useClient();
  const queries = useQueryClient();
  const organization = useQuery({
    queryKey: ['GET /v1/organization', {}],
    queryFn: () => client.call('GET /v1/organization'),
  });
  const setLogo = useMutation({
    mutationFn: async (file: File | undefined) =>
      file
        ? client.call('PUT /v1/organization/logo', { body: new Uint8Array(await file.arrayBuffer()) })
        : client.call('DELETE /v1/organization/logo'),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['GET /v1/organization'] }),
  });
  const { id = '', region, branding } = organization.data ?? {};
  const logo = branding?.logo === undefined ? undefined : `/brand/${id}/logo?at=${organization.dataUpdatedAt}`;
  return (
    <>
      <DocumentCard
        title={texts.title}
        lead={<p>{id === '' ? null : texts.lead(id, region ?? undefined)}</p>}
        read="GET /v1/organization"
        write="PATCH /v1/organization"
        valueOf={changeable}
        renderPreview={(value) => <BrandPreview value={value} logo={logo} />}
      />
      <Card className="flex flex-col gap-3 p-4">
        <h2 className="text-base font-semibold">{texts.logo}</h2>
        <p className="-mt-2 text-sm text-soft">{texts.logoLead}</p>
        {logo === undefined ? null : (
          <img
            src={logo}
            alt={texts.logo}
            className="max-h-16 max-w-64 self-start rounded-md border border-line bg-ground object-contain p-2"
          />
        )}
        {setLogo.error ? <ProblemBox error={setLogo.error} /> : null}
        <div className="flex gap-2">
          <FileButton
            text={texts.chooseLogo}
            accept="image/png,image/jpeg,image/gif,image/webp"
            onFile={(file) => setLogo.mutate(file)}
          />
          {branding?.logo === undefined ? null : (
            <Button onPress={() => setLogo.mutate(undefined)}>{texts.removeLogo}</Button>
          )}
        </div>
      </Card>
    </>
  );
}
