export const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";
export const origin = {
  loadBalancerArn: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/crm-alb/0123456789abcdef",
  dnsName: "internal-crm-alb-1.ap-northeast-1.elb.amazonaws.com",
  scheme: "https",
  idleTimeoutSec: 60,
};
export const minimal = { name: "crm", domainNames: ["crm.example.com"], certificateArn: CERTIFICATE, origin };
