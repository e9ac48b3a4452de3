import { Drafts, memoryDraftStorage, type WatchDrafts } from "../../client/drafts";

describe("Drafts", () => {
  it("are kept for each person and conversation", () => {
    const storage = memoryDraftStorage();
    new Drafts("a", storage).set("1", "hello");
    expect(new Drafts("a", storage).get("1")).toBe("hello");
    expect([new Drafts("a", storage).get("2"), new Drafts("b", storage).get("1")]).toEqual(["", ""]);
  });

  it("follow what another tab writes in the same conversation, and clears", () => {
    const listeners = new Set<Parameters<WatchDrafts>[0]>();
    const watch: WatchDrafts = (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    };
    const tell = (key: string | null, value: string | null) => listeners.forEach((listener) => listener(key, value));
    const drafts = new Drafts("a", memoryDraftStorage(), watch);
    const seen: string[] = [];
    const stop = drafts.onChange("1", (text) => seen.push(text));
    tell("messenger-crm:a:draft:1", "hel");
    tell("messenger-crm:a:draft:2", "another conversation");
    tell("messenger-crm:b:draft:1", "another person");
    tell(null, null);
    tell("messenger-crm:a:draft:1", null);
    expect(seen).toEqual(["hel", ""]);
    stop();
    tell("messenger-crm:a:draft:1", "later");
    expect(seen).toHaveLength(2);
  });
});
