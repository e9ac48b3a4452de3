import { Token } from "cdktf";
import { Database, Ec2Service, FargateService } from "../../modules";
import { dnsSuffixIn } from "../../modules/core/regions";
import { repositoryArn, repositoryUrl } from "../../stacks/registry-stack";
import { synthesize } from "../helpers/synth";
import { type Template } from "../helpers/template";
import { minimal as database } from "./database/make";
import { minimal as instances } from "./ec2-service/fixture";
import { minimal as tasks } from "./fargate-service/fixture";

const arn = (service: string, resource: string) => `arn:aws-cn:${service}:cn-north-1:123456789012:${resource}`;
const KEY = arn("kms", "key/8e7d3b62-5f0a-4a43-9f2b-0d6a3c1f9b11");
const SECRET = arn("secretsmanager", "secret:crm/app-AbCdEf");
const image = "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/crm:1.4.0";
const encrypted = { secrets: { A: SECRET }, secretKmsKeyArns: [KEY], image };

/** Everything that decrypts a secret through Secrets Manager, in one stack of a region. */
function decrypting(region: string): Template {
  return synthesize((stack) => {
    const proxy = { userName: "messenger_app", secretArn: SECRET, secretKmsKeyArn: KEY };
    new Database(stack, "database", { ...database, proxy });
    new FargateService(stack, "tasks", { ...tasks, ...encrypted, name: "crm-tasks" });
    const { targetGroupArn } = { targetGroupArn: arn("elasticloadbalancing", "targetgroup/crm/0123456789abcdef") };
    const loadBalancer = { ...instances.loadBalancer, targetGroupArn };
    new Ec2Service(stack, "instances", { ...instances, ...encrypted, loadBalancer, name: "crm-instances" });
  }, region);
}

/** Returns the service from which each policy lets a key be used, without the expression of the region. */
function servicesIn(template: Template): string[] {
  return Object.values(template.resources("aws_iam_role_policy"))
    .map(({ policy }) => /"kms:ViaService":\[?"([^\]]*?)"\]?\}/.exec(String(policy))?.[1] ?? "")
    .filter((service) => service !== "");
}

it("lets keys be used through Secrets Manager as it is called in China", () => {
  const services = servicesIn(decrypting("cn-north-1"));
  expect(services).toHaveLength(3);
  for (const service of services) expect(service).toMatch(/^secretsmanager\.\$\{.*\}\.amazonaws\.com\.cn$/s);
});

it("asks the partition for the service's name where the region is known only at apply", () => {
  const later = Token.asString({ resolve: () => "${var.region}", creationStack: [] });
  const template = decrypting(later);
  expect(servicesIn(template)).toHaveLength(3);
  // In a local value, or for the proxy in the policy itself.
  const lookups = template.text.match(/\$\{lookup\(\{[^}]*aws-cn\\+" = \\+"amazonaws\.com\.cn\\+"/g);
  expect(lookups).toHaveLength(3);
});

it.each([
  ["arn:aws partition", "aws", undefined, "amazonaws.com"],
  ["China's partition", "aws-cn", undefined, "amazonaws.com.cn"],
  ["a region of China", "aws", "cn-northwest-1", "amazonaws.com.cn"],
  ["the European partition", "aws-eusc", undefined, "amazonaws.eu"],
])("ends host names in %s", (_, partition, region, suffix) => {
  expect(dnsSuffixIn(partition, region)).toBe(suffix);
});

it("finds an environment's repository in China", () => {
  const location = {
    accountId: "123456789012",
    region: "cn-north-1",
    state: { bucket: "state" },
    repositoryName: "crm",
  };
  const contract = {} as Parameters<typeof repositoryUrl>[1];
  expect(repositoryUrl(location, contract)).toBe("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/crm");
  expect(repositoryArn(location, contract)).toBe("arn:aws-cn:ecr:cn-north-1:123456789012:repository/crm");
});
