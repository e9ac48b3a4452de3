import { Ground } from "./machine/ground";

let ground: Ground;

beforeAll(async () => {
  ground = await Ground.open();
});
afterAll(async () => {
  await ground?.close();
});

describe("an instance that cannot boot", () => {
  it.each([
    [
      "there is no such image",
      { image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm:v2" },
      "no image .*crm:v2: .*ImageNotFound",
    ],
    [
      "the migration fails",
      { migration: { command: ["node", "missing.js"], secrets: {}, timeoutSec: 60 } },
      "the migration failed",
    ],
    [
      "no process becomes healthy",
      { bootSec: 3, migration: undefined, environment: { NODE_ENV: "production" } },
      "process 0 is not healthy after 3 s",
    ],
  ])("abandons the launch when %s", async (_why, over, message) => {
    const instance = await ground.start(over);
    const { code, output } = await instance.machine.boot();
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(message) as string });
    expect(instance.completedHooks).toEqual(["launching ABANDON"]);
  });

  it("abandons the launch when a layer is not what its digest says", async () => {
    const instance = await ground.start();
    instance.aws.tampered.add(ground.image.appLayer);
    const { code, output } = await instance.machine.boot();
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringMatching(/the content of sha256:\w+ in .* is not what its digest says/) as string,
    });
    expect(instance.completedHooks).toEqual(["launching ABANDON"]);
    expect((await instance.machine.run("systemctl is-active app@0")).output).toBe("inactive\n");
    instance.aws.metadata.set("autoscaling/target-lifecycle-state", "Terminated");
    await instance.machine.must(
      "timeout 60 bash -c 'until grep -q drained /var/log/app/instance.log; do sleep 1; done; sleep 1'",
    );
    expect(instance.completedHooks).toEqual(["launching ABANDON", "terminating CONTINUE"]);
  });
});
