import { TerraformVariable, Token } from "cdktf";
import { Registry, type RegistryProps } from "../../../modules/registry";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { parsed } from "../../helpers/template";

const minimal: RegistryProps = { repositoryName: "messenger-crm" };
const registry = (props: Partial<RegistryProps> = {}) =>
  synthesize((stack) => void new Registry(stack, "registry", { ...minimal, ...props }));
const rules = (props: Partial<RegistryProps> = {}) =>
  parsed(registry(props).only("aws_ecr_lifecycle_policy")["policy"]);

describe("registry with its defaults", () => {
  const template = registry();

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({ aws_ecr_lifecycle_policy: 1, aws_ecr_repository: 1 });
  });

  it("has immutable tags, scans each push, and cannot be destroyed while it has images", () => {
    expect(template.resource("aws_ecr_repository", "registry/repository")).toEqual({
      name: "messenger-crm",
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: "AES256" }],
      force_delete: false,
    });
  });

  it("keeps 30 tagged images and untagged ones for a week", () => {
    expect(rules()).toEqual({
      rules: [
        {
          rulePriority: 1,
          description: "Keep the last 30 images tagged *",
          selection: { tagStatus: "tagged", tagPatternList: ["*"], countType: "imageCountMoreThan", countNumber: 30 },
          action: { type: "expire" },
        },
        {
          rulePriority: 2,
          description: "Expire untagged images after 7 days",
          selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
          action: { type: "expire" },
        },
      ],
    });
  });
});

describe("a repository that is replaced", () => {
  it("takes its policies with it: they refer to its id, which is known only when it exists again", () => {
    const template = registry({ pullAccountIds: ["210987654321"] });
    const [repository] = Object.keys(template.json.resource!["aws_ecr_repository"]!);
    for (const type of ["aws_ecr_lifecycle_policy", "aws_ecr_repository_policy"]) {
      expect(template.only(type)["repository"]).toBe(`\${aws_ecr_repository.${repository}.id}`);
    }
  });
});

describe("options", () => {
  it("puts patterns with their own count first", () => {
    const policy = rules({ keepByTagPattern: { "release-*": 100, "v*": 50 }, keepTaggedImages: 10 }) as {
      rules: { rulePriority: number; selection: Record<string, unknown> }[];
    };
    expect(
      policy.rules.map((rule) => [
        rule.rulePriority,
        rule.selection["tagPatternList"] ?? "untagged",
        rule.selection["countNumber"],
      ]),
    ).toEqual([
      [1, ["release-*"], 100],
      [2, ["v*"], 50],
      [3, ["*"], 10],
      [4, "untagged", 7],
    ]);
  });

  it("encrypts with a customer managed key", () => {
    const kmsKeyArn = "arn:aws:kms:ap-northeast-1:123456789012:key/abc";
    expect(registry({ kmsKeyArn }).only("aws_ecr_repository")["encryption_configuration"]).toEqual([
      { encryption_type: "KMS", kms_key: kmsKeyArn },
    ]);
  });

  it("allows other accounts to pull and nothing else", () => {
    const template = registry({ pullAccountIds: ["210987654321"] });
    const policy = String(template.only("aws_ecr_repository_policy")["policy"]);
    const partition = '${element(split(":", aws_ecr_repository.registry_repository_BAFE171E.arn), 1)}';
    expect(policy).toContain(partition);
    expect(parsed(policy.replace(partition, "aws"))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "PullFromOtherAccounts",
          Effect: "Allow",
          Principal: {
            AWS: ["arn:aws:iam::210987654321:root"],
          },
          Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        },
      ],
    });
  });

  it("accepts a name and a key known only at apply", () => {
    const template = synthesize((stack) => {
      const name = new TerraformVariable(stack, "name", { type: "string" });
      new Registry(stack, "registry", { repositoryName: name.stringValue, kmsKeyArn: name.stringValue });
    });
    expect(template.only("aws_ecr_repository")["name"]).toBe("${var.name}");
  });
});

describe("registry refuses", () => {
  const name = (got: string) =>
    `[test/registry] repositoryName: expected 2 to 256 lower-case letters and digits, separated by single . _ - or /, got ${got}. Use a name such as "messenger-crm" or "crm/messenger".`;
  const cases: [string, Partial<RegistryProps>, string][] = [
    ["upper case", { repositoryName: "Messenger" }, name('"Messenger"')],
    ["one character", { repositoryName: "a" }, name('"a"')],
    ["a name that ends in a slash", { repositoryName: "repo_/" }, name('"repo_/"')],
    ["a name outside ASCII", { repositoryName: "ré" }, name('"ré"')],
    ["257 characters", { repositoryName: "a".repeat(257) }, name(`"${"a".repeat(79)}…`)],
    [
      "no name",
      { repositoryName: "" },
      '[test/registry] repositoryName: expected a value, got an empty string. Name it, for example "messenger-crm".',
    ],
    [
      "keeping one image",
      { keepTaggedImages: 1 },
      "[test/registry] keepTaggedImages: expected a whole number from 2 to 10000, got 1. A rollback needs the image before the newest one.",
    ],
    [
      "a count known only at apply",
      { keepTaggedImages: Token.asNumber("${var.count}") },
      "[test/registry] keepTaggedImages: expected a literal number, got a value that is known only at apply. The lifecycle policy is written at synth.",
    ],
    [
      "expiring after no days",
      { expireUntaggedAfterDays: 0 },
      "[test/registry] expireUntaggedAfterDays: expected a whole number from 1 to 3650, got 0. Untagged images are left behind by interrupted pushes.",
    ],
    [
      "the pattern of all tags",
      { keepByTagPattern: { "*": 3 } },
      '[test/registry] keepByTagPattern.*: expected a tag pattern: letters, digits, . _ - and at most four *, got "*". Set keepTaggedImages for all other tags.',
    ],
    [
      "five wildcards",
      { keepByTagPattern: { "a*b*c*d*e*": 3 } },
      '[test/registry] keepByTagPattern.a*b*c*d*e*: expected a tag pattern: letters, digits, . _ - and at most four *, got "a*b*c*d*e*". Use a pattern such as "release-*".',
    ],
    [
      "a key's alias",
      { kmsKeyArn: "alias/crm" },
      '[test/registry] kmsKeyArn: expected the ARN of a KMS key, arn:…:kms:<region>:<account>:key/<id>, got "alias/crm". Pass the ARN of a KMS key, not its id or alias.',
    ],
    [
      "a malformed account id",
      { pullAccountIds: ["123"] },
      '[test/registry] pullAccountIds: expected 12 digits, got "123". Pass account ids, not ARNs or aliases.',
    ],
  ];
  it.each(cases)("%s", (_, props, message) => {
    expect(refusal((stack) => void new Registry(stack, "registry", { ...minimal, ...props }))).toEqual([message]);
  });
});
