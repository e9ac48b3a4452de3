import { isHostName } from "./domain-name";

/** Longest endpoint of a subscription; other places take less. Source: SNS API reference, Subscribe. */
const MAX_LENGTH = 2048;
/** Printable ASCII: RFC 3986 encodes everything else. A backslash would be read as a slash. */
const WRITTEN = /^https:\/\/[!-[\]-~]+$/;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Whether the text is an https URL with a host name or IPv4 address, and without user, password and fragment. */
export function isHttpsUrl(text: string): boolean {
  if (!WRITTEN.test(text) || text.length > MAX_LENGTH || text.includes("#") || !URL.canParse(text)) return false;
  const { hostname, username, password } = new URL(text);
  const named = isHostName(hostname) || IPV4.test(hostname);
  // The parser drops empty user information and corrects a second slash.
  return named && username === "" && password === "" && !/^https:\/\/[/@:]/.test(text);
}
