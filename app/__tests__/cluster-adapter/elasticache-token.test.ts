import { elasticacheTokens } from "../../server/cluster-adapter/elasticache-token";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret-of-the-test", sessionToken: "session/+=" };

function token(host: string): Promise<string> {
  return elasticacheTokens({ host, user: "messenger-app", region: "ap-northeast-1", credentials })();
}

it.each([
  ["master.crm-prod.abc123.apne1.cache.amazonaws.com", "crm-prod", null],
  ["clustercfg.crm-prod.abc123.apne1.cache.amazonaws.com", "crm-prod", null],
  ["crm-prod-x1y2z3.serverless.apne1.cache.amazonaws.com", "crm-prod", "ServerlessCache"],
])("signs a connection to %s", async (host, name, resourceType) => {
  const signed = new URL(`http://${await token(host)}`);
  expect(signed.hostname).toBe(name);
  expect(signed.pathname).toBe("/");
  const { searchParams } = signed;
  expect(searchParams.get("Action")).toBe("connect");
  expect(searchParams.get("User")).toBe("messenger-app");
  expect(searchParams.get("ResourceType")).toBe(resourceType);
  expect(searchParams.get("X-Amz-Expires")).toBe("900");
  expect(searchParams.get("X-Amz-Credential")).toMatch(
    /^AKIDEXAMPLE\/\d{8}\/ap-northeast-1\/elasticache\/aws4_request$/,
  );
  expect(searchParams.get("X-Amz-Security-Token")).toBe("session/+=");
  expect(searchParams.get("X-Amz-Signature")).toMatch(/^[0-9a-f]{64}$/);
});

it("escapes like a URL, not like a form", async () => {
  expect(await token("master.crm.abc.apne1.cache.amazonaws.com")).toContain("X-Amz-Security-Token=session%2F%2B%3D");
});

it("never contains the secret key", async () => {
  expect(await token("master.crm.abc.apne1.cache.amazonaws.com")).not.toContain(credentials.secretAccessKey);
});
