/** One function of functions.json, as far as a spreadsheet needs it. */
export interface FunctionInfo {
  id: string;
  name: string;
  description?: string;
  helpUrl?: string;
  parameters: readonly ParameterInfo[];
  options?: {
    stream?: boolean;
    cancelable?: boolean;
    requiresAddress?: boolean;
  };
  /** Whether error values are given to parameters of type `any` instead of becoming the cell's value. */
  allowErrorForDataTypeAny?: boolean;
}

export interface ParameterInfo {
  name: string;
  description?: string;
  type?: string;
  dimensionality?: 'scalar' | 'matrix';
  optional?: boolean;
  /** Whether it takes all arguments from here on. Only the last parameter can. */
  repeating?: boolean;
}

interface Metadata {
  functions: FunctionInfo[];
  /** For every function that does not say otherwise. */
  allowErrorForDataTypeAny?: boolean;
}

/**
 * Reads the add-in's metadata.
 *
 * @param url Where functions.json is.
 * @throws Error with a sentence for the user.
 */
export async function loadFunctions(url: string): Promise<FunctionInfo[]> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The list of functions did not load (${url}: ${response.status}).`);
  const { functions, allowErrorForDataTypeAny = false } = (await response.json()) as Metadata;
  return functions.map((info) => ({ allowErrorForDataTypeAny, ...info }));
}
