namespace TakeItDown.Matching;

/// <summary>What a video's headers promise. All of it is an uploader's to choose.</summary>
/// <param name="Width">Pixels in a row, positive.</param>
/// <param name="Height">Rows, positive.</param>
/// <param name="FrameRate">Frames a second on average, positive.</param>
/// <param name="Duration">How long it is; null where no header says.</param>
/// <param name="ExifOrientation">How a player turns it, as the EXIF orientation (1 to 8) that means the same.</param>
/// <param name="HasOtherTracks">Whether there are more video tracks than this one, the first.</param>
public sealed record VideoHeader(int Width, int Height, double FrameRate, TimeSpan? Duration, int ExifOrientation, bool HasOtherTracks);
