import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformStack } from "cdktf";
import { Network } from "../../../modules";
import { refusal } from "../../helpers/refusal";

const inTokyo = (stack: TerraformStack) => new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
const inVirginia = (stack: TerraformStack) =>
  new Network(stack, "network", { name: "crm", availabilityZones: ["us-east-1a", "us-east-1b"] });

it.each<[string, (stack: TerraformStack) => unknown]>([
  ["that exists", (stack) => [inTokyo(stack), inVirginia(stack)]],
  ["that is created afterwards", (stack) => [inVirginia(stack), inTokyo(stack)]],
])("zones of another region than that of the stack's provider, %s, are refused", (_, build) => {
  expect(refusal((stack) => void build(stack))).toEqual([
    '[test/network] availabilityZones: expected zones of ap-northeast-1, the region of the stack, got "us-east-1a", "us-east-1b". Name zones of that region, or change the region of the stack\'s provider.',
  ]);
});

it("zones of two regions are refused once, whatever the region of the stack", () => {
  expect(
    refusal((stack) => {
      inTokyo(stack);
      new Network(stack, "network", { name: "crm", availabilityZones: ["us-east-1a", "us-west-2a"] });
    }),
  ).toEqual([
    "[test/network] availabilityZones: expected zones of one region, got us-east-1, us-west-2. A VPC belongs to one region.",
  ]);
});
