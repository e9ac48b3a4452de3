import { type Case, loadBalancer, refused, SECRET_ARN } from "./fixture";

const plainText = (name: string) =>
  `Everybody who may read the task definition would see it: use secrets, or give the reason in plainTextReasons.${name}.`;

const image: Case[] = [
  ...["crm:latest", "crm", "localhost:5000/crm"].map((name): Case => [
    `the image ${name}`,
    { image: name },
    `image: expected an image reference with a digest or a tag other than latest, got "${name}". A rollback needs a name for what ran before: use a digest or an immutable tag.`,
  ]),
  ...["crm 1:2", "crm@sha256:abc"].map((name): Case => [
    `the image ${name}`,
    { image: name },
    `image: expected an image reference, such as 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.0.0, got "${name}". It has neither scheme nor white space, and its path is in lower case.`,
  ]),
  [
    "no image",
    { image: undefined },
    "image: expected a value, got nothing. A rollback needs a name for what ran before: use a digest or an immutable tag.",
  ],
  [
    "an image and the repository of another",
    { repositoryArn: "arn:aws:ecr:us-east-1:123456789012:repository/other" },
    'repositoryArn: expected the repository of the image, arn:aws:ecr:ap-northeast-1:123456789012:repository/messenger-crm, got "arn:aws:ecr:us-east-1:123456789012:repository/other". Leave it out: it is read from the image.',
  ],
  [
    "a repository by its URL",
    { repositoryArn: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm" },
    'repositoryArn: expected the ARN of an ECR repository, arn:…:ecr:<region>:<account>:repository/<name>, got "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm". Pass the ARN of the ECR repository, not its URL.',
  ],
];

const invalidCpu = (got: string) =>
  `cpu: expected one of 256, 512, 1024, 2048, 4096, 8192, 16384 CPU units (1024 = 1 vCPU), got ${got}. Fargate knows no other sizes.`;
const size: Case[] = [
  ["300 CPU units", { cpu: 300 }, invalidCpu("300")],
  [
    "CPU as text",
    { cpu: "256" },
    'cpu: expected one of 256, 512, 1024, 2048, 4096, 8192, 16384 CPU units (1024 = 1 vCPU), got "256". Write it as a number, without quotes.',
  ],
  ["0.25 vCPU as text", { cpu: "0.25 vCPU" }, invalidCpu('"0.25 vCPU"')],
  [
    "memory that goes with more CPU",
    { cpu: 256, memoryMiB: 4096 },
    "memoryMiB: expected with 256 CPU units one of 512, 1024, 2048 MiB, got 4096. Take one of these, or another cpu.",
  ],
  [
    "memory that goes with less CPU",
    { cpu: 16_384, memoryMiB: 1024 },
    "memoryMiB: expected with 16384 CPU units one of 32768, 40960, 49152, 57344, 65536, 73728, 81920, 90112, 98304, 106496, 114688, 122880 MiB, got 1024. Take one of these, or another cpu.",
  ],
  [
    "less disk than comes free",
    { ephemeralStorageGiB: 20 },
    "ephemeralStorageGiB: expected a whole number from 21 to 200 GiB, got 20. Leave it out for the 20 GiB that come free.",
  ],
  [
    "an unknown architecture",
    { architecture: "arm64" },
    'architecture: expected one of ARM64, X86_64, got "arm64". It has to be what the image is built for.',
  ],
];

const process: Case[] = [
  ...[70_000, 80].map((port): Case => [
    `the port ${JSON.stringify(port)}`,
    { containerPort: port },
    `containerPort: expected a whole number from 1024 to 65535, got ${JSON.stringify(port)}. A user who is not root, without capabilities, cannot listen below 1024.`,
  ]),
  [
    "a port as text",
    { containerPort: "3000" },
    'containerPort: expected a whole number from 1024 to 65535, got "3000". Write it as a number, without quotes.',
  ],
  [
    "two containers of one name",
    { containerName: "migration", migration: { command: ["node", "migrate.js"] } },
    'containerName: expected a name of its own, got "migration". The migration\'s container has this name.',
  ],
  ...["root", "0", "00:1001", "0:0", ""].map((user): Case => [
    `the user "${user}"`,
    { user },
    `user: expected a user, or user:group, that is not root, got "${user}". Use the numbers that the image is built with, such as "1001:1001".`,
  ]),
  [
    "a command in shell form",
    { command: "node server.js" },
    "command: expected a list, got a value of type string. Put its elements in brackets.",
  ],
  [
    "an empty command",
    { command: [] },
    'command: expected one or more words, in exec form, got []. Write each word as a text of its own: ["node", "server.js"].',
  ],
  [
    "a health check without its kind",
    { healthCheckCommand: ["node", "health.js"] },
    'healthCheckCommand: expected CMD and words to run, or CMD-SHELL and one line for the shell, got [ \'node\', \'health.js\' ]. For example ["CMD", "node", "health.js"], or ["CMD-SHELL", "curl -f localhost:3000 || exit 1"].',
  ],
  [
    "a longer draining than Fargate waits for",
    { drainSec: 115 },
    "drainSec: expected a literal whole number from 0 to 110 seconds, got 115. 115 s and 10 s to exit make 125 s; Fargate kills after 120 s at most.",
  ],
  [
    "a load balancer and no draining",
    { loadBalancer },
    'drainSec: expected the seconds that the app needs from SIGTERM until its last socket is gone, got nothing. Behind a load balancer every deploy drains: take the figure from the app, or choose kind "http" for requests alone.',
  ],
  [
    "a migration longer than Fargate waits for",
    { migration: { command: ["node", "migrate.js"], timeoutSec: 300 } },
    "migration.timeoutSec: expected a whole number from 2 to 120 seconds, got 300. It is part of the time that a deploy may take.",
  ],
  [
    "a migration without a command",
    { migration: {} },
    'migration.command: expected a value, got nothing. For example ["node", "migrate.js"].',
  ],
  [
    "logs for ever",
    { logRetentionDays: 0 },
    "logRetentionDays: expected one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 0. Use a value that CloudWatch Logs accepts.",
  ],
];

const variables: Case[] = [
  ...[
    "DB_PASSWORD",
    "SMTP_PASSWD",
    "CLIENT_SECRET",
    "github_token",
    "API_KEY",
    "APIKEY",
    "PRIVATE_KEY",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "ECS_ENGINE_AUTH_DATA",
  ].map((name): Case => [
    `${name} in plain text`,
    { environment: { [name]: "x" } },
    `environment.${name}: expected nothing that has to stay secret, got a name that promises a secret. ${plainText(name)}`,
  ]),
  ...Object.entries({
    "an AWS access key id": "AKIAIOSFODNN7EXAMPLE",
    "an AWS secret access key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "a URL with a password": "postgresql://app:hunter2@db.example.com/crm",
    "a private key": "-----BEGIN EC PRIVATE KEY-----\nMHc",
    "a signed token (JWT)": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmN",
    "a token of GitHub, Slack or Stripe": "ghp_0123456789abcdefghijABCDEFGHIJ",
  }).map(([what, value]): Case => [
    `${what} in plain text`,
    { environment: { SETTING: value } },
    `environment.SETTING: expected nothing that has to stay secret, got ${what} in plain text. ${plainText("SETTING")}`,
  ]),
  [
    "a secret among the migration's variables",
    { migration: { command: ["node", "migrate.js"], environment: { MASTER_PASSWORD: "x" } } },
    `migration.environment.MASTER_PASSWORD: expected nothing that has to stay secret, got a name that promises a secret. ${plainText("MASTER_PASSWORD")}`,
  ],
  [
    "an exception without a reason",
    { environment: { TOKEN_TTL: "5" }, plainTextReasons: { TOKEN_TTL: " " } },
    'plainTextReasons.TOKEN_TTL: expected the reason why the value is no secret, got " ". For example "A lifetime in seconds, not a token".',
  ],
  [
    "an exception for nothing",
    { plainTextReasons: { GONE: "It was here once" } },
    "plainTextReasons.GONE: expected the name of a variable in environment, got one that is not there. Remove the exception.",
  ],
  ...(
    [
      [3000, "a value of type number"],
      [undefined, "nothing"],
      [null, "null"],
    ] as const
  ).map(([value, got]): Case => [
    `${JSON.stringify(value)} as a variable`,
    { environment: { PORT: value } },
    `environment.PORT: expected text, got ${got}. Write it as text ("3000"), or leave the variable out.`,
  ]),
  [
    "an object as a variable",
    { environment: { PORT: { a: 1 } } },
    "environment.PORT: expected text, got a value of type object. See the table of props in the README.",
  ],
  [
    "a malformed name",
    { environment: { "1 bad": "x" } },
    'environment: expected names of letters, digits and underscores that do not begin with a digit, got "1 bad". Rename the variable.',
  ],
  [
    "a variable in both places",
    { environment: { A: "x" }, secrets: { A: SECRET_ARN } },
    "secrets.A: expected a variable in either environment or secrets, got one in both. Take it out of environment.",
  ],
  [
    "a secret's value in place of its ARN, without showing it",
    { secrets: { A: "hunter2" } },
    "secrets.A: expected the ARN of a secret or parameter, got text in another form. Pass the full ARN of a Secrets Manager secret or of an SSM parameter, never the value itself.",
  ],
  [
    "a key of a parameter",
    { secrets: { A: { arn: "arn:aws:ssm:us-east-1:123456789012:parameter/x", jsonKey: "k" } } },
    "secrets.A: expected a parameter with neither key nor version, got jsonKey. Only secrets of Secrets Manager have keys and versions.",
  ],
  [
    "two versions of a secret",
    { secrets: { A: { arn: SECRET_ARN, versionStage: "AWSCURRENT", versionId: "1" } } },
    "secrets.A: expected versionStage or versionId, got both. Keep one: they could name different versions.",
  ],
];

describe.each(Object.entries({ image, size, process, variables }))("the containers are refused (%s)", (_, cases) => {
  it.each(cases)("%s", (_name, props, message) => expect(refused(props)).toBe(message));
});
