import type { DownloadProgress } from '../models/api';
import type { Progress } from '../rpc/protocol';

/** How a download goes, in one line. @param name what people call the model */
export function progressOf(name: string, download: DownloadProgress): Progress {
  const { bytes, total, phase } = download;
  const fraction = download.checked ?? (total ? Math.min(1, bytes / total) : undefined);
  return { text: line(name, download), fraction: phase === 'asking' ? undefined : fraction, download };
}

function line(
  name: string,
  { phase, bytes, total, checked, speed, secondsLeft, problem, retryIn }: DownloadProgress,
): string {
  const done = total === undefined ? megabytes(bytes) : `${megabytes(bytes)} of ${megabytes(total)}`;
  switch (phase) {
    case 'asking':
      return `Looking for ${name}`;
    case 'waiting':
      return `Another window is downloading ${name}: ${done}`;
    case 'checking':
      return `Checking what is here of ${name}: ${checked === undefined ? done : `${Math.floor(100 * checked)}%`}`;
    case 'downloading': {
      const pace = speed === undefined ? '' : `, ${megabytes(speed)}/s`;
      const left = secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`;
      return `Downloading ${name}: ${done}${pace}${left}`;
    }
    case 'reading':
      return `Loading ${name}: ${done}`;
    case 'retrying':
      return `${problem ?? 'Something failed.'} Trying again${retryIn ? ` in ${Math.ceil(retryIn)} s` : ''}`;
    case 'done':
      return `${name} is here`;
  }
}

const megabytes = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;

const duration = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
