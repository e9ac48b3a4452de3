import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serverAccount } from "../../../tools/servers/account";
import { type Fault } from "../fault";

const DISK_MIB = 4;
const CHUNK_BYTES = 4096;

/** An in-memory file system for the message table that is small enough to fill. */
class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), "faults-disk-"));

  constructor() {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MIB}m`, "tmpfs", this.folder]);
    const account = serverAccount();
    if (account) chownSync(this.folder, account.uid, account.gid);
  }

  /** Fills the file system. @returns a function that frees the space */
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

/** Faults of PostgreSQL, which stores the acknowledged messages. */
export const databaseFaults: readonly Fault[] = [
  {
    name: "database-stopped",
    what: "PostgreSQL is stopped (immediate), is down for 5 s and recovers from its write-ahead log",
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
    what: "PostgreSQL hangs for 10 s with all connections open, then processes the queued queries",
    act: async (stage) => {
      stage.twin.database.pause();
      await stage.wait(10);
      stage.twin.database.resume();
    },
  },
  {
    name: "database-read-only",
    what: "PostgreSQL is read-only for 6 s, as after a failover to a replica",
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
    what: "the message table has no space left for 8 s (a separate tablespace; the write-ahead log has space)",
    prepare: async (stage) => {
      disk = new SmallDisk();
      await stage.twin.database.sql(`create tablespace small location '${disk.folder}'`);
      await stage.sql("alter table message set tablespace small");
    },
    act: async (stage) => {
      const freeSpace = disk?.fill();
      await stage.wait(8);
      freeSpace?.();
    },
    afterwards: async () => {
      disk?.remove();
      disk = undefined;
      return Promise.resolve();
    },
  },
];
