declare const __NAMESPACE__: string | undefined;

/** What stands before the dot in every formula. One setting of the build changes it everywhere. */
export const NAMESPACE = typeof __NAMESPACE__ === 'string' ? __NAMESPACE__ : 'GPT2';
