/** Names of attributes and environment variables that suggest a secret. `ECS_ENGINE_AUTH_DATA` holds registry passwords. */
const SECRET_NAME =
  /passw(or)?d|passphrase|secret|token|credential|private_?key|api_?key|access_?key|encryption_?key|auth_?data|connection_?string|webhook/i;

/** Names that contain such a word and hold no secret: settings about one. */
const ABOUT_A_SECRET =
  /(_arns?|_ids?|_names?|_version|_days|_strategy|_enabled|_type|_minutes|_seconds|_length|^valueFrom)$/i;

/** Values that are secret whatever holds them. */
const SECRET_SHAPES: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "an AWS access key id", pattern: /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { what: "a URL with a password", pattern: /(?<![a-z0-9+.-])[a-z0-9+.-]+:\/\/[^/?#\s@"':]*:[^/?#\s"'@]*@[^\s"']*/gi },
  { what: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g },
  { what: "a signed token", pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}(\.[\w-]*)?/g },
  { what: "an Authorization header", pattern: /\b(Bearer|Basic)\s+[\w+/=.~-]{8,}/g },
  {
    what: "a token of GitHub, GitLab, Slack or Stripe",
    pattern:
      /\b(gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|[srw][kh](_live|_test|sec)_\w{10,})/g,
  },
  { what: "a webhook's URL", pattern: /https:\/\/hooks\.slack\.com\/\S+/g },
];

/** Longest run of characters of a random value; shorter ones are words, ids and hashes of names. */
const RANDOM_RUN = /[A-Za-z0-9+/_=]{20,}/g;
const MINIMUM_BITS_PER_CHARACTER = 3.5;

/** 32 or more hexadecimal digits: a key, or a digest. */
const HEX_RUN = /(?<![0-9a-f])[0-9a-f]{32,}(?![0-9a-f])/gi;

/** What may be long and look random: an image's digest, and the name of a git commit. */
const DIGEST = /\bsha(256|384|512):[0-9a-f]+/gi;
const GIT_COMMIT_LENGTH = 40;

/** Whether an attribute's or a variable's name says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !ABOUT_A_SECRET.test(name);
}

/** Replaces everything in a text that has the shape of a secret by what it looks like. */
export function hideSecretShapes(text: string): string {
  const known = SECRET_SHAPES.reduce((all, { what, pattern }) => all.replace(pattern, `(hidden: ${what})`), text);
  const digests = new Set(known.match(DIGEST)?.map((digest) => digest.split(":")[1]!));
  const hide = (run: string, isRandom: boolean) => (isRandom && !digests.has(run) ? "(hidden: a random value)" : run);
  return known
    .replace(HEX_RUN, (run) => hide(run, run.length !== GIT_COMMIT_LENGTH))
    .replace(RANDOM_RUN, (run) => hide(run, isRandom(run)));
}

/** Whether a run of characters mixes cases and digits too evenly for a name. */
function isRandom(run: string): boolean {
  const mixed = /[a-z]/.test(run) && /[A-Z]/.test(run) && (run.match(/\d/g)?.length ?? 0) >= 2;
  return mixed && bitsPerCharacter(run) >= MINIMUM_BITS_PER_CHARACTER;
}

/** Shannon's entropy. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
