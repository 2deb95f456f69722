/** The prompt of the pane's own until something else is typed or selected. */
export const EXAMPLE = 'Mike is quick. He moves';
