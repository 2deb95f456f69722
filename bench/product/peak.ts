import { readdirSync, readFileSync } from 'node:fs';

/**
 * The most memory that one process of a browser has held, by what the kernel says of those whose command line names the profile.
 * @returns bytes; undefined where the kernel does not say, as outside Linux
 */
export function peakMemory(profile: string): number | undefined {
  let most: number | undefined;
  for (const pid of processes()) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile)) continue;
      const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      if (kilobytes !== undefined) most = Math.max(most ?? 0, 1024 * Number(kilobytes));
    } catch {
      // It has ended meanwhile.
    }
  }
  return most;
}

function processes(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
