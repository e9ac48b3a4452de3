export interface NatAddresses {
  /** Block of the whole VPC: traffic inside it is not translated. */
  readonly vpc: string;
  /** Block that holds every private subnet and nothing else. */
  readonly clients: string;
}

/**
 * Returns the user data that makes a NAT of Amazon Linux 2023: installs iptables, translates traffic from the private subnets and
 * drops everything addressed to the instance itself. An instance that fails in this shuts down, and its Auto Scaling group replaces it.
 * On 512 MiB of memory, dnf is known to be killed; swap on the root volume holds it. Sources: VPC user guide, "Work with NAT instances";
 * amazonlinux/amazon-linux-2023 issue 404; AWS re:Post, "How do I use a swap file to allocate memory as swap space in an EC2 instance?".
 */
export function natUserData({ vpc, clients }: NatAddresses): string {
  return `#!/bin/bash
set -euo pipefail
trap 'shutdown --poweroff now' ERR
dd if=/dev/zero of=/swap bs=1M count=1024 status=none
chmod 600 /swap
mkswap /swap
swapon /swap
echo '/swap none swap sw 0 0' >> /etc/fstab
dnf install --assumeyes --setopt=retries=20 iptables-services
echo 'net.ipv4.ip_forward = 1' > /etc/sysctl.d/90-nat.conf
sysctl --load=/etc/sysctl.d/90-nat.conf
cat > /etc/sysconfig/iptables <<'RULES'
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
-A POSTROUTING -s ${clients} ! -d ${vpc} -j MASQUERADE
COMMIT
*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
-A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
-A FORWARD -s ${clients} ! -d ${vpc} -j ACCEPT
COMMIT
RULES
systemctl enable --now iptables
`;
}
