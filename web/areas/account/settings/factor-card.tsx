import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { post } from '../../../session/auth.ts';
import { useHeld } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Badge, Loading } from '../../../ui/surface.tsx';
import { useAccountTexts } from '../text/index.ts';
import { AccountCard } from './card.tsx';

const QrCode = lazy(() => import('./qr-code.tsx').then(({ QrCode: code }) => ({ default: code })));

interface Enabled {
  totpURI: string;
  backupCodes: string[];
}

/** Codes of an authenticator app: turning them on is done only when the app has shown a right one. */
export function FactorCard({ isOn }: { isOn: boolean }) {
  const { account: texts, code: words } = useAccountTexts();
  const { loading } = useTexts();
  const { refresh } = useHeld();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [codes, setCodes] = useState<string[]>();
  const begin = useMutation({
    mutationFn: () => post<Enabled>('/auth/two-factor/enable', { password }),
    onSuccess: () => setPassword(''),
  });
  const confirm = useMutation({
    mutationFn: async () => {
      await post('/auth/two-factor/verify-totp', { code });
      setCodes(begin.data?.backupCodes);
      begin.reset();
      setCode('');
      await refresh();
    },
  });
  const end = useMutation({
    mutationFn: async () => {
      await post('/auth/two-factor/disable', { password });
      setPassword('');
      setCodes(undefined);
      await refresh();
    },
  });
  const renew = useMutation({
    mutationFn: () => post<{ backupCodes: string[] }>('/auth/two-factor/generate-backup-codes', { password }),
    onSuccess: (made) => {
      setPassword('');
      setCodes(made.backupCodes);
    },
  });
  const submit = begin.data ? confirm : isOn ? end : begin;
  return (
    <>
      <AccountCard
        title={texts.factor}
        lead={isOn ? texts.factorOn : texts.factorOff}
        error={begin.error ?? confirm.error ?? end.error ?? renew.error}
        onSubmit={() => submit.mutate()}
      >
        <div className="w-full">
          <Badge tone={isOn ? 'good' : 'soft'}>{isOn ? texts.on : texts.off}</Badge>
        </div>
        {begin.data ? (
          <>
            <Suspense fallback={<Loading label={loading} />}>
              <QrCode uri={begin.data.totpURI} lead={texts.scan} secretLead={texts.secret} />
            </Suspense>
            <TextField
              label={words.label}
              value={code}
              onChange={setCode}
              inputMode="numeric"
              autoComplete="one-time-code"
              isMono
              autoFocus
            />
            <Button type="submit" look="main" isDisabled={code.trim() === ''} isPending={confirm.isPending}>
              {words.submit}
            </Button>
          </>
        ) : (
          <>
            <TextField
              label={texts.confirmPassword}
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
            />
            <Button type="submit" isDisabled={password === ''} isPending={submit.isPending}>
              {isOn ? texts.turnOff : texts.turnOn}
            </Button>
            {isOn ? (
              <Button onPress={() => renew.mutate()} isDisabled={password === ''} isPending={renew.isPending}>
                {texts.newCodes}
              </Button>
            ) : null}
          </>
        )}
      </AccountCard>
      {codes ? <RecoveryCodes codes={codes} /> : null}
    </>
  );
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const { account: texts } = useAccountTexts();
  return (
    <AccountCard title={texts.recovery} lead={texts.recoveryLead}>
      <ul className="grid grid-cols-2 gap-2 font-mono text-sm sm:grid-cols-5">
        {codes.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </AccountCard>
  );
}
