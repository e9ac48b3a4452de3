import { type Block, type TerraformJson } from "../../helpers/template";
import { KNOWN_AT_APPLY, adding, type Mutation } from "../mutation";

/** A block that our own stacks do not contain, added to the production stack. */
export interface AddedBlock {
  readonly rule: string;
  readonly mutation: Mutation;
  /** Path below the stack that the finding reports. */
  readonly path: string;
  readonly attribute: string;
  /** A block that the rule accepts in the same place. */
  readonly compliant: (json: TerraformJson) => void;
}

export const addedBlocks: readonly AddedBlock[] = [
  {
    rule: "vpc-no-security-group-rule",
    mutation: adding(
      "aws_security_group_rule",
      "old",
      { type: "ingress", source_security_group_id: "sg-0123456789abcdef0" },
      {},
    ),
    path: "added/old",
    attribute: "type",
    compliant: (json) => {
      const referenced = { referenced_security_group_id: "sg-0123456789abcdef0", from_port: 443, to_port: 443 };
      adding("aws_vpc_security_group_ingress_rule", "new", referenced, {}).wrong({}, json);
    },
  },
  {
    rule: "secrets-sensitive-outputs",
    mutation: {
      wrong: (_, json) => addOutput(json, { value: "${aws_db_instance.main.password}" }),
      unknown: (_, json) => addOutput(json, { value: KNOWN_AT_APPLY }),
    },
    path: "output.leak",
    attribute: "sensitive",
    compliant: (json) => addOutput(json, { value: "${aws_db_instance.main.password}", sensitive: true }),
  },
  {
    rule: "secrets-no-literals",
    mutation: {
      wrong: (_, json) => addOutput(json, { value: "postgresql://app:hunter2@db.example.com/app" }),
      unknown: (_, json) => addOutput(json, { value: `postgresql://app:${KNOWN_AT_APPLY}@db` }),
    },
    path: "output.leak",
    attribute: "value",
    compliant: (json) => addOutput(json, { value: "postgresql://db.example.com/app" }),
  },
];

function addOutput(json: TerraformJson, block: Block): void {
  json.output!["leak"] = block;
}
