import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GUIDE_COMMANDS } from "../delivery/guide-commands";
import { ROOT } from "../helpers/run-program";
import { readPage } from "./markdown";

/** Every command block of the guide, and every setting that it asks a reader to write, in its order. The guide itself is not in this repository. */
const GUIDE = [
  "FROM node:20-alpine",
  "RUN npm ci",
  "RUN npx prisma generate",
  "RUN npm run build",
  "COPY --from=builder",
  "RUN addgroup",
  "RUN adduser",
  "USER nextjs",
  "EXPOSE 3000",
  "ENV NODE_ENV production",
  'CMD ["node", "server.ts"]',
  "output: 'standalone'",
  "HOSTNAME",
  "transports: ['websocket', 'polling']",
  "GET /api/health",
  "npm install @socket.io/redis-adapter redis",
  "createAdapter(pubClient, subClient)",
  '"family": "messenger-crm-websocket"',
  '"cpu": "256"',
  '"secrets": [{ "name": "NEXTAUTH_SECRET"',
  '"logDriver": "awslogs"',
  "aws elbv2 modify-target-group-attributes",
  "Path: /api/health",
  "Interval: 30 seconds",
  "aws ecr create-repository",
  "aws ecr get-login-password",
  "docker build -t messenger-crm:latest .",
  "docker tag",
  "docker push",
  "RDS PostgreSQL作成",
  "aws secretsmanager create-secret",
  "aws ecs create-cluster",
  "aws ecs register-task-definition",
  "aws ecs create-service",
  "--desired-count 2",
  "--launch-type FARGATE",
  "assignPublicIp=ENABLED",
  "--load-balancers",
  "aws ecs run-task",
  "npx prisma migrate deploy",
  "NODE_ENV",
  "PORT",
  "NEXTAUTH_URL",
  "AWS_REGION",
  "NEXTAUTH_SECRET",
  "DATABASE_URL",
  "REDIS_URL",
  "ALLOWED_ORIGINS",
  "NEXT_PUBLIC_SOCKET_URL",
  "aws logs create-log-group",
  "aws logs put-metric-filter",
  "aws cloudwatch put-metric-alarm",
  "aws elbv2 describe-target-group-attributes",
  "aws ec2 describe-security-groups",
  "server.tsのallowedOrigins",
  "Redis Adapterが設定されているか",
  "aws ec2 authorize-security-group-ingress",
  '"targetTrackingScaling"',
  "Spot Instancesの活用",
  "verifyToken(token)",
  "rateLimit({ tokensPerInterval: 10",
  "aws wafv2 associate-web-acl",
];

const page = readPage("docs/guide-map.md");

/** Rows of the tables by their cells: guide, here, English, Japanese, test. */
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (guide|-)/.test(line))
  .map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const targets = [...readFileSync(join(ROOT, "Makefile"), "utf8").matchAll(/^([a-z-]+):.*## /gm)].map(
  ([, name]) => name,
);

function scripts(folder: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  return Object.keys(scripts);
}

it.each(GUIDE)("has one row for %s", (command) => {
  expect(rows.filter(([guide]) => guide!.includes(command)).length).toBeGreaterThan(0);
});

it("has no row for what is not in the guide", () => {
  expect(rows.map(([guide]) => guide!).filter((guide) => !GUIDE.some((command) => guide.includes(command)))).toEqual(
    [],
  );
});

it.each(rows.map((cells) => [cells[0]!, cells] as const))(
  "says of %s what takes its place, in two languages, and the test",
  (_, cells) => {
    const [, here, english, japanese, test] = cells;
    expect(cells).toHaveLength(5);
    expect(here).not.toBe("");
    expect(english).toMatch(/[a-z]{3}/);
    expect(japanese).toMatch(/[ぁ-んァ-ヶ一-龠]/);
    expect(test).toMatch(/\]\(\.\.\/(app\/)?__tests__\//);
  },
);

it("names only commands that exist", () => {
  const spans = [...page.matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
  const made = spans.flatMap((span) => (span.startsWith("make ") ? [span.split(" ")[1]] : []));
  expect(made.length).toBeGreaterThan(3);
  expect(made.filter((target) => !targets.includes(target))).toEqual([]);
  const run = rows.flatMap(([, here, english]) => [...`${here} ${english}`.matchAll(/`npm run ([\w:-]+)`/g)]);
  expect(run.map(([, name]) => name).filter((name) => ![...scripts("."), ...scripts("app")].includes(name!))).toEqual(
    [],
  );
});

describe("make acceptance", () => {
  const sources = ["acceptance.test", "delivery", "doctor"].map((name) =>
    readFileSync(join(__dirname, "../delivery", `${name}.ts`), "utf8"),
  );
  const ran = [...sources.join("").matchAll(/(?:run|node)\((?:"tools\/\w+\/cli\.ts", )?"([a-z]+)"/g)].map(
    ([, name]) => name,
  );
  /** All of doctor's checks, with a stand-in for DNS. */
  const isRun = (target: string) =>
    ran.includes(target) || (target === "doctor" && sources[2]!.includes("DOCTOR_CHECKS"));

  it("runs every command that takes the place of one of the guide's", () => {
    const made = rows.flatMap(([, here]) => [...here!.matchAll(/`make ([a-z-]+)/g)].map(([, target = ""]) => target));
    expect(made).toEqual(expect.arrayContaining(["bootstrap", "image", "migrate", "doctor"]));
    expect(made.filter((target) => !isRun(target))).toEqual([]);
    expect(isRun("deploy")).toBe(true);
  });

  it("finds in the account what each aws command makes, unless a command of ours shows it", () => {
    const found = GUIDE_COMMANDS.map(({ command }) => command);
    const shown = { "aws ecr get-login-password": "image", "aws ecs run-task": "migrate" };
    expect(Object.values(shown).filter((target) => !isRun(target))).toEqual([]);
    const commands = GUIDE.filter((command) => command.startsWith("aws "));
    expect(commands).toHaveLength(15);
    expect(commands.filter((command) => !found.includes(command) && !(command in shown))).toEqual([]);
    expect(found.filter((command) => !GUIDE.includes(command))).toEqual([]);
  });
});

it("says in both languages of what is not there yet", () => {
  for (const [guide, , english, japanese] of rows) {
    expect([guide, english!.includes("not yet")]).toEqual([guide, japanese!.includes("未実装")]);
  }
});
