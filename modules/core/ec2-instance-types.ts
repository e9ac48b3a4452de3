import { sizesByFamily } from "./instance-sizes";

/** An EC2 instance type: `t4g.nano`, `c7gn.16xlarge`. Metal sizes are left out. */
export const INSTANCE_TYPE = /^[a-z]{1,3}\d[a-z]*\.(nano|micro|small|medium|large|\d{0,2}xlarge)$/;

/** Whether the type has a Graviton processor: a g after its generation, or a1, the first one. */
export function isArm(instanceType: string): boolean {
  return /^(a1|[a-z]+\dg[a-z]*)\./.test(instanceType);
}

/**
 * EC2's instance types of 2026-11, without metal sizes: the sizes, and the families that have exactly those.
 * Source: EC2 API model (botocore 1.43.11), the enumeration InstanceType.
 */
export const INSTANCE_SIZES = sizesByFamily({
  "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge":
    "c5a c5ad m5 m5a m5ad m5d m5dn m5n r5 r5a r5ad r5b r5d r5dn r5n",
  "medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge":
    "c6g c6gd c6gn c7g c7gd c7gn m6g m6gd m7g m7gd r6g r6gd r7g r7gd x2gd",
  "medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge":
    "c8a c8g c8gb c8gd c8gn m8a m8g m8gb m8gd m8gn r8a r8g r8gd r8gn x8g",
  "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge":
    "c6i c6id c6in i4i m6i m6id m6idn m6in r6i r6id r6idn r6in",
  "112xlarge": "u-12tb1 u-18tb1 u-24tb1 u-9tb1 u7i-6tb u7i-8tb",
  "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge 48xlarge 96xlarge":
    "c8i c8id m8i m8id r8i r8id",
  "224xlarge": "u7i-12tb u7ib-12tb u7in-16tb u7in-24tb u7in-32tb",
  "24xlarge": "dl1 dl2q p3dn p4d p4de",
  "48xlarge": "hpc6a p5e p5en p6-b200 p6-b300",
  "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge": "c7i-flex c8i-flex m7i-flex m8i-flex r8i-flex",
  "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge": "c7i i7i i8g m7i r7i",
  "4xlarge": "cc1 cg1 gr6f hi1",
  "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge": "i3 i4g im4gn r4",
  "nano micro small medium large xlarge 2xlarge": "t2 t3 t3a t4g",
  "8xlarge": "cc2 cr1 hs1",
  "large xlarge 2xlarge 4xlarge 8xlarge": "c3 c4 r3",
  "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge 48xlarge": "c6a m6a r6a",
  "medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge 48xlarge": "c7a m7a r7a",
  "xlarge 2xlarge 4xlarge 8xlarge": "d2 d3 i2",
  "xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge": "g5 g6 g6e",
  "32xlarge": "hpc6id trn1n",
  "4xlarge 8xlarge 16xlarge": "g3 hpc7g",
  "large xlarge 2xlarge 3xlarge 6xlarge 12xlarge": "m5zn z1d",
  "large xlarge 2xlarge 3xlarge 6xlarge 12xlarge 18xlarge 24xlarge 48xlarge": "i7ie i8ge",
  "large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge": "c5 c5d",
  "xlarge 2xlarge 4xlarge 8xlarge 16xlarge": "g4ad g5g",
  "12xlarge 24xlarge 48xlarge 96xlarge": "hpc7a",
  "16xlarge 24xlarge 32xlarge": "x2idn",
  "16xlarge 32xlarge": "x1",
  "2xlarge 32xlarge": "trn1",
  "2xlarge 4xlarge 16xlarge": "f1",
  "2xlarge 4xlarge 6xlarge 8xlarge 12xlarge": "x2iezn",
  "2xlarge 4xlarge 8xlarge 12xlarge 24xlarge 48xlarge": "g7e",
  "2xlarge 4xlarge 8xlarge 16xlarge": "h1",
  "2xlarge 8xlarge": "g2",
  "2xlarge 8xlarge 16xlarge": "p3",
  "36xlarge": "p6e-gb200",
  "3xlarge 48xlarge": "trn2",
  "3xlarge 6xlarge 24xlarge": "vt1",
  "480xlarge": "u7inh-32tb",
  "4xlarge 48xlarge": "p5",
  "4xlarge 8xlarge": "gr6",
  "56xlarge": "u-3tb1",
  "56xlarge 112xlarge": "u-6tb1",
  "6xlarge 12xlarge 48xlarge": "f2",
  "96xlarge": "hpc8a",
  "large xlarge 2xlarge 3xlarge 6xlarge 12xlarge 24xlarge": "i3en",
  "large xlarge 2xlarge 4xlarge": "g6f",
  "large xlarge 2xlarge 4xlarge 10xlarge 16xlarge": "m4",
  "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge 48xlarge 64xlarge 96xlarge": "x8i",
  "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 32xlarge": "r7iz",
  "large xlarge 2xlarge 4xlarge 9xlarge 18xlarge": "c5n",
  "large xlarge 3xlarge 6xlarge 12xlarge 24xlarge": "x8aedz",
  "medium large xlarge 2xlarge": "m3",
  "medium large xlarge 2xlarge 4xlarge": "a1",
  "medium large xlarge 2xlarge 4xlarge 8xlarge": "is4gen",
  "medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge": "r8gb",
  "medium large xlarge 3xlarge 6xlarge 12xlarge 24xlarge": "m8azn",
  "medium xlarge": "c1",
  micro: "t1",
  "small medium large xlarge": "m1",
  xlarge: "g3s",
  "xlarge 2xlarge 4xlarge": "m2",
  "xlarge 2xlarge 4xlarge 6xlarge 8xlarge 12xlarge": "d3en",
  "xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge": "g4dn",
  "xlarge 2xlarge 4xlarge 8xlarge 16xlarge 24xlarge 32xlarge": "x2iedn",
  "xlarge 2xlarge 4xlarge 8xlarge 16xlarge 32xlarge": "x1e",
  "xlarge 2xlarge 6xlarge 24xlarge": "inf1",
  "xlarge 8xlarge 16xlarge": "p2",
  "xlarge 8xlarge 24xlarge 48xlarge": "inf2",
});
