import { imageOf, readRemembered } from "../../deploy/release/remembered-image";
import { activeRevisions } from "../../deploy/release/revision";
import { revisionOf } from "../../deploy/service/snapshot";
import { ask } from "../account/ask";
import { DoesNotApply } from "../account/does-not-apply";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

/** Terraform keeps the image that the parameter remembers; see docs/adr/0015-who-owns-the-image.md. */
export const imageDrift = defineCheck({
  name: "image-drift",
  expects: "Terraform's next plan keeps the image that runs",
  read: async (account) => {
    const { target, aws } = account;
    if (target.imageParameter === undefined)
      throw new DoesNotApply("a pipeline deploys, and Terraform leaves it alone");
    const { image, revision } = await account.running();
    const remembered = imageOf(target, await ask("ssm:GetParameter", readRemembered(aws.ssm, target)));
    const [newest] = await ask("ecs:ListTaskDefinitions", activeRevisions(aws.ecs, target.family));
    return { image, revision, remembered, newest: newest === undefined ? revision : revisionOf(newest) };
  },
  judge: ({ image, revision, remembered, newest }): Problem[] => {
    if (remembered === image && newest <= revision) return [];
    return [
      {
        severity: "warning",
        what:
          remembered === image
            ? `Revision ${revision} runs, but revision ${newest} is active, too.`
            : "Terraform remembers another image than the one that runs.",
        evidence: `runs ${image} (revision ${revision}); remembered ${remembered}; newest active revision ${newest}`,
        impact: "The next apply, for whatever reason, replaces what runs.",
        remedy: "`make rollback` keeps what runs and brings Terraform in step; `make deploy` replaces it.",
      },
    ];
  },
});
