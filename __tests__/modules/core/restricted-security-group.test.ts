import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { Checks } from "../../../modules/core/checks";
import { checkAllowedSecurityGroups, RestrictedSecurityGroup } from "../../../modules/core/restricted-security-group";
import { refusal, withoutCodes } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";

const ID = "sg-0123456789abcdef0";
const props = {
  name: "crm-db",
  description: "Database",
  vpcId: "vpc-1",
  ports: { from: 5432, to: 5433 },
  nameTag: "crm-db",
};
type Client = readonly [client: string, id: string];
const allowed = (...clients: Client[]) =>
  synthesize((stack) => {
    const group = new RestrictedSecurityGroup(new Construct(stack, "database"), props);
    for (const [client, id] of clients) group.allowFrom(client, id);
  });
const refused = (...clients: Client[]) =>
  refusal((stack) => {
    const group = new RestrictedSecurityGroup(new Construct(stack, "database"), props);
    for (const [client, id] of clients) group.allowFrom(client, id);
  }).map((line) => line.replace("[test/database] ", ""));

it("has no rules", () => {
  const template = allowed();
  expect(template.counts()).toEqual({ aws_security_group: 1 });
  expect(template.resource("aws_security_group", "database/security-group")).toEqual({
    name: "crm-db",
    description: "Database",
    vpc_id: "vpc-1",
    tags: { Name: "crm-db" },
  });
});

it("allows members of named groups on its ports", () => {
  const template = allowed(["service", ID], ["job-1", "sg-01234567"]);
  const rule = "aws_vpc_security_group_ingress_rule";
  expect(Object.keys(template.resources(rule))).toEqual(["database/ingress-job-1", "database/ingress-service"]);
  expect(template.resource(rule, "database/ingress-service")).toEqual({
    lifecycle: { create_before_destroy: true },
    security_group_id: expect.stringMatching(
      /^\$\{aws_security_group\.database_security-group_[0-9A-F]{8}\.id\}$/,
    ) as string,
    description: "From service",
    referenced_security_group_id: ID,
    ip_protocol: "tcp",
    from_port: 5432,
    to_port: 5433,
    tags: { Name: "service" },
  });
});

const kebab = (got: string) =>
  `allowFrom: expected names in kebab-case, at most 128 characters, got ${got}. The name becomes part of the Terraform address, such as "service".`;
const id = (got: string) =>
  `allowFrom.service: expected an id such as sg-0123456789abcdef0, got ${got}. Only security groups are let in, never addresses.`;

it.each<[string, Client, string]>([
  ["capitals in a name", ["Service", ID], kebab('"Service"')],
  ["a name that begins with a digit", ["1service", ID], kebab('"1service"')],
  ["a name that ends in a hyphen", ["service-", ID], kebab('"service-"')],
  ["an address", ["service", "10.0.0.0/8"], id('"10.0.0.0/8"')],
  ["an id that is too short", ["service", "sg-0123456"], id('"sg-0123456"')],
  ["an id that is too long", ["service", `${ID}1`], id(`"${ID}1"`)],
  ["an id behind something", ["service", `x${ID}`], id(`"x${ID}"`)],
])("refuses %s", (_, client, message) => expect(refused(client)).toEqual([message]));

it("refuses a name that is taken", () => {
  expect(refused(["service", ID], ["service", ID])).toEqual([
    'allowFrom: expected a name that is not taken, got "service". Each client has one rule.',
  ]);
});

it("accepts an id known only at apply", () => {
  const template = synthesize((stack) => {
    const later = new TerraformVariable(stack, "sg", { type: "string" }).stringValue;
    new RestrictedSecurityGroup(new Construct(stack, "database"), props).allowFrom("service", later);
  });
  expect(template.count("aws_vpc_security_group_ingress_rule")).toBe(1);
});

describe("a map of groups", () => {
  const problems = (groups: unknown) => {
    const checks = new Checks("env");
    checkAllowedSecurityGroups(checks, "groups", groups as Record<string, string>);
    try {
      checks.throwIfInvalid();
    } catch (error) {
      return withoutCodes((error as Error).message)
        .split("\n")
        .map((line) => line.replace("[env] ", ""));
    }
    return [];
  };

  it.each([[undefined], [{}], [{ service: ID }]])("may be %p", (groups) => expect(problems(groups)).toEqual([]));

  it.each([
    [[ID], `[ '${ID}' ]`],
    [ID, `"${ID}"`],
    [null, "null"],
  ])("may not be %p", (groups, got) => {
    expect(problems(groups)).toEqual([
      `groups: expected an object from a name to a security group id, got ${got}. Name each client, for example { service: "sg-0123456789abcdef0" }.`,
    ]);
  });

  it("is checked entry by entry", () => {
    expect(problems({ A: ID, b: "x" })).toEqual([
      'groups: expected names in kebab-case, at most 128 characters, got "A". The name becomes part of the Terraform address, such as "service".',
      'groups.b: expected an id such as sg-0123456789abcdef0, got "x". Only security groups are let in, never addresses.',
    ]);
  });
});
