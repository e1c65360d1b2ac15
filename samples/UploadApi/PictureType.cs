namespace UploadApi;

/// <summary>What a kept photo is served as: told from its first bytes, never from what the uploader called it.</summary>
internal static class PictureType
{
    /// <summary>How many bytes it takes.</summary>
    public const int HeadLength = 12;

    /// <summary>The media type of a picture that browsers show; null for anything else.</summary>
    public static string? Of(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'a', (byte)'v', (byte)'i', (byte)'f', ..] => "image/avif",
        [(byte)'B', (byte)'M', ..] => "image/bmp",
        _ => null,
    };
}
