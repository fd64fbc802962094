import { useTextsOf } from './index.tsx';

type Words = Readonly<Record<string, string>>;

const METERS: { en: Words; de: Words } = {
  en: {
    runs: 'Runs',
    steps: 'Steps',
    cpuMs: 'CPU time',
    egressBytes: 'Data transferred',
    apiCalls: 'API calls',
    aiTokens: 'AI tokens',
    storageBytes: 'Stored data',
    members: 'Members',
  },
  de: {
    runs: 'Läufe',
    steps: 'Schritte',
    cpuMs: 'CPU-Zeit',
    egressBytes: 'Übertragen',
    apiCalls: 'API-Aufrufe',
    aiTokens: 'KI-Token',
    storageBytes: 'Gespeichert',
    members: 'Mitglieder',
  },
};

/** What is measured, as people call it; a meter that is new is called as the API calls it. */
export function useMeterName(): (meter: string) => string {
  const words = useTextsOf(METERS);
  return (meter) => (Object.hasOwn(words, meter) ? (words[meter] ?? meter) : meter);
}
