import { emitStack, untypedElement } from "../../../bench/synth/bare-program";
import { type Element, emitElement, emitText } from "../../../bench/synth/bare-element";
import { classShape } from "../../../bench/synth/provider-shapes";
import { type JsonObject } from "../../../bench/synth/terraform-json";

const element = (folder: string, name: string, args: JsonObject = {}): Element => ({
  address: `aws_${folder.replaceAll("-", "_")}.${name}`,
  name,
  args,
  shape: classShape(folder),
});

const vpc = element("vpc", "main");
const elements = new Map([[vpc.address, vpc]]);

describe("emitText", () => {
  it.each([
    ["a plain text", "10.0.0.0/16", '"10.0.0.0/16"'],
    ["a reference alone", "${aws_vpc.main.id}", "_aws_vpc_main.id"],
    ["a reference inside of a text", "${aws_vpc.main.arn}:*", "`${_aws_vpc_main.arn}:*`"],
    ["an attribute that is not a string", "${aws_vpc.main.tags}", '"${aws_vpc.main.tags}"'],
    ["an expression", '${join("", aws_vpc.main.id)}', '"${join(\\"\\", aws_vpc.main.id)}"'],
    ["an unknown element", "${aws_vpc.other.id}", '"${aws_vpc.other.id}"'],
    ["an escaped reference", "$${aws_vpc.main.id}", '"$${aws_vpc.main.id}"'],
    [
      "characters that are special in a template literal",
      "`\\${x} ${aws_vpc.main.id}",
      "`\\`\\\\\\${x} ${_aws_vpc_main.id}`",
    ],
  ])("writes %s", (_, text, expected) => {
    expect(emitText(text, elements)).toBe(expected);
  });
});

describe("emitElement", () => {
  it("uses TypeScript names for blocks and keeps the keys of maps", () => {
    const group = element("lb-target-group", "app", {
      vpc_id: "${aws_vpc.main.id}",
      health_check: { healthy_threshold: 2 },
      tags: { Some_Key: "x" },
      depends_on: ["aws_vpc.main"],
      lifecycle: { create_before_destroy: true },
    });
    expect(emitElement(group, elements)).toEqual([
      'const _aws_lb_target_group_app = new LbTargetGroup(this, "app", { vpcId: _aws_vpc_main.id, ' +
        'healthCheck: { healthyThreshold: 2 }, tags: { "Some_Key": "x" }, dependsOn: [_aws_vpc_main], ' +
        "lifecycle: { createBeforeDestroy: true } });",
    ]);
  });

  it("writes Terraform's own resource", () => {
    const input = { ids: "${aws_vpc.main.id}" };
    const data = untypedElement("terraform_data.members", "terraform_data", "members", { input });
    expect(emitElement(data, elements)).toEqual([
      'const _terraform_data_members = new TerraformResource(this, "members", { terraformResourceType: "terraform_data" });',
      '_terraform_data_members.addOverride("input", {"ids":"${aws_vpc.main.id}"});',
    ]);
  });

  it("keeps Terraform's names in untyped blocks", () => {
    const acl = element("wafv2-web-acl", "acl", {
      rule: [{ priority: 1, statement: { geo_match_statement: { country_codes: ["JP"] } } }],
    });
    expect(emitElement(acl, elements)[0]).toContain(
      'rule: [{ priority: 1, statement: { "geo_match_statement": { "country_codes": ["JP"] } } }]',
    );
  });

  it("writes JSON text as an object", () => {
    const role = element("iam-role", "role", { assume_role_policy: '{"Resource":["${aws_vpc.main.arn}"]}' });
    expect(emitElement(role, elements)[0]).toContain(
      'assumeRolePolicy: JSON.stringify({ "Resource": [_aws_vpc_main.arn] })',
    );
  });

  it("overrides attributes that the class lacks", () => {
    const cluster = element("ecs-cluster", "main", { brand_new: [1] });
    expect(emitElement(cluster, elements)).toEqual([
      'const _aws_ecs_cluster_main = new EcsCluster(this, "main", {  });',
      '_aws_ecs_cluster_main.addOverride("brand_new", [1]);',
    ]);
  });
});

describe("emitStack", () => {
  const stack = (content: JsonObject) => ({
    name: "chat-dev",
    content: {
      terraform: { backend: { s3: { bucket: "b", use_lockfile: true } }, required_providers: { aws: {} } },
      provider: { aws: [{ region: "eu-west-1" }] },
      ...content,
    },
  });

  it("sorts elements after the ones they reference", () => {
    const text = emitStack(
      stack({
        resource: { aws_subnet: { a: { vpc_id: "${aws_vpc.main.id}" } }, aws_vpc: { main: {} } },
        output: { vpc: { value: "${aws_vpc.main.id}" } },
      }),
    );
    const order = ["new AwsProvider(", "new S3Backend(", "new Vpc(", "new Subnet(", "new TerraformOutput("];
    const places = order.map((call) => text.indexOf(call));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("imports each class once, from its deep path", () => {
    const text = emitStack(stack({ resource: { aws_vpc: { a: {}, b: {} } } }));
    expect(text.match(/import { Vpc } from "@cdktf\/provider-aws\/lib\/vpc";/g)).toHaveLength(1);
    expect(text).not.toContain('from "@cdktf/provider-aws"');
  });

  it("keeps blocks without a cdktf class", () => {
    const text = emitStack(stack({ ephemeral: { aws_x: { y: { length: 32 } } } }));
    expect(text).toContain('this.addOverride("ephemeral", {"aws_x":{"y":{"length":32}}});');
  });

  it("refuses an unsupported backend", () => {
    const remote = { name: "x", content: { terraform: { backend: { gcs: {} } }, provider: { aws: [] } } };
    expect(() => emitStack(remote)).toThrow("The bare program supports the backends s3 and local, got gcs.");
  });
});

it("refuses an unknown resource type", () => {
  expect(() => classShape("no-such-thing")).toThrow("@cdktf/provider-aws/lib/no-such-thing does not exist.");
});
