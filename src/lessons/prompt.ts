/** A prompt that the built-in model and GPT-2 cut into the same six tokens. */
export const PROMPT = 'Mike is quick. He moves';
export const TOKENS = 6;
