import { chooseHost } from '../src/host/choose';
import { workbenchSettings } from '../src/host/workbench';
import type { ModelRef } from '../src/models/api';
import type { EngineClient, Status } from '../src/rpc/client';
import type { OpenRequest } from '../src/rpc/protocol';
import type { Backend, Wanted } from './query';
import { strings } from './strings';
import { readWorkbookModel, storedFor, type WorkbookModel, writeWorkbookModel } from './workbook-model';

/** A model to use in this workbook. */
export interface Choice {
  readonly name: string;
  /** Where it comes from; it is downloaded if need be. */
  readonly ref: ModelRef;
  /** What it is called on this device, where it is there already. */
  readonly key?: string;
}

/** The open model as the pane sees it: what was asked for, how it goes, and how to ask again. */
export class Session extends EventTarget {
  readonly client: EngineClient;
  #wanted: Wanted;
  #request: OpenRequest;
  #problem: string | undefined;
  #absent: WorkbookModel | undefined;
  /** What the workbook is to remember as soon as the model is all there. */
  #toRemember: Choice | undefined;

  constructor(client: EngineClient, wanted: Wanted) {
    super();
    this.client = client;
    this.#wanted = wanted;
    this.#request = wanted.request;
    this.#problem = wanted.problem;
    client.addEventListener('statuschange', () => {
      void this.#remember();
      this.#changed();
    });
    client.addEventListener('arrival', () => void this.#recalculate());
  }

  get request(): OpenRequest {
    return this.#request;
  }

  get status(): Status {
    return this.client.status;
  }

  /** Whether opening waits for a decision, because the page's address asks for what there is not. */
  get refused(): boolean {
    return this.#problem !== undefined;
  }

  /** The model that this workbook uses and this device does not have, if that is what opening waits for. */
  get absent(): WorkbookModel | undefined {
    return this.#absent;
  }

  /** Opens the model that the page's address names, or that the workbook remembers, or the built-in one. */
  async start(): Promise<void> {
    if (this.#problem) {
      this.client.refuse(this.#problem);
      return;
    }
    if (!this.#wanted.named) {
      this.client.prepare(this.#request); // while the workbook is asked
      const remembered = await this.#remembered();
      if (remembered) return this.#openRemembered(remembered);
    }
    await this.#open();
  }

  /** Opens the model again, on another back end if one is given. */
  async reopen(backend: Backend = this.#request.backend): Promise<void> {
    const failed = this.status.phase === 'failed';
    this.#problem = undefined;
    this.#request = { ...this.#request, backend };
    if (this.#absent && !(await this.#isThere())) return;
    const error = await this.#open();
    // A worker that is gone answers nothing any more: only a new page brings a new one.
    if (error?.name === 'EngineUnavailable') location.reload();
    // Formulas that met the failure keep their error until something calculates them again.
    else if (!error && failed) await this.#recalculate();
  }

  /** Opens another model for this workbook, which remembers it; everything is calculated again, once. */
  async use({ name, ref, key }: Choice): Promise<void> {
    this.#problem = undefined;
    this.#absent = undefined;
    const { backend, workers, base } = this.#request;
    this.#request = { name, from: key ?? ref, backend, workers, base };
    this.#toRemember = { name, ref, key };
    const error = await this.#open();
    if (!error) await this.#recalculate();
  }

  /** Opens the built-in model, and has the workbook forget the one that it used. */
  async useBuiltIn(): Promise<void> {
    this.#problem = undefined;
    this.#absent = undefined;
    this.#toRemember = undefined;
    const { backend, workers } = this.#request;
    this.#request = { ...this.#wanted.builtIn, backend, workers };
    await writeWorkbookModel(await chooseHost(), undefined);
    const error = await this.#open();
    if (!error) await this.#recalculate();
  }

  async #remembered(): Promise<WorkbookModel | undefined> {
    // A workbook whose settings cannot be read is treated as one without any.
    return readWorkbookModel(workbenchSettings() ?? (await chooseHost())).catch(() => undefined);
  }

  /** Never another model's numbers: what the workbook remembers, or nothing. */
  async #openRemembered(model: WorkbookModel): Promise<void> {
    this.#absent = model;
    if (await this.#isThere()) await this.#open();
  }

  /** Whether the absent model is on this device by now; then it is what is asked for. Otherwise everybody is told. */
  async #isThere(): Promise<boolean> {
    const model = this.#absent as WorkbookModel;
    const { base } = this.#request;
    const { library } = this.client;
    const stored = await library
      .overview(base)
      .then(() => library.list())
      .catch(() => []);
    const found = storedFor(model, stored);
    if (!found) {
      const { absent, elsewhere } = strings.workbook;
      this.client.refuse((model.ref ? absent : elsewhere)(model.name));
      return false;
    }
    this.#absent = undefined;
    this.#request = { ...this.#request, name: model.name, from: found.key, sha256: model.sha256 };
    return true;
  }

  async #open(): Promise<Error | undefined> {
    try {
      await this.client.open(this.#request);
      return undefined;
    } catch (error) {
      return error as Error; // the status tells of it
    }
  }

  /** Has the workbook remember the model that was chosen, once its hash is known. */
  async #remember(): Promise<void> {
    const { status } = this;
    const chosen = this.#toRemember;
    if (!chosen || status.phase !== 'ready' || status.opened.model.sha256 === '') return;
    this.#toRemember = undefined;
    const { name, ref } = chosen;
    const place = ref.kind === 'hub' || ref.kind === 'url' ? { ref } : {};
    await writeWorkbookModel(await chooseHost(), { name, ...place, sha256: status.opened.model.sha256 });
  }

  async #recalculate(): Promise<void> {
    await (await chooseHost()).recalculate?.();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
