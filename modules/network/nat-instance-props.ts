import * as kind from "../core/kinds";

/** The machine that translates addresses with egress `single-nat-instance` or `nat-instance-per-zone`. */
export interface NatInstance {
  /**
   * EC2 type, which the default image's architecture follows from. A t4g.nano carries 5 Gbit/s for some minutes and 32 Mbit/s all day.
   * @default "t4g.nano", $3.94 a month in Tokyo
   */
  readonly instanceType?: string;
  /**
   * Image: an id (`ami-…`), or a public or own SSM parameter that EC2 reads at each launch (`resolve:ssm:/…`). Its root device is `/dev/xvda`.
   * @default the newest Amazon Linux 2023, by AWS's public parameter
   */
  readonly imageId?: string;
  /**
   * What makes a NAT of the image: `user-data` installs iptables on Amazon Linux 2023 at the first boot, `image` leaves it alone, since it is
   * one already, as fck-nat's are.
   * @default "user-data", with an `imageId` of one's own "image"
   */
  readonly setUp?: "user-data" | "image";
  /**
   * TCP ports that tasks may reach through it, 1 to 65535.
   * @default [443], which is all that a service's own security group lets out
   */
  readonly ports?: readonly number[];
}

export const NAT_INSTANCE = kind.object<NatInstance>({
  instanceType: kind.string,
  imageId: kind.string,
  setUp: kind.string,
  ports: kind.array(kind.number),
});
