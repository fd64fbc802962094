import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, describe, it } from 'vitest';
import { createClient } from '../../sdk/client/index.ts';
import { type Names, namesQuery } from './names.ts';

/** An API with these projects, that may be down. */
class Projects {
  readonly all = [{ id: 'prj_old', name: 'Old' }];
  isDown = false;
  asked = 0;
  readonly client = createClient({
    url: 'https://millrace.example',
    fetch: async (url) => {
      if (this.isDown) return Response.json({ code: 'x', title: 'x' }, { status: 503 });
      if (new URL(url).pathname === '/v1/access') return Response.json({ scopes: ['projects:read'] });
      this.asked++;
      return Response.json({ projects: this.all });
    },
  });
}

describe('names of what records hold the id of', () => {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  afterEach(() => queries.clear());

  /** Looks for the name of an id as a page does that comes into view. */
  async function look(projects: Projects, id: string): Promise<string | undefined> {
    const observer = new QueryObserver(queries, namesQuery(projects.client, 'project', id));
    const leave = observer.subscribe(() => undefined);
    await queries.fetchQuery({ ...namesQuery(projects.client, 'project'), staleTime: Infinity });
    while (queries.isFetching() > 0) await new Promise((done) => setTimeout(done, 1));
    leave();
    return observer.getCurrentResult().data?.names.get(id);
  }
  const age = (ms: number): void => {
    const { queryKey } = namesQuery(new Projects().client, 'project');
    queries.setQueryData<Names>(queryKey, (held) => held, { updatedAt: Date.now() - ms });
  };

  it('are read again for what was made since, and only then', async ({ expect }) => {
    const projects = new Projects();
    expect(await look(projects, 'prj_old')).toBe('Old');
    projects.all.push({ id: 'prj_new', name: 'New' });
    age(10_000);
    expect(await look(projects, 'prj_old')).toBe('Old');
    expect(projects.asked).toBe(1);
    expect(await look(projects, 'prj_new')).toBe('New');
    expect(projects.asked).toBe(2);
  });

  it('are not thought to be none when the server did not answer', async ({ expect }) => {
    const projects = new Projects();
    projects.isDown = true;
    await expect(look(projects, 'prj_old')).rejects.toMatchObject({ status: 503 });
    projects.isDown = false;
    expect(await look(projects, 'prj_old')).toBe('Old');
  });
});
