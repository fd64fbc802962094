// What addresses bring along: texts that open something never stay in the address bar or the history.

const hash = new URLSearchParams(location.hash.slice(1));
const given = { key: hash.get('key'), invitation: hash.get('invitation') };
if (given.key !== null || given.invitation !== null) {
  history.replaceState(null, '', location.pathname + location.search);
}

/** The API key of the link that `npm start` prints, once. */
export function takeKey(): string | null {
  const { key } = given;
  given.key = null;
  return key;
}

const INVITATION = 'millrace.invitation';
if (given.invitation !== null) sessionStorage.setItem(INVITATION, given.invitation);

/** The invitation somebody followed in this tab and has not accepted yet. */
export const invitation = (): string | null => sessionStorage.getItem(INVITATION);
export const forgetInvitation = (): void => sessionStorage.removeItem(INVITATION);
