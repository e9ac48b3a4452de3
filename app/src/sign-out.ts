import { signOut } from "next-auth/react";

let leaving = false;

/** To the sign-in page, which says why. Once: a second navigation would abort the first. */
export function goToSignIn(reason: string): void {
  if (leaving) return;
  leaving = true;
  window.location.assign(`/sign-in?ended=${reason}`);
}

/**
 * Ends the session and leaves. The server tells every window of a session that it has ended, this one too, and maybe before it answers:
 * leaving on that word would drop the answer, which takes the cookie away.
 */
export async function signOutAndLeave(): Promise<void> {
  if (leaving) return;
  leaving = true;
  try {
    await signOut({ redirect: false });
  } finally {
    leaving = false;
  }
  goToSignIn("signed-out");
}
