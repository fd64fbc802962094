// A Worker of its own for what computes on files: its libraries are larger than the rest of the product, and one
// picture can hold a thread for seconds. It has no bindings and no network; bytes come and go with each call.
import { isNodeError, runHere, type TransformContext } from '../../core/node/transform.ts';
import { TRANSFORMS } from '../../core/nodes/transforms.generated.ts';
import { type Answer, packAnswer, type Request as Message, Unpacker } from './protocol.ts';

/** The event loop is the whole process's: probes and others' calls have their turn while a transform works. */
const breathe = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

async function* answers({ transform, calls, nowMs, zone, credential }: Message): AsyncGenerator<Answer> {
  const context: TransformContext = {
    nowMs,
    zone,
    breathe,
    ...(credential ? { credential: new Map(credential) } : {}),
  };
  try {
    const load = TRANSFORMS.get(transform);
    if (!load) return yield { error: { code: 'unknown-transform', message: `There is no transform '${transform}'.` } };
    for await (const outcome of runHere(await load(), context).run(calls)) {
      if (!isNodeError(outcome)) {
        yield { items: outcome };
        continue;
      }
      const { code, message, description, itemIndex } = outcome;
      const more = {
        ...(description === undefined ? {} : { description }),
        ...(itemIndex === undefined ? {} : { itemIndex }),
      };
      yield { error: { code, message, ...more } };
    }
  } catch (error) {
    yield { fault: error instanceof Error ? error.message : String(error) };
  }
}

/** Answers with the head at once, then a message for each call as it is done; stops when nobody reads on. */
async function handle(request: Request): Promise<Response> {
  if (request.method !== 'POST' || !request.body) return new Response('POST a message (protocol.ts)', { status: 405 });
  const made = answers(await new Unpacker(request.body).request());
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await made.next();
        if (done) return controller.close();
        for (const part of packAnswer(value)) if (part.length > 0) controller.enqueue(part);
      },
      async cancel() {
        await made.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body);
}

// oxlint-disable-next-line import/no-default-export -- workerd needs it
export default { fetch: handle };
