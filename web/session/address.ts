// What addresses bring along: texts that open something never stay in the address bar or the history.

const hash = new URLSearchParams(location.hash.slice(1));
const search = new URLSearchParams(location.search);

/** Where a tab keeps the API key that opened it. */
export const STORED_KEY = 'millrace.key';
/** Of the link that `npm start` prints. Kept before it is hidden: a reload in between would lose it. */
const givenKey = hash.get('key');
if (givenKey !== null) sessionStorage.setItem(STORED_KEY, givenKey);

/** Of the mail to somebody who forgot their password. */
export const resetToken = location.pathname === '/reset' ? search.get('token') : null;

const INVITATION = 'millrace.invitation';
const followed = hash.get('invitation');
if (followed !== null) sessionStorage.setItem(INVITATION, followed);

if (resetToken !== null) history.replaceState(null, '', location.pathname);
else if (givenKey !== null || followed !== null) {
  history.replaceState(null, '', location.pathname + location.search);
}

/** The invitation somebody followed in this tab and has not accepted yet. */
export const invitation = (): string | null => sessionStorage.getItem(INVITATION);
export const forgetInvitation = (): void => sessionStorage.removeItem(INVITATION);
