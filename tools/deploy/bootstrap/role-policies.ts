import { type StackNeeds } from "./read-stacks";

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** What the policies refer to. */
export interface Place {
  readonly application: string;
  readonly accountId: string;
  readonly partition: string;
  readonly kmsKeyArn: string | undefined;
  /** Every stack of the account. */
  readonly stacks: readonly StackNeeds[];
}

/** Services that the stacks' roles are for. */
const PASSED_TO = [
  "ecs-tasks.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "rds.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
  "ec2.amazonaws.com",
];

/** Source: ECR user guide, "IAM permissions for pushing an image". */
const PUSH = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:DescribeImages",
  "ecr:GetDownloadUrlForLayer",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

function document(...statements: readonly (Statement | undefined)[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements.filter((each) => each !== undefined) };
}

/** Decryption of the state; nothing where S3's own key encrypts it. */
function stateKey({ kmsKeyArn }: Place, ...actions: string[]): Statement | undefined {
  return kmsKeyArn === undefined
    ? undefined
    : { Sid: "StateKey", Effect: "Allow", Action: actions, Resource: [kmsKeyArn] };
}

function objects({ partition }: Place, { stack, state }: StackNeeds, ...paths: string[]): string[] {
  return state === undefined ? [] : paths.map((path) => `arn:${partition}:s3:::${state.bucket}/${stack}/${path}`);
}

/** Returns what the role for pull requests has beside ReadOnlyAccess: the state's key, and `undefined` where it has none. */
export function planPolicy(place: Place): PolicyDocument | undefined {
  return place.kmsKeyArn === undefined ? undefined : document(stateKey(place, "kms:Decrypt"));
}

/** Returns what the role for the main branch has beside ReadOnlyAccess: secrets that a refresh reads, the lock, stored plans, pushes. */
export function releasePolicy(place: Place): PolicyDocument {
  const { application, accountId, partition, stacks } = place;
  const repositories = stacks.flatMap(({ repository, region }) =>
    repository === undefined ? [] : [`arn:${partition}:ecr:${region}:${accountId}:repository/${repository}`],
  );
  const locks = stacks.flatMap((stack) => objects(place, stack, "terraform.tfstate.tflock"));
  const plans = stacks.flatMap((stack) => objects(place, stack, "plans/*"));
  return document(
    {
      Sid: "RefreshSecrets",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue"],
      Resource: [`arn:${partition}:secretsmanager:*:${accountId}:secret:${application}-*`],
    },
    {
      Sid: "PlanNewSecretsAndSignIn",
      Effect: "Allow",
      Action: ["secretsmanager:GetRandomPassword", "ecr:GetAuthorizationToken"],
      Resource: ["*"],
    },
    repositories.length === 0 ? undefined : { Sid: "Push", Effect: "Allow", Action: PUSH, Resource: repositories },
    locks.length === 0
      ? undefined
      : { Sid: "Lock", Effect: "Allow", Action: ["s3:PutObject", "s3:DeleteObject"], Resource: locks },
    plans.length === 0 ? undefined : { Sid: "StorePlans", Effect: "Allow", Action: ["s3:PutObject"], Resource: plans },
    stateKey(place, "kms:Decrypt", "kms:GenerateDataKey"),
  );
}

/** Returns all that the role for the registry has: its repository, and its own state. */
export function registryPolicy(place: Place, own: StackNeeds): PolicyDocument {
  const { accountId, partition } = place;
  const { repository, region, state } = own;
  return document(
    {
      Sid: "Repository",
      Effect: "Allow",
      Action: ["ecr:*"],
      Resource: [`arn:${partition}:ecr:${region}:${accountId}:repository/${repository}`],
    },
    state && {
      Sid: "ListStates",
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: [`arn:${partition}:s3:::${state.bucket}`],
    },
    state && {
      Sid: "State",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: objects(place, own, "*"),
    },
    stateKey(place, "kms:Decrypt", "kms:GenerateDataKey"),
  );
}

/** Returns what the role for an environment has beside PowerUserAccess: its stack's IAM roles; and what it is denied. */
export function deployPolicy(place: Place, own: StackNeeds): PolicyDocument {
  return document(...rolesOf(place, own), ...denials(place, own));
}

/** Allows what PowerUserAccess leaves out: to manage and pass the IAM roles whose names begin with the stack's. */
function rolesOf({ accountId, partition }: Place, { stack }: StackNeeds): Statement[] {
  const iam = `arn:${partition}:iam::${accountId}`;
  const roles = [`${iam}:role/${stack}-*`];
  const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]): Statement => ({
    ...{ Sid, Effect: "Allow", Action, Resource },
  });
  const manage = [
    ...["iam:CreateRole", "iam:DeleteRole", "iam:UpdateRole", "iam:UpdateAssumeRolePolicy"],
    ...["iam:AttachRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePolicy", "iam:DeleteRolePolicy"],
    ...["iam:TagRole", "iam:UntagRole"],
  ];
  const profiles = [
    ...["iam:CreateInstanceProfile", "iam:DeleteInstanceProfile", "iam:TagInstanceProfile"],
    ...["iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile", "iam:UntagInstanceProfile"],
  ];
  return [
    allow("RolesOfTheStack", manage, roles),
    allow("InstanceProfilesOfTheStack", profiles, [`${iam}:instance-profile/${stack}-*`]),
    allow("ReadIam", ["iam:Get*", "iam:List*"], ["*"]),
    {
      ...allow("PassRolesOfTheStack", ["iam:PassRole"], roles),
      Condition: { StringEquals: { "iam:PassedToService": PASSED_TO } },
    },
    allow("ServiceLinkedRoles", ["iam:CreateServiceLinkedRole"], [`${iam}:role/aws-service-role/*`]),
  ];
}

/** Denies what PowerUserAccess allows: the states of other stacks, and the settings of the states' buckets. */
function denials(place: Place, own: StackNeeds): Statement[] {
  const { partition, stacks } = place;
  const others = stacks.filter(({ stack }) => stack !== own.stack);
  const states = others.flatMap((stack) => objects(place, stack, "*"));
  const buckets = [...new Set(stacks.flatMap(({ state }) => state?.bucket ?? []))];
  const deny = (Sid: string, Action: readonly string[], Resource: readonly string[]): Statement[] =>
    Resource.length === 0 ? [] : [{ Sid, Effect: "Deny", Action, Resource }];
  return [
    ...deny("NotTheStatesOfOthers", ["s3:GetObject*", "s3:PutObject*", "s3:DeleteObject*"], states),
    ...deny(
      "NotTheStateBucket",
      ["s3:DeleteBucket*", "s3:PutBucket*", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration"],
      buckets.map((bucket) => `arn:${partition}:s3:::${bucket}`),
    ),
  ];
}
