import { dev } from "../../../environments/dev";
import { PROFILE_NAMES } from "../../../environments/profiles";
import { secretAccess } from "../../../tools/doctor/checks/secret-access";
import { DeclaredStack } from "../../../tools/doctor/stack/declared";
import { type Json } from "../../../tools/terraform/json";
import { entranceEnvironment } from "../../helpers/entrance-environment";
import { profileEnvironment } from "../../helpers/profile-environment";
import { synthesizedEnvironment } from "../../helpers/synthesized-environment";
import { useCredentials } from "../deploy/fixtures";
import { AwsFault } from "../deploy/scripted-aws";
import { diagnosed, statesOf } from "./diagnosis";

useCredentials();

const environments = [dev, ...PROFILE_NAMES.map(profileEnvironment), entranceEnvironment("cloudfront")];

describe.each(environments.map((environment) => [environment.name, environment] as const))(
  "%s",
  (name, environment) => {
    const json = JSON.parse(synthesizedEnvironment(environment).text) as Json;
    const stack = new DeclaredStack(json);
    const ours = expect.stringMatching(new RegExp(`^/?(ecs/)?messenger-crm-${name}`)) as string;

    it("declares its resources by the names that they have in AWS", () => {
      const alarms = stack.alarms().map((alarm) => alarm.name);
      expect(alarms.length).toBeGreaterThan(30);
      expect(alarms).toEqual(alarms.map(() => ours));
      expect(stack.metricFilters()).toEqual([
        {
          name: "WebSocketConnections",
          logGroupName: `/ecs/messenger-crm-${name}`,
          pattern: expect.any(String) as string,
        },
      ]);
      expect(stack.topics().map((topic) => topic.name)).toContain(`messenger-crm-${name}-alarms`);
      const topics = stack.topics().map((topic) => `${topic.region} ${topic.name}`);
      const subscribed = stack.subscriptions().map((each) => `${each.region} ${each.topic}`);
      expect(subscribed.filter((topic) => !topics.includes(topic))).toEqual([]);
      expect(stack.executionRole()?.name).toBe(`messenger-crm-${name}-execution`);
      const secrets = stack.containerSecrets().map(({ valueFrom }) => valueFrom);
      expect(secrets.length).toBeGreaterThan(4);
      expect(secrets).toEqual(secrets.map(() => expect.stringMatching(/^arn:aws:secretsmanager:/) as string));
    });

    it("lets its execution role read the secrets of its containers", async () => {
      const answers = { SimulatePrincipalPolicy: new AwsFault("NoSuchEntity", "The role cannot be found.", 404) };
      const diagnosis = await diagnosed({ stack: json, checks: [secretAccess], answers });
      expect(diagnosis.findings).toEqual([]);
      expect(statesOf(diagnosis)).toEqual({ "secret-access": "healthy" });
    });
  },
);

it("has the domain and the certificate of an environment that names them", () => {
  const stack = new DeclaredStack(JSON.parse(synthesizedEnvironment(profileEnvironment("small")).text) as Json);
  expect(stack.domain()).toBe("crm.example.com");
  expect(stack.foreignCertificates()).toEqual([expect.stringMatching(/^arn:aws:acm:ap-northeast-1:123456789012:/)]);
  const http = new DeclaredStack(JSON.parse(synthesizedEnvironment(dev).text) as Json);
  expect([http.domain(), http.foreignCertificates()]).toEqual([undefined, []]);
});
