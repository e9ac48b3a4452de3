/** The password for the next connection to the database; asked again for each one, since tokens run out and secrets are rotated. */
export interface PasswordSource {
  password(): Promise<string>;
  /** The last one was refused: the next call has to fetch it anew. */
  forget(): void;
}

export function fixedPassword(password: string): PasswordSource {
  return { password: () => Promise.resolve(password), forget: () => undefined };
}
