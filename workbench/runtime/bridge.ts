import {
  acknowledgement,
  cancellationMessage,
  type Invocation,
  invocationMessage,
  type Outcome,
  readRequest,
} from './protocol';

/**
 * The spreadsheet's end of the wire to Microsoft's custom-functions runtime in the pane.
 *
 * The runtime looks for a global `_richApiNativeBridge` while it loads: the pane puts this object there. Calls and
 * cancellations of one turn of the event loop travel in one message each, as Excel sends them, and so do the calls of one
 * calculation, however many turns it takes: formulas that ask for the same part of the model are then one forward pass.
 */
export class RuntimeBridge {
  /** Set by the runtime once it is loaded. */
  onMessageFromHost: ((text: string) => void) | undefined;

  private calls: Invocation[] = [];
  private cancelled: number[] = [];
  private flushing = false;
  private opened = false;
  private held = false;

  /** Set by the spreadsheet: receives outcomes in the batches in which the runtime sends them. */
  onOutcomes: ((outcomes: Outcome[]) => void) | undefined;

  /** Called by the runtime with each of its requests. */
  sendMessageToHost = (text: string): void => {
    const { id, outcomes } = readRequest(text);
    // The runtime starts to wait for the answer only after this call returns.
    queueMicrotask(() => {
      this.onMessageFromHost?.(acknowledgement(id));
      if (outcomes.length > 0) this.onOutcomes?.(outcomes);
    });
  };

  invoke(call: Invocation): void {
    this.calls.push(call);
    this.flushSoon();
  }

  cancel(id: number): void {
    const unsent = this.calls.findIndex((call) => call.id === id);
    if (unsent >= 0) this.calls.splice(unsent, 1);
    else this.cancelled.push(id);
    this.flushSoon();
  }

  /** A calculation begins: its calls are gathered. */
  hold(): void {
    this.held = true;
  }

  /** It is over: they go. */
  release(): void {
    this.held = false;
    this.flushSoon();
  }

  /** To be called when the pane has registered its functions. Until then calls wait. */
  open(): void {
    this.opened = true;
    this.flush();
  }

  private flush(): void {
    const { calls, cancelled, onMessageFromHost } = this;
    if (!this.opened || this.held || !onMessageFromHost) return;
    this.calls = [];
    this.cancelled = [];
    if (cancelled.length > 0) onMessageFromHost(cancellationMessage(cancelled));
    if (calls.length > 0) onMessageFromHost(invocationMessage(calls));
  }

  private flushSoon(): void {
    if (this.flushing) return;
    this.flushing = true;
    queueMicrotask(() => {
      this.flushing = false;
      this.flush();
    });
  }
}
