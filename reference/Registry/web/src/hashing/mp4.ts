/** The most boxes at the top level of a video that are looked at. */
const mostBoxes = 1_000;

/** Whether an MP4 or QuickTime video ends in the middle of something, or lacks its table of contents: no browser plays it, whatever it knows. */
export async function isCutShort(file: Blob): Promise<boolean> {
  let hasContents = false;
  let at = 0;
  for (let box = 0; box < mostBoxes && at < file.size; box++) {
    const header = new DataView(await file.slice(at, at + 16).arrayBuffer());
    if (header.byteLength < 8) return true;
    let size = header.getUint32(0);
    if (size === 1) size = header.byteLength < 16 ? 0 : Number(header.getBigUint64(8));
    else if (size === 0) size = file.size - at;
    if (size < 8 || at + size > file.size) return true;
    hasContents ||= header.getUint32(4) === 0x6d6f6f76; // moov
    at += size;
  }
  return !hasContents;
}
