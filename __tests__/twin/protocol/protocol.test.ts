import { events } from "./events";
import { RunningApp } from "./running-app";
import { handshakes } from "./handshakes";
import { namespaces } from "./namespaces";
import { smokeTest } from "./smoke";
import { timeouts, TimeoutSessions } from "./timeouts";
import { payloads } from "./payloads";
import { twoTasks } from "./two-tasks";
import { upgrades } from "./upgrades";
import { websockets } from "./websockets";

let app: RunningApp;
let waiting: TimeoutSessions;

beforeAll(async () => {
  app = await RunningApp.start();
  waiting = await TimeoutSessions.begin(app);
});
afterEach(() => app.closeConnections());
afterAll(async () => {
  await waiting?.end();
  await app?.stop();
});

const theApp = (): RunningApp => app;

describe("Engine.IO 4", () => {
  handshakes(theApp);
  payloads(theApp);
  websockets(theApp);
  upgrades(theApp);
});

describe("Socket.IO 5", () => {
  namespaces(theApp);
  events(theApp);
});

describe("two tasks", () => twoTasks(theApp));

describe("after all other tests", () => {
  timeouts(() => waiting);

  it("both tasks are still healthy", () => {
    expect(app.twin.tasks().map(({ id, target }) => ({ id, target }))).toEqual([
      { id: "task-1", target: "healthy" },
      { id: "task-2", target: "healthy" },
    ]);
  });

  smokeTest(theApp);
});
