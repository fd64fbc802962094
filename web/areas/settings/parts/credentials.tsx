import { SealCard } from '../../credentials/seal-card.tsx';
import { TEXTS } from '../../credentials/texts.ts';
import { useTexts, useTextsOf } from '../../../text/index.tsx';
import { CollectionCard } from '../collections/collection-card.tsx';
import { credentials } from '../collections/credentials.tsx';
import { useSettingsTexts } from '../text/index.ts';

export function Credentials() {
  const collection = credentials(useSettingsTexts(), useTextsOf(TEXTS), useTexts());
  return (
    <>
      <CollectionCard collection={collection} />
      <SealCard />
    </>
  );
}
