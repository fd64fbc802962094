import { useHeld, useSession } from '../../session/session.tsx';
import { Card } from '../../ui/surface.tsx';
import { OrganizationForm } from './organization-form.tsx';
import { ByKey } from './page.tsx';
import { useAccountTexts } from './text/index.ts';

export function NewOrganizationPage() {
  const { organization } = useAccountTexts();
  const { account } = useSession();
  const { refresh } = useHeld();
  const enter = async (id: string): Promise<void> => {
    history.replaceState(null, '', '/workflows');
    await refresh(id);
  };
  if (!account) return <ByKey title={organization.title} />;
  return (
    <div className="mx-auto w-full max-w-lg p-6">
      <Card className="flex flex-col gap-5 p-6">
        <OrganizationForm onMade={enter} />
      </Card>
    </div>
  );
}
