/** In pixels: a photo of this size takes 256 MB when decoded, which is as much as a phone can be asked for. */
export const largestPicture = 64_000_000;
