/**
 * Lookahead of a regular expression for a path: it has no segment `.` or `..`. Clients and nginx remove such segments before they send or
 * compare a path, so one with them matches no request. Source: RFC 3986, section 5.2.4.
 */
export const NO_DOT_SEGMENTS = String.raw`(?!(?:.*\/)?\.{1,2}(?:\/|\?|$))`;

/** A literal path of a Socket.IO server, with a slash at both ends. */
export const SOCKET_PATH = new RegExp(String.raw`^\/${NO_DOT_SEGMENTS}([A-Za-z0-9._~-]+\/)+$`);
