/** Plot puts marks half a pixel off where pixels are large, for the sake of thin lines; this takes images back. */
export const UPON_PIXELS = devicePixelRatio > 1 ? 0 : -0.5;
