import type { DownloadProgress, Fit } from '../../src/models/api';
import { bytes, count, strings as shared } from '../strings';

/** 124439808 → "124 M", 860160 → "860 k" */
export function rounded(n: number): string {
  const [value, unit] = n >= 999.5e6 ? [n / 1e9, ' B'] : n >= 999.5e3 ? [n / 1e6, ' M'] : [n / 1e3, ' k'];
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)}${unit}`;
}

/** 42 → "42 s", 200 → "4 min", 7600 → "2 h 7 min" */
export function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const files = (n: number) => `${count(n)} ${n === 1 ? 'file' : 'files'}`;

/** "12 MB of 548 MB", as far as both are known. */
const amount = ({ bytes: have, total }: DownloadProgress): string =>
  total === undefined ? bytes(have) : `${bytes(have)} of ${bytes(total)}`;

/** Every word of the library of models. A translation replaces this file alone. */
export const strings = {
  heading: 'Models',
  loading: 'Looking which models are on this device…',
  failed: 'The models of this device cannot be listed.',
  again: 'Try again',
  list: 'Models to choose from',

  summary: (parameters: number | undefined, download: number | undefined) =>
    [parameters === undefined ? '' : `${rounded(parameters)} parameters`, download ? bytes(download) : '']
      .filter(Boolean)
      .join(', '),
  states: {
    builtIn: 'built in',
    absent: 'not here',
    partial: (have: number, total: number | undefined) =>
      `partly here: ${total ? `${Math.floor((100 * have) / total)}%` : bytes(have)}`,
    /** On its way. */
    coming: (have: number, total: number | undefined) =>
      total ? `${Math.floor((100 * have) / total)}%` : bytes(have),
    here: 'here',
    local: 'a folder',
    open: 'open now',
  },

  facts: {
    parameters: 'Parameters',
    download: 'Download',
    memory: 'Memory needed',
    here: 'On this device',
    shape: 'Shape',
    from: 'From',
    licence: 'Licence',
    builtIn: 'comes with the add-in',
    folder: 'a folder on this computer',
    some: (have: number, total: number | undefined) =>
      total === undefined || have === total ? bytes(have) : `${bytes(have)} of ${bytes(total)}`,
    unknown: 'not known yet',
  },

  fit: {
    asking: 'Looking whether this device can hold it…',
    line: ({ backend, verdict, precision }: Fit) => {
      const where = `${precision}, ${shared.backend.names[backend]}`;
      if (backend === 'reference' && verdict !== 'no') return `Runs here only slowly (${where}).`;
      if (verdict === 'yes') return `Runs on this device (${where}).`;
      if (verdict === 'perhaps') return `May run on this device (${where}).`;
      return `Too large for this device (${precision}).`;
    },
    why: 'Why',
    reason: ({ backend, verdict }: Fit) =>
      `${shared.backend.names[backend]}: ${{ yes: 'yes', perhaps: 'perhaps', no: 'no' }[verdict]}.`,
    failed: 'Whether this device can hold it cannot be told.',
  },

  actions: {
    use: 'Use',
    download: 'Download only',
    pause: 'Pause',
    stop: 'Stop',
    resume: 'Resume',
    verify: 'Check files',
    remove: 'Delete…',
    /** What screen readers say of a button: which model it is about. */
    about: (action: string, name: string) => `${action} ${name}`,
  },
  remove: {
    ask: (name: string, freed: number) => `Delete ${name} from this device? That frees ${bytes(freed)}.`,
    askOpen: (name: string) =>
      `It is open now: formulas keep working until this page closes. A workbook that uses ${name} then asks for it again.`,
    yes: 'Delete',
    no: 'Keep',
    busy: (name: string) => `Deleting ${name}…`,
    done: (name: string, freed: number) => `${name} is deleted; ${bytes(freed)} are free again.`,
  },
  verify: {
    right: (n: number) => `Checked: ${n === 1 ? 'its file is' : `all ${files(n)} are`} what they should be.`,
    part: (n: number) => `Checked: the ${files(n)} that are here are what they should be.`,
    wrong: (names: readonly string[]) =>
      `${names.join(', ')} ${names.length === 1 ? 'was damaged or lost, and has' : 'were damaged or lost, and have'} been deleted. Resume fetches ${names.length === 1 ? 'it' : 'them'} again.`,
    stopped: 'Checking was stopped. Nothing was changed.',
  },
  downloaded: (name: string) => `${name} is on this device.`,
  paused: (have: number) => `Paused. ${have > 0 ? `${bytes(have)} are` : 'What has arrived is'} kept.`,
  wentWrong: 'That did not work.',

  progress: {
    label: (name: string) => `Progress of ${name}`,
    starting: 'Starting…',
    line: (progress: DownloadProgress): string => {
      const { phase, server, speed, secondsLeft, problem, retryIn } = progress;
      switch (phase) {
        case 'asking':
          return server ? `Asking ${server}…` : 'Asking the server…';
        case 'waiting':
          return `Another window downloads it: ${amount(progress)}`;
        case 'checking':
          return `Checking what is here: ${amount(progress)}`;
        case 'reading':
          return `Loading: ${amount(progress)}`;
        case 'retrying': {
          const when = retryIn ? ` Trying again in ${timeLeft(retryIn)}.` : ' Trying again.';
          return `${problem ?? strings.wentWrong}${when}`;
        }
        case 'done':
          return amount(progress);
        case 'downloading':
          return [
            amount(progress),
            ...(speed === undefined ? [] : [`${bytes(speed)}/s`]),
            ...(secondsLeft === undefined ? [] : [`${timeLeft(secondsLeft)} left`]),
            ...(server === undefined ? [] : [server]),
          ].join(' · ');
      }
    },
    announce: (name: string, percent: number) => `${name}: ${percent} percent`,
  },

  more: {
    heading: 'Other models',
    hub: {
      label: 'From the Hugging Face hub',
      hint: 'owner/name, or owner/name@revision',
      empty: 'Type the name of a model, as in openai-community/gpt2.',
    },
    url: {
      label: 'From a folder on a server',
      hint: 'https://school.example/models/gpt2',
      empty: 'Type the address of a folder with config.json and model.safetensors in it.',
    },
    folder: {
      label: 'From a folder on this computer',
      choose: 'Choose a folder…',
      drop: 'or drop one here. Nothing is copied or sent.',
      none: 'That was no folder. Drop the folder that holds config.json and model.safetensors.',
      dropped: 'dropped folder',
    },
    look: 'Look up',
    looking: 'Looking what it is…',
    cancel: 'Cancel',
    close: 'Close',
    found: (name: string) => `Found ${name}`,
    sizes: (parameters: number, download: number, fetched: number) =>
      `${rounded(parameters)} parameters, ${bytes(download)}${fetched > 0 && fetched < download ? `, ${bytes(fetched)} of it here` : ''}`,
  },

  servers: {
    heading: 'Where models are downloaded from',
    label: 'Servers, one address a line; they are tried in this order',
    save: 'Save',
    standard: 'Use the default',
    saved: 'Saved.',
    unsaved: 'In use until this page closes: this browser keeps no settings here.',
    back: 'The default is in use again.',
  },

  storage: {
    heading: 'Storage',
    used: (used: number, free: number | undefined) =>
      `${used === 0 ? 'No downloaded models' : `Downloaded models take ${bytes(used)}`}${free === undefined ? '' : `; this browser gives this site ${bytes(free)} more`}.`,
    kept: 'The browser keeps them until you delete them.',
    notKept: 'The browser may delete them when the device runs short of room.',
    unknown: 'This browser does not say whether it may delete them.',
    keep: 'Keep models on this device',
    refused: 'The browser did not agree. It may once you have used this page more often, or bookmarked it.',
    agreed: 'The browser keeps models on this device now.',
  },
} as const;
