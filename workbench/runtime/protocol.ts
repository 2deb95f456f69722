/**
 * The messages between a spreadsheet and Microsoft's custom-functions runtime, as that runtime reads and writes
 * them (custom-functions-runtime.js, `HostBridge` and `CustomFunctionProxy`). They are not documented; every
 * number below was read there.
 */

/** Bits of an invocation's flags. */
export const CANCELABLE = 1;
export const STREAMING = 2;
export const ALLOWS_ERRORS = 4;

const CUSTOM_FUNCTIONS = 1;
const INVOKE = 1000;
const CANCEL = 1001;
const EVENT = 3;
const RESPONSE = 2;

/** An error value inside the arguments of a function that allows errors. */
export interface WireError {
  type: 'CustomFunctionError';
  code: string;
}

export type Wire = number | string | boolean | null | WireError | readonly Wire[];

/** One call of one function from one cell. */
export interface Invocation {
  id: number;
  /** The function's id in functions.json, without the namespace. */
  name: string;
  values: readonly Wire[];
  /** The calling cell, such as `Tour!B4`. */
  address: string;
  flags: number;
}

/** What came of an invocation. A streaming one has many. */
export type Outcome = { id: number; value: unknown } | { id: number; error: string; message: string };

/** The text that makes the runtime call these functions. */
export function invocationMessage(calls: readonly Invocation[]): string {
  return eventMessage(
    INVOKE,
    calls.map((call) => [call.id, call.name, call.values, call.address, call.flags]),
  );
}

/** The text that makes the runtime tell these invocations that nobody waits for them any more. */
export function cancellationMessage(ids: readonly number[]): string {
  return eventMessage(
    CANCEL,
    ids.map((invocationId) => ({ invocationId })),
  );
}

/** The text that acknowledges a request of the runtime. */
export function acknowledgement(id: number): string {
  return JSON.stringify({
    id,
    type: RESPONSE,
    message: { statusCode: 200, headers: {}, body: JSON.stringify({ Results: [] }) },
  });
}

/**
 * Reads a request of the runtime.
 *
 * @returns Its id, to acknowledge, and the outcomes it brings: none, when it is about something else.
 */
export function readRequest(text: string): { id: number; outcomes: Outcome[] } {
  const request = JSON.parse(text) as { id: number; message?: { body?: unknown } };
  const body = request.message?.body;
  const { Actions = [] } = (typeof body === 'string' ? JSON.parse(body) : (body ?? {})) as RequestBody;
  const delivery = Actions.find((action) => action.Name === 'SetInvocationArrayResults');
  const results = delivery?.ArgumentInfo?.Arguments?.[0] ?? [];
  return { id: request.id, outcomes: results.map(readResult) };
}

type Result = [id: number, succeeded: boolean, value: unknown, code?: number];

interface RequestBody {
  Actions?: { Name: string; ArgumentInfo?: { Arguments?: [Result[]] } }[];
}

/** The runtime's numbers for errors. 0, 2, 3 and 4 stand for anything thrown that is no CustomFunctions.Error. */
const ERRORS = new Map([
  [1, '#N/A'],
  [5, '#DIV/0!'],
  [6, '#NUM!'],
  [8, '#NULL!'],
  [9, '#NAME?'],
  [10, '#NAME?'],
]);

function readResult([id, succeeded, value, code]: Result): Outcome {
  if (succeeded) return { id, value };
  if (value === 'NaN' || value === 'Infinity') return { id, error: '#NUM!', message: '' };
  const message = typeof value === 'string' ? value : '';
  return { id, error: ERRORS.get(code ?? 0) ?? '#VALUE!', message };
}

function eventMessage(kind: number, messages: readonly unknown[]): string {
  const entries = messages.map((message) => [CUSTOM_FUNCTIONS, kind, '', message, 0]);
  return JSON.stringify({ type: EVENT, message: { entries } });
}
