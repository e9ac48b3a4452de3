import { Fn, TerraformElement } from "cdktf";
import { type Construct } from "constructs";

const TYPE = "aws_secretsmanager_random_password";

export interface RandomPasswordProps {
  /** Number of characters. */
  readonly length: number;
  /** ARN of the secret that it is for: known only once the secret is there. */
  readonly secretArn: string;
}

/**
 * A random password of letters and digits, which need no quoting in a URL, a header or a shell. Terraform draws it in memory
 * and keeps it in no plan and no state: an ephemeral resource, for which cdktf 0.21 has no class.
 */
export class RandomPassword extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RandomPasswordProps,
  ) {
    super(scope, id);
  }

  /** The value, for write-only attributes alone: Terraform refuses it anywhere else. */
  get value(): string {
    return `\${ephemeral.${TYPE}.${this.friendlyUniqueId}.random_password}`;
  }

  override toTerraform(): object {
    const body = {
      password_length: this.props.length,
      exclude_punctuation: true,
      // Excludes nothing, but is known only when the secret exists: Terraform would otherwise ask AWS for a password during the
      // plan of a stack that is not there yet, and a first plan must work without AWS.
      exclude_characters: Fn.substr(this.props.secretArn, 0, 0),
      "//": this.constructNodeMetadata,
    };
    return { ephemeral: { [TYPE]: { [this.friendlyUniqueId]: body } } };
  }
}
