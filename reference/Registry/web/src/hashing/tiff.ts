/** Decodes the first picture of a TIFF file, which few browsers show. The decoder is loaded only when such a file is chosen. */
export async function decodeTiff(file: File, largestPicture: number): Promise<ImageData | 'too-large' | 'broken' | 'no-decoder'> {
  const tiff = await import('utif2').then((module) => ('default' in module ? (module.default as typeof module) : module)).catch(() => undefined);
  if (!tiff) return 'no-decoder';
  try {
    const bytes = await file.arrayBuffer();
    const [first] = tiff.decode(bytes);
    const [width, height] = [Number((first?.t256 as number[])[0]), Number((first?.t257 as number[])[0])];
    if (!(width > 0 && height > 0)) return 'broken';
    if (width * height > largestPicture) return 'too-large';
    tiff.decodeImage(bytes, first);
    const pixels = new ImageData(width, height);
    pixels.data.set(tiff.toRGBA8(first).subarray(0, pixels.data.length));
    return pixels;
  } catch {
    return 'broken';
  }
}
