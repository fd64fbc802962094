import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Badge, Card, Empty, Loading, Page } from '../../ui/surface.tsx';
import { Select } from '../../ui/select.tsx';
import { Table } from '../../ui/table.tsx';
import { Ago } from '../../ui/time.tsx';
import { Differences } from './differences.tsx';
import { Promotion } from './promotion.tsx';
import { environmentsQuery, versionsQuery, workflowQuery } from './queries.ts';
import { workflowTexts } from './texts.ts';

const DRAFT = 'draft';

/** Every version of a workflow: where it is live, going back to it, promoting it, and what changed between two. */
export function VersionsPage() {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id } = useParams({ from: '/workflows/$id/versions' });
  const search = useSearch({ from: '/workflows/$id/versions' });
  const workflow = useQuery(workflowQuery(client, id));
  const versions = useQuery(versionsQuery(client, id));
  const { data: environments } = useQuery(environmentsQuery(client));
  const names = environments?.environments.map(({ name }) => name) ?? ['production'];
  const makeLive = useMutation({
    mutationFn: ({ version, environment }: { version: number; environment: string }) =>
      client.call('POST /v1/workflows/{id}/rollback', { params: { id }, query: { environment }, body: { version } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['workflow', id] }),
  });
  const all = versions.data?.versions ?? [];
  const options = [
    { id: DRAFT, text: own.draft },
    ...all.map(({ version, note }) => ({
      id: String(version),
      text: `${own.version} ${version}${note && ` · ${note}`}`,
    })),
  ];
  const newer = search.newer ?? DRAFT;
  const older = search.older ?? String(all[0]?.version ?? DRAFT);
  const choose = (part: { older?: string; newer?: string }): void =>
    void navigate({ to: '/workflows/$id/versions', params: { id }, search: { older, newer, ...part }, replace: true });
  const failure = workflow.error ?? versions.error ?? makeLive.error;
  return (
    <Page
      title={own.versionsOf(workflow.data?.name ?? '')}
      actions={
        <Link to="/workflows/$id" params={{ id }} className="text-sm font-medium text-accent hover:underline">
          {texts.runs.editWorkflow}
        </Link>
      }
    >
      <p className="text-sm text-soft">{own.versionsLead}</p>
      {failure ? <ProblemBox error={failure} /> : null}
      {versions.isPending ? <Loading label={texts.loading} /> : null}
      {versions.data && all.length === 0 ? (
        <Card>
          <Empty title={own.noVersions}>{texts.runs.emptyText}</Empty>
        </Card>
      ) : null}
      {all.length > 0 ? (
        <>
          <Card>
            <Table
              label={own.versions}
              rows={all}
              keyOf={({ version }) => String(version)}
              columns={[
                {
                  id: 'version',
                  title: own.version,
                  isHead: true,
                  cell: ({ version }) => (
                    <>
                      <span className="sm:hidden">{own.version} </span>
                      {version}
                    </>
                  ),
                },
                { id: 'note', title: own.note, className: 'max-w-72 break-words', cell: ({ note }) => note || '–' },
                { id: 'at', title: own.published, cell: ({ createdAt }) => <Ago at={createdAt} /> },
                {
                  id: 'live',
                  title: own.liveIn,
                  cell: ({ environments: live }) =>
                    live.length === 0 ? (
                      '–'
                    ) : (
                      <span className="flex flex-wrap gap-3">
                        {live.map((name) => (
                          <Badge key={name} tone="good">
                            {name}
                          </Badge>
                        ))}
                      </span>
                    ),
                },
                {
                  id: 'do',
                  title: '',
                  className: 'text-right',
                  cell: ({ version, environments: live }) => (
                    <span className="flex flex-wrap justify-end gap-2">
                      {names
                        .filter((name) => !live.includes(name))
                        .map((environment) => (
                          <Button
                            key={environment}
                            isPending={makeLive.isPending}
                            aria-label={`${own.rollBackIn(environment)}: ${own.version} ${version}`}
                            onPress={() => makeLive.mutate({ version, environment })}
                          >
                            {own.rollBackIn(environment)}
                          </Button>
                        ))}
                    </span>
                  ),
                },
              ]}
            />
          </Card>
          <Promotion workflow={id} environments={names} />
          <section className="flex flex-col gap-3">
            <h2 className="text-base font-semibold">{own.differences}</h2>
            <div className="grid gap-3 sm:grid-cols-2">
              <Select
                label={own.compareFirst}
                value={older}
                onChange={(value) => choose({ older: value })}
                options={options}
              />
              <Select
                label={own.compareSecond}
                value={newer}
                onChange={(value) => choose({ newer: value })}
                options={options}
              />
            </div>
            <Differences workflow={id} older={older} newer={newer} />
          </section>
        </>
      ) : null}
    </Page>
  );
}
