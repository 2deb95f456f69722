/** Larger files would not fit into the memory of a school's laptop once they are unpacked. */
export const LARGEST_FILE = 50e6;
export const LARGEST_UNPACKED = 500e6;
/** So many cells are opened; more would take a browser minutes, and then be slow. */
export const MOST_CELLS = 2_000_000;
