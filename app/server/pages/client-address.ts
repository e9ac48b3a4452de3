/** The header that passes the client's address to next-auth; a value that the client sends is overwritten. */
export const CLIENT_ADDRESS_HEADER = "x-messenger-client-address";
