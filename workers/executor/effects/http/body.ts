import type { BinaryRef } from '../../../../core/data/item.ts';
import type { HttpBody, HttpPart } from '../../../../core/http/request.ts';
import type { RequestBody } from '../../egress/fetch.ts';
import type { ExecutorPorts } from '../../ports.ts';
import { readFile } from './files.ts';

const text = (value: string, mimeType: string): { body: RequestBody; mimeType: string } => {
  const bytes = new TextEncoder().encode(value);
  return { body: { make: () => Promise.resolve(bytes), bytes: bytes.byteLength }, mimeType };
};

const escapeName = (name: string): string => name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

/** Builds multipart by hand: FormData would hide the size and the boundary must be the same on every attempt. */
async function multipart(
  parts: readonly HttpPart[],
  tenant: string,
  ports: ExecutorPorts,
): Promise<{ body: RequestBody; mimeType: string }> {
  const boundary = `----millrace${ports.newId()}`;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  // SAFETY: an encoder never makes shared memory; the platforms' types disagree on saying so.
  const encode = (value: string): number => chunks.push(new TextEncoder().encode(value) as Uint8Array<ArrayBuffer>);
  for (const part of parts) {
    const name = `form-data; name="${escapeName(part.name)}"`;
    if ('file' in part) {
      const { bytes, mimeType } = await readFile(part.file, tenant, ports);
      const fileName = escapeName(part.file.fileName ?? 'file');
      encode(
        `--${boundary}\r\nContent-Disposition: ${name}; filename="${fileName}"\r\nContent-Type: ${mimeType}\r\n\r\n`,
      );
      chunks.push(bytes);
      encode('\r\n');
    } else encode(`--${boundary}\r\nContent-Disposition: ${name}\r\n\r\n${part.value}\r\n`);
  }
  encode(`--${boundary}--\r\n`);
  const whole = new Uint8Array(await new Blob(chunks).arrayBuffer());
  return {
    body: { make: () => Promise.resolve(whole), bytes: whole.byteLength },
    mimeType: `multipart/form-data; boundary=${boundary}`,
  };
}

/** The bytes of a request and their media type. @throws EgressError `file-missing` for a lost file. */
export async function requestBody(
  body: HttpBody,
  tenant: string,
  ports: ExecutorPorts,
): Promise<{ body: RequestBody; mimeType: string }> {
  switch (body.kind) {
    case 'json':
      return text(JSON.stringify(body.value), 'application/json');
    case 'text':
      return text(body.text, body.mimeType);
    case 'form':
      return text(new URLSearchParams(body.fields).toString(), 'application/x-www-form-urlencoded');
    case 'multipart':
      return multipart(body.parts, tenant, ports);
    case 'file': {
      const file: BinaryRef = body.file;
      const { bytes, mimeType } = await readFile(file, tenant, ports);
      return {
        body: { make: () => Promise.resolve(bytes), bytes: bytes.byteLength },
        mimeType: body.mimeType ?? mimeType,
      };
    }
  }
}
