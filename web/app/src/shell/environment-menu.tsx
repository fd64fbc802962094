import { useQuery } from '@tanstack/react-query';
import { environmentsQuery } from '../../../areas/workflows/queries.ts';
import { PRODUCTION, useEnvironment } from '../../../session/environment.ts';
import { useClient } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { useFirstAnswer } from './use-first-answer.ts';
import { Icon } from '../../../ui/icon.tsx';

/** Which environment publishing and runs by hand are about; shown to whoever may see environments. */
export function EnvironmentMenu() {
  const { nav } = useTexts();
  const client = useClient();
  const { environment, choose } = useEnvironment();
  const { data } = useQuery({ ...environmentsQuery(client), enabled: useFirstAnswer() });
  if (!data) return null;
  return (
    <Menu
      label={nav.environment}
      entries={data.environments.map(({ name }) => ({
        id: name,
        text: name === environment ? `✓ ${name}` : name,
        onAction: () => choose(name),
      }))}
      trigger={
        <Button look="quiet" className="w-full max-md:justify-center max-md:px-0">
          <span
            aria-hidden="true"
            className={`size-2 shrink-0 rounded-full ${environment === PRODUCTION ? 'bg-good' : 'bg-busy'}`}
          />
          <span className="truncate max-md:sr-only">
            <span className="sr-only">{nav.environment}: </span>
            {environment}
          </span>
          <span className="ml-auto max-md:hidden">
            <Icon name="down" size={14} />
          </span>
        </Button>
      }
    />
  );
}
