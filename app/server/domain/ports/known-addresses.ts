/** The network addresses from which people have signed in to an account lately. */
export interface KnownAddresses {
  /** @throws DatabaseUnavailable */
  has(account: string, clientAddress: string): Promise<boolean>;
  /** @throws DatabaseUnavailable */
  remember(account: string, clientAddress: string): Promise<void>;
}
