import { randomUUID } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { providersIn } from "./find-provider-mirror";

/**
 * Writes a Terraform CLI configuration that installs providers from a filesystem mirror, or from the registry through a plugin
 * cache when there is no mirror. Returns the file's path, for TF_CLI_CONFIG_FILE.
 */
export function writeCliConfiguration(folder: string, mirror: string | undefined): string {
  const file = join(folder, "terraform.rc");
  // Stacks that run side by side share the folder, so the file is replaced in one step.
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(
    draft,
    mirror === undefined ? registryConfiguration(join(folder, "plugins")) : mirrorConfiguration(mirror),
  );
  renameSync(draft, file);
  return file;
}

function mirrorConfiguration(mirror: string): string {
  const providers = JSON.stringify(providersIn(mirror));
  return `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ${providers}
  }
  direct {
    exclude = ${providers}
  }
}
`;
}

/** The cache lets all stacks share one download of the provider. */
function registryConfiguration(cache: string): string {
  mkdirSync(cache, { recursive: true });
  return `plugin_cache_dir = ${JSON.stringify(cache)}
plugin_cache_may_break_dependency_lock_file = true
`;
}
