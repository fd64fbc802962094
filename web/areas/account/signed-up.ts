/** The link of the mail may open in another tab of this browser. */
const KEY = 'millrace.signed-up';

/** Whose address is being confirmed, so that nobody types it twice. */
export const rememberSignUp = (email: string): void => localStorage.setItem(KEY, email);

/** That address, where the link of its mail has just led. */
export function confirmedEmail(): string {
  if (!new URLSearchParams(location.search).has('verified')) return '';
  return localStorage.getItem(KEY) ?? '';
}

export const forgetSignUp = (): void => localStorage.removeItem(KEY);
