import { useTexts } from '../../text/index.tsx';
import { Page } from '../../ui/surface.tsx';
import { AuditCard } from './audit-card.tsx';
import { KeysCard } from './keys-card.tsx';

export function SettingsPage() {
  const texts = useTexts();
  return (
    <Page title={texts.settings.title}>
      <KeysCard />
      <AuditCard />
    </Page>
  );
}
