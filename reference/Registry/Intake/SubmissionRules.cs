using Registry.Storage;
using TakeItDown.Matching;

namespace Registry.Intake;

/// <summary>What a submission may hold. One broken rule refuses all of it, so that nobody believes a picture is listed when it is not.</summary>
internal static class SubmissionRules
{
    public const int MostItems = 100;
    private const int MostPdqOfImage = 8; // one for each way a picture can be turned or mirrored
    private const int MostPdqOfVideo = 3600; // a frame a second for an hour
    private const int LeastQuality = 50; // the PDQ authors' advice: below it, a hash says too little about a picture

    /// <summary>Reads the items of a submission; where it returns null, <paramref name="refusal"/> is a sentence that says why.</summary>
    public static IReadOnlyList<SubmittedItem>? Read(SubmissionBody body, out string refusal)
    {
        refusal = $"A submission holds 1 to {MostItems} items.";
        if (body.Items.Count is 0 or > MostItems) return null;
        var items = new List<SubmittedItem>(body.Items.Count);
        for (var i = 0; i < body.Items.Count; i++)
        {
            if (ReadItem(body.Items[i], out var why) is { } item)
            {
                items.Add(item);
                continue;
            }
            refusal = $"Item {i + 1}: {why}";
            return null;
        }
        return items;
    }

    private static SubmittedItem? ReadItem(ItemBody? body, out string refusal)
    {
        var media = body?.Media switch { "image" => MediaKind.Image, "video" => MediaKind.Video, _ => MediaKind.Other };
        refusal = "media must be image or video.";
        if (body is null || media == MediaKind.Other) return null;
        refusal = "it has no hashes.";
        if (body.Hashes.Count == 0) return null;

        var mostPdq = media == MediaKind.Image ? MostPdqOfImage : MostPdqOfVideo;
        Span<int> counts = stackalloc int[(int)HashKind.Pdq + 1];
        var hashes = new List<HashValue>();
        foreach (var one in body.Hashes)
        {
            if (ReadHash(one, out refusal) is not { } hash) return null;
            var most = hash.Kind == HashKind.Pdq ? mostPdq : 1;
            refusal = $"it has more than {most} {hash.Kind.ToName()}.";
            if (++counts[(int)hash.Kind] > most) return null;
            hashes.Add(hash);
        }
        return new SubmittedItem(media, [.. hashes.Distinct()]);
    }

    private static HashValue? ReadHash(HashBody? body, out string refusal)
    {
        var kind = body?.Kind switch
        {
            "md5" => HashKind.Md5,
            "sha1" => HashKind.Sha1,
            "sha256" => HashKind.Sha256,
            "pdq" => HashKind.Pdq,
            _ => HashKind.None,
        };
        refusal = "the kind of a hash must be md5, sha1, sha256 or pdq.";
        if (body is null || kind == HashKind.None) return null;
        refusal = $"a {kind.ToName()} must be {kind.ByteLength() * 2} hexadecimal digits.";
        if (!HashValue.TryParse(kind, body.Value, out var hash)) return null;
        refusal = "only a pdq has a quality, from 0 to 100.";
        if (body.Quality is { } quality && (kind != HashKind.Pdq || quality is < 0 or > 100)) return null;
        refusal = $"a pdq of quality under {LeastQuality} says too little about a picture; leave it out.";
        return body.Quality < LeastQuality ? null : hash;
    }
}
