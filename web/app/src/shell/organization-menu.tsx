import { useRouter } from '@tanstack/react-router';
import { useHeld, useSession } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { Icon } from '../../../ui/icon.tsx';

/** Where one is, and the way to one's other organisations. A key belongs to one, so there is nothing to choose. */
export function OrganizationMenu() {
  const { nav } = useTexts();
  const { tenant, account } = useSession();
  const { choose } = useHeld();
  const router = useRouter();
  if (!account) return null;
  const name = account.organizations.find(({ id }) => id === tenant)?.name ?? tenant;
  return (
    <Menu
      label={nav.organization}
      entries={[
        ...account.organizations.map((each) => ({
          id: each.id,
          text: each.id === tenant ? `✓ ${each.name}` : each.name,
          onAction: () => {
            router.history.replace('/workflows');
            choose(each.id);
          },
        })),
        { id: '+', text: nav.newOrganization, onAction: () => router.history.push('/organizations/new') },
      ]}
      trigger={
        <Button className="w-full max-md:justify-center max-md:px-0">
          <Mark name={name} />
          <span className="truncate max-md:sr-only">
            <span className="sr-only">{nav.organization}: </span>
            {name}
          </span>
          <span className="ml-auto text-soft max-md:hidden">
            <Icon name="down" size={14} />
          </span>
        </Button>
      }
    />
  );
}

export function Mark({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="flex size-5 shrink-0 items-center justify-center rounded bg-accent text-xs text-on-accent uppercase"
    >
      {name.slice(0, 1)}
    </span>
  );
}
