import { ref, Token } from "cdktf";
import { EncryptionKey } from "../../../modules/encryption-key";
import { refusal } from "../../helpers/refusal";

const minimal = { name: "crm", region: "ap-northeast-1", accountId: "123456789012" };
const refused = (props: object) =>
  refusal((stack) => void new EncryptionKey(stack, "key", { ...minimal, ...props })).map((line) =>
    line.replace("[test/key] ", ""),
  );

it.each(["xap-northeast-1", "AP-northeast-1", "ap-northeast-1a"])("refuses the region %s", (region) => {
  expect(refused({ region })).toEqual([
    `region: expected a literal region such as ap-northeast-1, got "${region}". The key policy names the services of one region.`,
  ]);
});

it.each(["1234567890123", "a123456789012"])("refuses the account %s", (accountId) => {
  expect(refused({ accountId })).toEqual([
    `accountId: expected a literal of 12 digits, got "${accountId}". Find it with \`aws sts get-caller-identity\`.`,
  ]);
});

it("refuses a deletion protection that is known only at apply", () => {
  expect(refused({ deletionProtection: Token.asAny(ref("var.protected")) })).toEqual([
    "deletionProtection: expected a literal true or false, got a value that is known only at apply. It decides what is synthesized, so it must be known at synth.",
  ]);
});
