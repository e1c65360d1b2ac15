namespace TakeItDown.Matching.Content;

/// <summary>Gives hashes that were kept to a sink, in the order and the stages in which <see cref="MediaPipeline"/> gives them to it.</summary>
internal static class ContentReplay
{
    public static void Replay(ContentHashes hashes, IContentSink sink)
    {
        var kinds = sink.DigestKinds;
        sink.Begin(hashes.Media, hashes.Length, [.. hashes.Digests.Where(digest => kinds.Contains(digest.Kind))]);
        Miss(hashes, ContentStage.Bytes, sink);
        if (hashes.Gaps.Any(static gap => gap.Stage == ContentStage.Bytes && gap.Reason is ScanReason.TooManyBytes or ScanReason.Empty)) return;
        if (sink.HasEnough || !sink.Wants(ContentStage.Picture)) return;

        var isMoving = hashes.Media == MediaKind.Video || Has(hashes, ContentStage.Frames);
        if (hashes.Media != MediaKind.Video) ReplayPicture(hashes, isMoving, sink);
        if (!isMoving || sink.HasEnough || !sink.Wants(ContentStage.Frames)) return;
        foreach (var frame in Parts(hashes, ContentStage.Frames))
        {
            if (sink.HasEnough) break;
            sink.AddFrame(frame);
        }
        Miss(hashes, ContentStage.Frames, sink);
        sink.Finish(ContentStage.Frames);
    }

    private static void ReplayPicture(ContentHashes hashes, bool isMoving, IContentSink sink)
    {
        Replay(hashes, ContentStage.Picture, sink);
        var (hasPages, wantsPages) = (Has(hashes, ContentStage.Pages), sink.Wants(ContentStage.Pages));
        if (hasPages && !sink.HasEnough && wantsPages) Replay(hashes, ContentStage.Pages, sink);
        if (!isMoving && (!hasPages || wantsPages)) sink.Finish(ContentStage.Picture);
    }

    private static void Replay(ContentHashes hashes, ContentStage stage, IContentSink sink)
    {
        Miss(hashes, stage, sink);
        foreach (var picture in Parts(hashes, stage))
        {
            if (sink.HasEnough) return;
            sink.AddPicture(picture);
        }
    }

    private static void Miss(ContentHashes hashes, ContentStage stage, IContentSink sink)
    {
        foreach (var gap in hashes.Gaps)
        {
            if (gap.Stage == stage && gap.Reason != ScanReason.None) sink.Miss(gap);
        }
    }

    private static bool Has(ContentHashes hashes, ContentStage stage) =>
        hashes.Looks.Any(look => StageOf(look) == stage) || hashes.Gaps.Any(gap => gap.Stage == stage);

    private static IEnumerable<PictureLook[]> Parts(ContentHashes hashes, ContentStage stage) =>
        hashes.Looks.Where(look => StageOf(look) == stage).GroupBy(static look => look.Part).Select(static part => part.ToArray());

    private static ContentStage StageOf(in PictureLook look) =>
        look.Time is not null ? ContentStage.Frames : look.Part == 0 ? ContentStage.Picture : ContentStage.Pages;
}
