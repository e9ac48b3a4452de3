import { readCertificate } from "../account/certificate";
import { DoesNotApply } from "../account/does-not-apply";
import { defineCheck } from "../check";
import { certificateProblems } from "./certificate";

/** A certificate that the environment names has to be ready before a listener can use it. */
export const stackCertificate = defineCheck({
  name: "certificate",
  expects: "the certificate that the environment names is issued and valid for its domain",
  read: async (account) => {
    const arns = account.stack.foreignCertificates();
    if (arns.length === 0) throw new DoesNotApply("the stack creates its certificate, or is served without TLS");
    const visible = await Promise.all(arns.map((arn) => readCertificate(account.aws.acm, arn)));
    return { visible, behind: [], domain: account.stack.domain(), now: account.now() };
  },
  judge: certificateProblems,
});
