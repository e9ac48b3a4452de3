import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Twin } from "../../../tools/twin/twin";

/**
 * Restores the twin's PostgreSQL to a point in time. RDS replays transaction logs on a snapshot of the storage; here a copy of the stopped
 * server's files stands for the snapshot, and PostgreSQL's own log archive for the transaction logs. pg_dump would be no stand-in: it has
 * one point in time only. Source: RDS user guide, "Restoring a DB instance to a specified time"; PostgreSQL manual, "Continuous Archiving
 * and Point-in-Time Recovery".
 */
export class PointInTime {
  private constructor(
    private readonly twin: Twin,
    private readonly data: string,
    private readonly folder: string,
  ) {}

  /** Takes the snapshot and starts to archive the log. The database is away for a moment. */
  static async begin(twin: Twin): Promise<PointInTime> {
    const data = await twin.database.sql("show data_directory");
    const folder = join(dirname(data), "backup");
    const { uid, gid } = statSync(data);
    for (const each of [folder, join(folder, "log")]) {
      mkdirSync(each);
      chownSync(each, uid, gid);
    }
    await twin.database.sql("alter system set archive_mode = on");
    await twin.database.sql(`alter system set archive_command = 'cp %p ${join(folder, "log")}/%f'`);
    await twin.database.stop();
    copy(data, join(folder, "snapshot"));
    await twin.database.start();
    return new PointInTime(twin, data, folder);
  }

  /** Returns the database's time, as RDS takes it for `--restore-time`. */
  now(): Promise<string> {
    return this.twin.database.sql("select clock_timestamp()");
  }

  /** Replaces the database by one that was restored to this time. The archive has to reach beyond it. */
  async restore(time: string): Promise<void> {
    const { database } = this.twin;
    await database.sql("select pg_switch_wal()");
    await database.sql("checkpoint");
    await database.stop();
    renameSync(this.data, `${this.data}-before`);
    copy(join(this.folder, "snapshot"), this.data);
    this.configure({
      restore_command: `cp ${join(this.folder, "log")}/%f %p`,
      recovery_target_time: time,
      recovery_target_action: "promote",
    });
    await database.start();
  }

  private configure(settings: Readonly<Record<string, string>>): void {
    const file = join(this.data, "postgresql.auto.conf");
    const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
    writeFileSync(file, readFileSync(file, "utf8") + lines.join(""));
    const signal = join(this.data, "recovery.signal");
    writeFileSync(signal, "");
    const { uid, gid } = statSync(this.data);
    chownSync(signal, uid, gid);
  }
}

/** Copies a folder with its owners, which Node.js's own copy changes. */
function copy(from: string, to: string): void {
  execFileSync("cp", ["-a", from, to]);
}
