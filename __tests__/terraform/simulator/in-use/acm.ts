import { DeleteCertificateCommand, RequestCertificateCommand } from "@aws-sdk/client-acm";
import { CreateListenerCommand, DeleteLoadBalancerCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { distribution } from "./resources/distribution";
import { fixed, loadBalancer } from "./resources/load-balancer";
import { aws, clientsOf, expectRefused } from "./simulated";

describe("ACM", () => {
  it("keeps a certificate of a listener", async () => {
    const { CertificateArn } = await aws.acm.send(new RequestCertificateCommand({ DomainName: "crm.example.com" }));
    const { arn: LoadBalancerArn } = await loadBalancer();
    const Certificates = [{ CertificateArn }];
    await aws.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn,
        Port: 443,
        Protocol: "HTTPS",
        Certificates,
        DefaultActions: [fixed],
      }),
    );
    const deletion = new DeleteCertificateCommand({ CertificateArn });
    await expectRefused(aws.acm.send(deletion), "ResourceInUseException");
    await aws.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    await aws.acm.send(deletion);
  });

  it("keeps a certificate of a distribution", async () => {
    const edge = clientsOf("us-east-1");
    const { CertificateArn } = await edge.acm.send(new RequestCertificateCommand({ DomainName: "crm.example.com" }));
    await distribution({ ViewerCertificate: { ACMCertificateArn: CertificateArn, SSLSupportMethod: "sni-only" } });
    await expectRefused(edge.acm.send(new DeleteCertificateCommand({ CertificateArn })), "ResourceInUseException");
  });
});
