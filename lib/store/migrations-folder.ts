import { existsSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/lib/domain/errors";

/**
 * Where the migrations lie: the given folder, else `lib/store/migrations` below the working directory, which is the repository in
 * development and the standalone folder in production (Next's server changes into it, and the build copies the files there).
 */
export function findMigrationsFolder(given: string | undefined): string {
  const folder = given ?? path.join(process.cwd(), "lib", "store", "migrations");
  if (existsSync(path.join(folder, "meta", "_journal.json"))) return folder;
  throw new AppError("unavailable", `The database migrations are missing: ${folder} holds none.`);
}
