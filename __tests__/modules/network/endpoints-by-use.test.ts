import { FargateService, type FargateServiceProps } from "../../../modules/fargate-service";
import { existingNetwork, Network, type NetworkProps } from "../../../modules/network";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { type Template } from "../../helpers/template";

const PARAMETER = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/crm/api-key";
const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/nextauth-AbCd12";
const BASE = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"];
const service: Omit<FargateServiceProps, "network"> = {
  name: "crm",
  image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.0.0",
  containerPort: 3000,
  desiredCount: 1,
};
const ownNetwork: NetworkProps = {
  name: "crm",
  availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
  egress: "vpc-endpoints",
};
const foreign = {
  vpcId: "vpc-0123456789abcdef0",
  cidrBlock: "10.0.0.0/16",
  publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  privateSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
};

const made = (
  props: Partial<FargateServiceProps>,
  changes: Partial<NetworkProps> = {},
  use: (service: FargateService) => void = () => {},
): Template =>
  synthesize((stack) => {
    const network = new Network(stack, "network", { ...ownNetwork, ...changes });
    use(new FargateService(stack, "service", { ...service, network, ...props }));
  });
const endpoints = (template: Template): string[] =>
  Object.values(template.resources("aws_vpc_endpoint"))
    .map(({ service_name: name }) => String(name).replace("com.amazonaws.ap-northeast-1.", ""))
    .filter((name) => name !== "s3")
    .sort();
const waitsFor = (template: Template): string => JSON.stringify(template.only("aws_ecs_service")["depends_on"]);

const sqs = { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: "arn:aws:sqs:*:*:crm" } as const;
const USES: readonly [string, Partial<FargateServiceProps>, string][] = [
  ["a parameter as a secret", { secrets: { API_KEY: PARAMETER } }, "ssm"],
  ["a parameter of the migration", { migration: { command: ["x"], secrets: { API_KEY: PARAMETER } } }, "ssm"],
  ["ECS Exec", { enableExecuteCommand: true }, "ssmmessages"],
  ["the app's own calls", { taskPolicyStatements: [sqs] }, "sqs"],
  [
    "metrics that the app puts",
    { taskPolicyStatements: [{ ...sqs, Action: "cloudwatch:PutMetricData" }] },
    "monitoring",
  ],
];

describe("in a network that tasks leave through endpoints only", () => {
  it.each(USES)("%s add their endpoint, and the service waits for it", (_case, props, name) => {
    const template = made(props);
    expect(endpoints(template)).toEqual([...BASE, name].sort());
    expect(waitsFor(template)).toContain(`aws_vpc_endpoint.network_${name}-endpoint`);
  });

  it("a policy that is added later adds the endpoint that its calls need", () => {
    const template = made({}, {}, (made) => made.addTaskPolicy("queue", [sqs]));
    expect(endpoints(template)).toEqual([...BASE, "sqs"]);
    expect(waitsFor(template)).toContain("aws_vpc_endpoint.network_sqs-endpoint");
  });

  it("two services share an endpoint", () => {
    const template = synthesize((stack) => {
      const network = new Network(stack, "network", ownNetwork);
      for (const name of ["one", "two"]) {
        new FargateService(stack, name, { ...service, name, network, secrets: { API_KEY: PARAMETER } });
      }
    });
    expect(endpoints(template)).toEqual([...BASE, "ssm"]);
  });

  it("permissions to sign in to a database or cache add nothing, and neither do S3 and what is denied", () => {
    const statement = (Action: string, Effect: "Allow" | "Deny" = "Allow") => ({ ...sqs, Action, Effect });
    const actions = [statement("rds-db:connect"), statement("elasticache:Connect"), statement("s3:GetObject")];
    expect(endpoints(made({ taskPolicyStatements: [...actions, statement("sqs:SendMessage", "Deny")] }))).toEqual(BASE);
  });
});

it.each(USES)("with a NAT, %s add no endpoint", (_case, props) => {
  expect(endpoints(made(props, { egress: "single-nat-gateway" }))).toEqual([]);
});

const refused = (
  props: Partial<FargateServiceProps>,
  network: Partial<NetworkProps> | FargateServiceProps["network"],
) =>
  refusal((stack) => {
    const given = "vpcId" in network ? network : new Network(stack, "network", { ...ownNetwork, ...network });
    new FargateService(stack, "service", { ...service, network: given, ...props });
  }).map((line) => line.replace("[test/service] ", ""));

describe("endpoints that were chosen by hand", () => {
  it.each(USES)("refuse %s without its endpoint", (_case, props, name) => {
    expect(refused(props, { interfaceEndpoints: BASE })).toEqual([
      expect.stringMatching(
        new RegExp(
          `^network\\.interfaceEndpoints: expected an endpoint for each AWS service that the tasks call, got none for ${name} \\(\\S+\\)\\. Add them to the network's interfaceEndpoints, or use a network with a NAT\\.$`,
        ),
      ) as string,
    ]);
  });

  it("refuse a service that cannot even pull its image", () => {
    expect(refused({}, { interfaceEndpoints: [] })).toEqual([
      "network.interfaceEndpoints: expected an endpoint for each AWS service that the tasks call, got none for ecr.api (image), ecr.dkr (image), logs (the containers' output). Add them to the network's interfaceEndpoints, or use a network with a NAT.",
    ]);
  });

  it("refuse a policy that is added later", () => {
    const lines = refusal((stack) => {
      const network = new Network(stack, "network", { ...ownNetwork, interfaceEndpoints: BASE });
      new FargateService(stack, "service", { ...service, network }).addTaskPolicy("queue", [sqs]);
    });
    expect(lines).toEqual([expect.stringContaining("got none for sqs (addTaskPolicy)") as string]);
  });

  it("accept a service that they suffice for", () => {
    const interfaceEndpoints = ["ecr.api", "ecr.dkr", "logs", "ssm"];
    expect(endpoints(made({ secrets: { API_KEY: PARAMETER } }, { interfaceEndpoints }))).toEqual(interfaceEndpoints);
  });
});

describe("an existing network", () => {
  it("is refused where its endpoints are the only way out and one is missing", () => {
    const network = existingNetwork({ ...foreign, interfaceEndpoints: BASE, endpointsOnly: true });
    expect(refused({ secrets: { API_KEY: PARAMETER } }, network)).toEqual([
      expect.stringContaining("got none for ssm (secrets.API_KEY)") as string,
    ]);
  });

  it.each([
    ["says nothing about its endpoints", foreign],
    ["has another way out", { ...foreign, interfaceEndpoints: ["logs"] }],
  ])("is accepted when it %s", (_case, props) => {
    const network = existingNetwork(props);
    const uses = { secrets: { API_KEY: PARAMETER, TOKEN: SECRET }, enableExecuteCommand: true };
    expect(made({ ...uses, network }).count("aws_ecs_service")).toBe(1);
  });
});

it.each(["nginx:1.27", "library/nginx:1.27", "docker.io/library/nginx:1.27", "ghcr.io/acme/crm:1.0.0"])(
  "an image of a public registry, %s, is refused where tasks reach AWS only",
  (image) => {
    expect(refused({ image }, {})).toEqual([
      `image: expected an image in ECR, because tasks of this network reach AWS services only, got "${image}". Push it to a private repository of ECR, or use a network with a NAT.`,
    ]);
    expect(made({ image }, { egress: "single-nat-gateway" }).count("aws_ecs_service")).toBe(1);
  },
);

it("an image of a registry in the VPC is accepted there", () => {
  const image = "registry.crm.internal:5000/crm:1.0.0";
  expect(endpoints(made({ image }))).toEqual(BASE);
});

describe("egressCidrs", () => {
  const lists = { s3: "pl-0123456789abcdef0" };

  it("that leave out S3's addresses are refused, unless its prefix list is given", () => {
    const lines = [
      'egressCidrs: expected also the addresses of S3, from which the layers of the image come, got "10.0.0.0/16". Add egressPrefixListIds: { s3: network.s3PrefixListId }.',
    ];
    expect(refused({ egressCidrs: ["10.0.0.0/16"] }, {})).toEqual(lines);
    const network = existingNetwork({ ...foreign, interfaceEndpoints: BASE, endpointsOnly: true });
    expect(refused({ egressCidrs: ["10.0.0.0/16"] }, network)).toEqual(lines);
    const template = made({ egressCidrs: ["10.0.0.0/16"], egressPrefixListIds: lists });
    expect(template.resource("aws_vpc_security_group_egress_rule", "service/egress-https-list-s3")).toMatchObject({
      prefix_list_id: lists.s3,
      from_port: 443,
      to_port: 443,
      ip_protocol: "tcp",
    });
  });

  it("with the network's own prefix list of S3 are accepted", () => {
    const template = synthesize((stack) => {
      const network = new Network(stack, "network", ownNetwork);
      const egressPrefixListIds = { s3: network.s3PrefixListId };
      new FargateService(stack, "service", { ...service, network, egressCidrs: ["10.0.0.0/16"], egressPrefixListIds });
    });
    const rule = template.resource("aws_vpc_security_group_egress_rule", "service/egress-https-list-s3");
    expect(rule["prefix_list_id"]).toMatch(/^\$\{aws_vpc_endpoint\.network_s3-endpoint_\w+\.prefix_list_id\}$/);
    expect(waitsFor(template)).toContain("egress-https-list-s3");
  });

  it("that leave out the VPC's own endpoints are refused", () => {
    expect(refused({ egressCidrs: ["192.168.0.0/16", "::/0"] }, {})).toEqual([
      'egressCidrs: expected also the addresses of the endpoints of ecr.api, ecr.dkr, logs, in 10.0.0.0/16, got "192.168.0.0/16", "::/0". Add "10.0.0.0/16".',
    ]);
  });

  it("of private addresses alone are refused where the services are in the internet", () => {
    expect(
      refused({ egressCidrs: ["10.0.0.0/8"], egressPrefixListIds: lists }, { egress: "single-nat-gateway" }),
    ).toEqual([
      'egressCidrs: expected also public addresses, which ecr.api, ecr.dkr, logs have without an interface endpoint, got "10.0.0.0/8". Add "0.0.0.0/0", or the services to the network\'s interfaceEndpoints.',
    ]);
  });

  it("of a network that says nothing about its ways out are not judged", () => {
    const network = existingNetwork(foreign);
    expect(made({ network, egressCidrs: ["10.0.0.0/16"] }).count("aws_ecs_service")).toBe(1);
  });

  it("are not judged by S3 for an image of another registry", () => {
    const changes = { egressCidrs: ["10.0.0.0/16"], image: "registry.crm.internal/crm:1.0.0" };
    expect(made(changes).count("aws_ecs_service")).toBe(1);
  });
});

it.each([
  ["a key that cannot be an id", { S3: "pl-0123456789abcdef0" }, "egressPrefixListIds: expected keys of lower-case"],
  ["a name instead of an id", { s3: "com.amazonaws.s3" }, "egressPrefixListIds.s3: expected an id such as pl-"],
])("egressPrefixListIds refuse %s", (_case, egressPrefixListIds, start) => {
  expect(refused({ egressPrefixListIds }, {})).toEqual([expect.stringContaining(start) as string]);
});
