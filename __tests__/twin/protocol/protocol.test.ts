import { events } from "./events";
import { Ground } from "./ground";
import { handshakes } from "./handshakes";
import { namespaces } from "./namespaces";
import { patience, Waiting } from "./patience";
import { payloads } from "./payloads";
import { twoTasks } from "./two-tasks";
import { upgrades } from "./upgrades";
import { websockets } from "./websockets";

let ground: Ground;
let waiting: Waiting;

beforeAll(async () => {
  ground = await Ground.prepare();
  waiting = await Waiting.begin(ground);
});
afterEach(() => ground.clear());
afterAll(async () => {
  await waiting?.end();
  await ground?.stop();
});

const theGround = (): Ground => ground;

describe("Engine.IO 4", () => {
  handshakes(theGround);
  payloads(theGround);
  websockets(theGround);
  upgrades(theGround);
});

describe("Socket.IO 5", () => {
  namespaces(theGround);
  events(theGround);
});

describe("two tasks", () => twoTasks(theGround));

describe("at last", () => {
  patience(() => waiting);

  it("nothing of all this has ended a task", () => {
    expect(ground.twin.tasks().map(({ id, target }) => ({ id, target }))).toEqual([
      { id: "task-1", target: "healthy" },
      { id: "task-2", target: "healthy" },
    ]);
  });
});
