/** Hands a value to the person as a JSON file. */
export const saveAs = (name: string, value: unknown): void =>
  saveBytesAs(name, new Blob([JSON.stringify(value, undefined, 2)], { type: 'application/json' }));

/** Hands bytes to the person as a file. */
export function saveBytesAs(name: string, bytes: Blob): void {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replaceAll(/[\\/:*?"<>|]/g, '-');
  link.click();
  URL.revokeObjectURL(url);
}
