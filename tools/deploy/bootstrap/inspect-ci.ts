import {
  AddClientIDToOpenIDConnectProviderCommand,
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { isDeepStrictEqual } from "node:util";
import { type Change, type Finding } from "./finding";
import { type Forge } from "./forge";
import { type Place } from "./role-policies";
import { AUDIENCE, providerArn, type WantedRole } from "./roles";

/** Name of the inline policy of every role. */
const POLICY = "pipeline";
const TAGS = [{ Key: "ManagedBy", Value: "make bootstrap" }];

/** Compares the account's OIDC provider for the pipeline with what it has to be. */
export async function inspectProvider(iam: IAMClient, forge: Forge, place: Place): Promise<Finding> {
  const subject = `OIDC provider of ${forge.name}`;
  const OpenIDConnectProviderArn = providerArn(forge, place);
  const found = await unlessMissing(() => iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })));
  if (found === undefined) {
    // IAM fetches the thumbprint itself. Source: IAM API reference, CreateOpenIDConnectProvider.
    const create = { Url: forge.issuer, ClientIDList: [AUDIENCE], Tags: TAGS };
    const make = () => iam.send(new CreateOpenIDConnectProviderCommand(create));
    return { subject, fits: [], changes: [{ what: `create it for ${forge.issuer}`, make }], problems: [] };
  }
  if (found.ClientIDList?.includes(AUDIENCE)) return { subject, fits: [forge.issuer], changes: [], problems: [] };
  const add = { OpenIDConnectProviderArn, ClientID: AUDIENCE };
  const make = () => iam.send(new AddClientIDToOpenIDConnectProviderCommand(add));
  return { subject, fits: [], changes: [{ what: `add the audience ${AUDIENCE}`, make }], problems: [] };
}

/** Compares a role of the pipeline with what it has to be. Rights that somebody added stay, and are named. */
export async function inspectRole(iam: IAMClient, wanted: WantedRole): Promise<Finding> {
  const { name: RoleName, trust, maxSessionSec, description: Description } = wanted;
  const subject = `role ${RoleName}`;
  const role = (await unlessMissing(() => iam.send(new GetRoleCommand({ RoleName }))))?.Role;
  const AssumeRolePolicyDocument = JSON.stringify(trust);
  if (role === undefined) {
    const MaxSessionDuration = maxSessionSec;
    const create = { RoleName, Description, AssumeRolePolicyDocument, MaxSessionDuration, Tags: TAGS };
    const creation = { what: "create it", make: () => iam.send(new CreateRoleCommand(create)) };
    const rights = missingRights(iam, wanted, { attached: [], inline: undefined });
    return { subject, fits: [], changes: [creation, ...rights], problems: [] };
  }
  const changes: Change[] = [];
  if (!isDeepStrictEqual(parsed(role.AssumeRolePolicyDocument), trust)) {
    const update = { RoleName, PolicyDocument: AssumeRolePolicyDocument };
    changes.push({ what: "who may assume it", make: () => iam.send(new UpdateAssumeRolePolicyCommand(update)) });
  }
  if (role.MaxSessionDuration !== maxSessionSec) {
    const update = { RoleName, Description, MaxSessionDuration: maxSessionSec };
    changes.push({
      what: `longest session: ${role.MaxSessionDuration} s -> ${maxSessionSec} s`,
      make: () => iam.send(new UpdateRoleCommand(update)),
    });
  }
  const attached = await attachedPolicies(iam, RoleName);
  const inline = await unlessMissing(() => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: POLICY })));
  changes.push(...missingRights(iam, wanted, { attached, inline: parsed(inline?.PolicyDocument) }));
  const foreign = attached.filter((arn) => !wanted.managed.includes(arn));
  const problems = foreign.map(
    (arn) => `expected no other policy, found ${arn}. It stays; detach it if nobody needs it.`,
  );
  return { subject, fits: changes.length === 0 ? ["trust, session and rights"] : [], changes, problems };
}

function missingRights(
  iam: IAMClient,
  { name: RoleName, managed, inline: wanted }: WantedRole,
  has: { readonly attached: readonly string[]; readonly inline: unknown },
): Change[] {
  const attach = managed
    .filter((arn) => !has.attached.includes(arn))
    .map((PolicyArn) => ({
      what: `attach ${PolicyArn.split("/").at(-1)}`,
      make: () => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
    }));
  if (wanted === undefined || isDeepStrictEqual(has.inline, wanted)) return attach;
  const put = { RoleName, PolicyName: POLICY, PolicyDocument: JSON.stringify(wanted) };
  const what = `${has.inline === undefined ? "add" : "change"} its own policy`;
  return [...attach, { what, make: () => iam.send(new PutRolePolicyCommand(put)) }];
}

async function attachedPolicies(iam: IAMClient, RoleName: string): Promise<string[]> {
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  return AttachedPolicies.map(({ PolicyArn = "" }) => PolicyArn);
}

/** IAM returns documents URL-encoded. Source: IAM API reference, GetRolePolicy. */
function parsed(document: string | undefined): unknown {
  return document === undefined ? undefined : JSON.parse(decodeURIComponent(document));
}

async function unlessMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && error.name.startsWith("NoSuchEntity")) return undefined;
    throw error;
  }
}
