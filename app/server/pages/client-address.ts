/** The header in which the route of next-auth finds the client's address; what a client writes there is overwritten. */
export const CLIENT_ADDRESS_HEADER = "x-messenger-client-address";
