import { Fn, TerraformElement } from "cdktf";
import { type Construct } from "constructs";

const TYPE = "aws_secretsmanager_random_password";

export interface RandomPasswordProps {
  /** Number of characters. */
  readonly length: number;
  /** ARN of the secret that the password is for; known only after the secret has been created. */
  readonly secretArn: string;
}

/**
 * Generates a random password of letters and digits, which need no quoting in a URL, a header or a shell. It is an ephemeral
 * resource, for which cdktf 0.21 has no class: Terraform holds the password in memory and never stores it in a plan or the state.
 */
export class RandomPassword extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RandomPasswordProps,
  ) {
    super(scope, id);
  }

  /** The password. Use it only for write-only attributes; Terraform refuses it anywhere else. */
  get value(): string {
    return `\${ephemeral.${TYPE}.${this.friendlyUniqueId}.random_password}`;
  }

  override toTerraform(): object {
    const body = {
      password_length: this.props.length,
      exclude_punctuation: true,
      // Excludes nothing, but is known only after the secret exists. Without it Terraform would request a password from AWS during
      // the first plan, which must work without AWS.
      exclude_characters: Fn.substr(this.props.secretArn, 0, 0),
      "//": this.constructNodeMetadata,
    };
    return { ephemeral: { [TYPE]: { [this.friendlyUniqueId]: body } } };
  }
}
