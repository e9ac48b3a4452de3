import { PassThrough } from "node:stream";
import { askNameOn, confirmOn } from "../../../tools/deploy/confirm";

/** A terminal at which somebody types. */
function terminal(typed: string | undefined) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const output = Object.assign(new PassThrough(), { isTTY: true });
  setImmediate(() => (typed === undefined ? input.end() : input.write(typed)));
  return { input, output };
}

it.each([
  ["yes\r", true],
  [" YES \r", true],
  ["y\r", false],
  ["\r", false],
])("takes %j for %s", async (typed, answer) => {
  expect(await confirmOn(terminal(typed), false)("Go?")).toBe(answer);
});

it("returns a name as it was typed", async () => {
  expect(await askNameOn(terminal("crm-dev\r"), undefined)("crm-dev to destroy it")).toBe("crm-dev");
});

it.each([
  ["Ctrl-C", "\x03"],
  ["the end of the input", undefined],
])("does not take %s for an answer", async (_, typed) => {
  await expect(confirmOn(terminal(typed), false)("Go?")).rejects.toThrow(
    "confirmation: expected an answer, got Ctrl-C or the end of the input. Nothing more was changed.",
  );
});

it("asks nobody where nobody sits, or with --yes", async () => {
  const nobody = { input: new PassThrough(), output: new PassThrough() };
  await expect(confirmOn(nobody, false)("Go?")).rejects.toThrow("Pass --yes in a pipeline.");
  expect(await confirmOn(nobody, true)("Go?")).toBe(true);
});
