import { requireNew, requireOnlyCreations } from "../../../tools/verify-aws/nothing-existing";
import { contextOf, useCredentials } from "../deploy/fixtures";
import { ScriptedAws } from "../deploy/scripted-aws";

useCredentials();

const VPC = "arn:aws:ec2:ap-northeast-1:123456789012:vpc/vpc-1";

it.each([
  ["refuses a name that something has already", [{ ResourceARN: VPC }], VPC],
  ["takes a name that nothing has", [], undefined],
])("%s", async (_, ResourceTagMappingList, found) => {
  const aws = await ScriptedAws.start({ GetResources: { ResourceTagMappingList } });
  try {
    const checked = requireNew(contextOf(aws).context);
    await (found === undefined ? expect(checked).resolves.toBeUndefined() : expect(checked).rejects.toThrow(found));
    expect(aws.inputs("GetResources")[0]?.["TagFilters"]).toEqual([
      { Key: "Application", Values: ["crm"] },
      { Key: "Environment", Values: ["dev"] },
    ]);
  } finally {
    await aws.stop();
  }
});

function planWith(...actions: readonly string[]) {
  return { resource_changes: [{ address: "aws_vpc.v", change: { actions, before: null, after: null } }] };
}

it.each([[["create"]], [["read"]], [["no-op"]]])("takes a plan that does %p", (actions) => {
  expect(() => requireOnlyCreations("crm", planWith(...actions))).not.toThrow();
});

it.each([[["update"]], [["delete"]], [["delete", "create"]], [["forget"]]])(
  "refuses a plan that does %p",
  (actions) => {
    expect(() => requireOnlyCreations("crm", planWith(...actions))).toThrow("aws_vpc.v");
  },
);
