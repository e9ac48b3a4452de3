import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serverAccount } from "../../../tools/servers/account";
import { type Fault } from "../fault";

const DISK_MIB = 4;
const CHUNK_BYTES = 4096;

/** A disk that is small enough to be filled: a file system in memory, for the table of messages alone. */
class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), "faults-disk-"));

  constructor() {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MIB}m`, "tmpfs", this.folder]);
    const account = serverAccount();
    if (account) chownSync(this.folder, account.uid, account.gid);
  }

  /** @returns how to make room again */
  fill(): () => void {
    const ballast: string[] = [];
    try {
      for (let index = 0; ; index++) {
        const file = join(this.folder, `ballast-${index}`);
        ballast.push(file);
        writeFileSync(file, Buffer.alloc(CHUNK_BYTES));
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
    return () => ballast.forEach((file) => rmSync(file, { force: true }));
  }

  remove(): void {
    if (!existsSync(this.folder)) return;
    execFileSync("umount", [this.folder]);
    rmdirSync(this.folder);
  }
}

let disk: SmallDisk | undefined;

/** What happens to PostgreSQL, which is where acknowledged messages are. */
export const databaseFaults: readonly Fault[] = [
  {
    name: "database-stopped",
    what: "PostgreSQL is stopped at once (immediate), is away for 5 s and recovers from its log",
    act: async (stage) => {
      await stage.twin.database.stop();
      await stage.wait(5);
      await stage.twin.database.start();
    },
  },
  {
    name: "database-killed",
    what: "PostgreSQL is killed with all its processes, five times, 2 s apart",
    act: async (stage) => {
      for (let time = 0; time < 5; time++) {
        await stage.twin.database.kill();
        await stage.wait(0.5);
        await stage.twin.database.start();
        await stage.wait(2);
      }
    },
  },
  {
    name: "database-hung",
    what: "PostgreSQL hangs for 10 s with all connections open, then does what it was asked in the meantime",
    act: async (stage) => {
      stage.twin.database.pause();
      await stage.wait(10);
      stage.twin.database.resume();
    },
  },
  {
    name: "database-read-only",
    what: "PostgreSQL takes no writes for 6 s, as after a failover to a replica",
    act: async (stage) => {
      await stage.twin.database.sql("alter system set default_transaction_read_only = on");
      await stage.twin.database.sql("select pg_reload_conf()");
      await stage.wait(6);
      await stage.twin.database.sql("alter system reset default_transaction_read_only");
      await stage.twin.database.sql("select pg_reload_conf()");
    },
  },
  {
    name: "disk-full",
    what: "no space is left for the table of messages for 8 s (a tablespace of its own; the log has room)",
    prepare: async (stage) => {
      disk = new SmallDisk();
      await stage.twin.database.sql(`create tablespace small location '${disk.folder}'`);
      await stage.sql("alter table message set tablespace small");
    },
    act: async (stage) => {
      const makeRoom = disk?.fill();
      await stage.wait(8);
      makeRoom?.();
    },
    afterwards: async () => {
      disk?.remove();
      disk = undefined;
      return Promise.resolve();
    },
  },
];
