import * as kind from "../core/kinds";

const SET_UPS = ["user-data", "image"] as const;

/** The NAT instance of egress `single-nat-instance` and `nat-instance-per-zone`. */
export interface NatInstance {
  /**
   * EC2 instance type; it also decides the architecture of the default image. A t4g.nano carries 5 Gbit/s for some minutes and 32 Mbit/s all day.
   * @default "t4g.nano", $3.94 a month in Tokyo
   */
  readonly instanceType?: string | undefined;
  /**
   * Image: an id (`ami-…`), or an SSM parameter (public or your own) that EC2 reads at each launch (`resolve:ssm:/…`). The root device must be `/dev/xvda`.
   * @default the newest Amazon Linux 2023, by AWS's public parameter
   */
  readonly imageId?: string | undefined;
  /**
   * How the image becomes a NAT: `user-data` installs iptables on Amazon Linux 2023 at the first boot; `image` changes nothing, for an image
   * that already works as a NAT, such as fck-nat's.
   * @default "user-data", or "image" with your own `imageId`
   */
  readonly setUp?: (typeof SET_UPS)[number] | undefined;
  /**
   * TCP ports that tasks may reach through it, 1 to 65535.
   * @default [443], the only port that a service's own security group allows outbound
   */
  readonly ports?: readonly number[] | undefined;
}

export const NAT_INSTANCE = kind.object<NatInstance>({
  instanceType: kind.string,
  imageId: kind.string,
  setUp: kind.literalOneOf(
    SET_UPS,
    "user-data configures Amazon Linux 2023 at its first boot; image is for an image that already works as a NAT.",
  ),
  ports: kind.array(kind.number),
});
