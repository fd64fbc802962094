interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL: (url: string) => string;
  };
}

/** Only scripts of this app: the page's policy (Trusted Types) takes no other addresses. */
const policy = (globalThis as unknown as { trustedTypes?: Policies }).trustedTypes?.createPolicy('millrace-worker', {
  createScriptURL(url) {
    if (new URL(url, location.href).origin !== location.origin) throw new TypeError(`not a script of this app: ${url}`);
    return url;
  },
});

/** Starts a module worker from the address that the bundler gave (`?worker&url`). */
export const startWorker = (url: string): Worker =>
  new Worker(policy ? policy.createScriptURL(url) : url, { type: 'module' });
