import { DOMAIN_NAME } from "./domain-name";

/** The part before the @, without quotes. Source: RFC 5321, section 4.1.2 (Dot-string) and 4.5.3.1.1 (64 characters). */
const LOCAL_PART = /^(?=.{1,64}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** Source: RFC 5321, section 4.5.3.1.3, less the angle brackets. */
const MAX_LENGTH = 254;

/** Whether the text is one e-mail address, with neither a display name nor white space. */
export function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf("@");
  const domain = text.slice(at + 1).toLowerCase();
  const fits = LOCAL_PART.test(text.slice(0, Math.max(at, 0))) && DOMAIN_NAME.test(domain) && !domain.endsWith(".");
  return fits && text.length <= MAX_LENGTH;
}
