import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TerraformStack } from "cdktf";
import { checkBetweenEnvironments } from "../environments/checks/between-environments";
import { defineEnvironment } from "../environments/define-environment";
import { dev } from "../environments/dev";
import { type EnvironmentOf } from "../environments/schema";
import { prod } from "../environments/prod";
import { FargateService, type FargateServiceProps, Network } from "../modules";
import { refusal } from "./helpers/refusal";

const readme = readFileSync(join(__dirname, "..", "README.md"), "utf8");
const [, section = ""] = /\n## Troubleshooting\n([\s\S]*?)(?=\n## |$)/.exec(readme) ?? [];
const shown = [...section.matchAll(/```text\n([\s\S]*?)\n```/g)].map(([, text]) => text);

const service = (stack: TerraformStack, changes: Partial<FargateServiceProps>) => {
  const network = new Network(stack, "network", {
    name: "chat",
    availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
  });
  new FargateService(stack, "service", {
    name: "chat",
    network,
    image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/chat:1.0.0",
    containerPort: 3000,
    desiredCount: 1,
    ...changes,
  });
};

const withoutCertificate = { kind: "https", domainName: "crm.example.com" } as EnvironmentOf<"fargate">["entrance"];

/** The five things that people get wrong on their first day. */
const mistakes: Readonly<Record<string, (stack: TerraformStack) => unknown>> = {
  "CPU and memory that do not go together": (stack) => service(stack, { cpu: 256, memoryMiB: 4096 }),
  "a domain without a certificate": () => defineEnvironment({ ...dev, entrance: withoutCertificate }),
  "networks that overlap": () => checkBetweenEnvironments([dev, { ...prod, cidrBlock: dev.cidrBlock }]),
  "a secret among the plain variables": (stack) => service(stack, { environment: { DATABASE_PASSWORD: "hunter2" } }),
  "more than one task without Redis": (stack) => service(stack, { desiredCount: 2 }),
};

it("explains the newcomer's five mistakes in the very words of the errors", () => {
  const said = Object.values(mistakes).map((mistake) => refusal((stack) => void mistake(stack)).join("\n"));
  expect(shown).toEqual([said.join("\n")]);
  expect(said.join("\n")).not.toContain("hunter2");
});

it("says more of each than the error does", () => {
  const items = section.split("\n").filter((line) => line.startsWith("- "));
  expect(items).toHaveLength(Object.keys(mistakes).length);
});
