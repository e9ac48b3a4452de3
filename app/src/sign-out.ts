import { signOut } from "next-auth/react";

let isLeaving = false;

/** Navigates to the sign-in page, which shows the reason. Only once, because a second navigation would abort the first. */
export function goToSignIn(reason: string): void {
  if (isLeaving) return;
  isLeaving = true;
  window.location.assign(`/sign-in?ended=${reason}`);
}

/**
 * Ends the session and goes to the sign-in page. The server notifies every window of the session, possibly before it answers this
 * request; navigating on that notice would drop the answer, which removes the cookie.
 */
export async function signOutAndLeave(): Promise<void> {
  if (isLeaving) return;
  isLeaving = true;
  try {
    await signOut({ redirect: false });
  } finally {
    isLeaving = false;
  }
  goToSignIn("signed-out");
}
