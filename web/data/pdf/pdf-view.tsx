import { useEffect, useState } from 'react';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Loading } from '../../ui/surface.tsx';
import { type PageAnswer, Pdf } from './pdf.ts';

/** Sharp enough to read, in the width a preview has. */
const WIDTH = 1_000;

/** A PDF as pictures of its pages. Whoever does not see them is read their text. */
export function PdfView({ blob, title }: { blob: Blob; title: string }) {
  const { panel, loading } = useTexts();
  const [pdf, setPdf] = useState<Pdf>();
  const [page, setPage] = useState(1);
  const [shown, setShown] = useState<{ page: number; answer: PageAnswer }>();
  useEffect(() => {
    let opened: Pdf | undefined;
    let isGone = false;
    void blob.arrayBuffer().then((bytes) => {
      if (isGone) return;
      opened = new Pdf(bytes);
      setPdf(opened);
    });
    return () => {
      isGone = true;
      opened?.stop();
      setPdf(undefined);
      setPage(1);
      setShown(undefined);
    };
  }, [blob]);
  useEffect(() => {
    if (!pdf) return;
    let isOld = false;
    void pdf.page(page, WIDTH).then((answer) => (isOld ? undefined : setShown({ page, answer })));
    return () => {
      isOld = true;
    };
  }, [pdf, page]);
  if (!shown) return <Loading label={loading} />;
  const { answer } = shown;
  if (answer.kind === 'locked') return <p className="text-soft">{panel.lockedFile}</p>;
  if (answer.kind === 'broken' && answer.count < 2) return <p className="text-soft">{panel.brokenFile}</p>;
  const { count } = answer;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {answer.kind === 'broken' ? (
        <p className="text-soft">{panel.brokenPage}</p>
      ) : (
        <>
          <Picture blob={answer.picture} title={`${title}, ${panel.pageOf(shown.page, count)}`} />
          <p className="sr-only">{answer.text}</p>
        </>
      )}
      {count > 1 ? (
        <div className="flex items-center gap-2">
          <Button isDisabled={page === 1} onPress={() => setPage(page - 1)}>
            {panel.pageBefore}
          </Button>
          <Button isDisabled={page === count} onPress={() => setPage(page + 1)}>
            {panel.pageAfter}
          </Button>
          <span role="status" className="text-soft">
            {panel.pageOf(page, count)}
          </span>
        </div>
      ) : null}
    </div>
  );
}

function Picture({ blob, title }: { blob: Blob; title: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url === undefined ? null : (
    <img src={url} alt={title} className="w-full max-w-2xl rounded border border-line" />
  );
}
