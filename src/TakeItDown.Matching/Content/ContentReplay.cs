namespace TakeItDown.Matching.Content;

/// <summary>
/// Gives hashes that were kept to a sink, in the order and the stages in which <see cref="MediaPipeline"/> gives them to it. They may come from elsewhere, and
/// from another version: what is not there that should be is a gap.
/// </summary>
internal static class ContentReplay
{
    public static void Replay(ContentHashes hashes, HashSettings wanted, IContentSink sink)
    {
        var kinds = sink.DigestKinds;
        HashValue[] digests = [.. hashes.Digests.Where(digest => kinds.Contains(digest.Kind))];
        sink.Begin(hashes.Media, hashes.Length, digests);
        var isWhole = !Miss(hashes, ContentStage.Bytes, sink);
        if (isWhole && digests.Aggregate(HashKinds.None, static (all, digest) => all | digest.Kind.ToKinds()) != kinds) Miss(ContentStage.Bytes, MatchWays.Whole, sink);
        if (sink.HasEnough || !sink.Wants(ContentStage.Picture)) return;
        // What was too large, or empty, was not looked at.
        if (hashes.Gaps.Any(static gap => StageOf(gap) == ContentStage.Bytes && gap.Reason is ScanReason.TooManyBytes or ScanReason.Empty)) return;

        var isMoving = hashes.Media == MediaKind.Video || Has(hashes, ContentStage.Frames);
        MissUnseen(hashes.Settings, wanted, isMoving, sink);
        if (hashes.Media == MediaKind.Image || Has(hashes, ContentStage.Picture) || Has(hashes, ContentStage.Pages)) ReplayPicture(hashes, wanted, isMoving, sink);
        if (!isMoving)
        {
            if (hashes.Media == MediaKind.Other) sink.Finish(ContentStage.Picture);
            return;
        }
        if (sink.HasEnough || !sink.Wants(ContentStage.Frames)) return;
        foreach (var frame in Parts(hashes, wanted, ContentStage.Frames))
        {
            if (sink.HasEnough) break;
            sink.AddFrame(frame);
        }
        Miss(hashes, ContentStage.Frames, sink);
        sink.Finish(ContentStage.Frames);
    }

    private static void ReplayPicture(ContentHashes hashes, HashSettings wanted, bool isMoving, IContentSink sink)
    {
        if (!Has(hashes, ContentStage.Picture)) Miss(ContentStage.Picture, MatchWays.Whole, sink);
        Replay(hashes, wanted, ContentStage.Picture, sink);
        var (hasPages, wantsPages) = (Has(hashes, ContentStage.Pages), sink.Wants(ContentStage.Pages));
        if (hasPages && !sink.HasEnough && wantsPages) Replay(hashes, wanted, ContentStage.Pages, sink);
        if (!isMoving && (!hasPages || wantsPages)) sink.Finish(ContentStage.Picture);
    }

    private static void Replay(ContentHashes hashes, HashSettings wanted, ContentStage stage, IContentSink sink)
    {
        Miss(hashes, stage, sink);
        foreach (var picture in Parts(hashes, wanted, stage))
        {
            if (sink.HasEnough) return;
            sink.AddPicture(picture);
        }
    }

    /// <summary>Notes what the options ask for now and did not when the content was hashed. Of a still, every quality was kept.</summary>
    private static void MissUnseen(HashSettings settings, HashSettings wanted, bool isMoving, IContentSink sink)
    {
        var ways = wanted.Ways & ~settings.Ways;
        if (ways != MatchWays.None) Miss(ContentStage.Picture, ways, sink);
        else if (isMoving && !settings.Covers(wanted)) Miss(ContentStage.Frames, MatchWays.Whole, sink);
    }

    private static void Miss(ContentStage stage, MatchWays way, IContentSink sink) =>
        sink.Miss(new ContentGap { Reason = ScanReason.NotLookedAt, Stage = stage, Way = way });

    private static bool Miss(ContentHashes hashes, ContentStage stage, IContentSink sink)
    {
        var isMissing = false;
        foreach (var gap in hashes.Gaps)
        {
            if (StageOf(gap) != stage || gap.Reason == ScanReason.None) continue;
            sink.Miss(gap);
            isMissing = true;
        }
        return isMissing;
    }

    private static bool Has(ContentHashes hashes, ContentStage stage) =>
        hashes.Looks.Any(look => StageOf(look) == stage) || hashes.Gaps.Any(gap => StageOf(gap) == stage);

    /// <summary>The looks of a stage, picture by picture, without those in ways that the options do not ask for: a scan would not look so.</summary>
    private static IEnumerable<PictureLook[]> Parts(ContentHashes hashes, HashSettings wanted, ContentStage stage) =>
        hashes.Looks.Where(look => StageOf(look) == stage && (look.Way & ~wanted.Ways) == MatchWays.None)
            .GroupBy(static look => (look.Part, look.Time)).Select(static part => part.ToArray());

    private static ContentStage StageOf(in PictureLook look) =>
        look.Time is not null ? ContentStage.Frames : look.Part == 0 ? ContentStage.Picture : ContentStage.Pages;

    // A stage that a later version has, and this one does not know, is a gap all the same.
    private static ContentStage StageOf(in ContentGap gap) => gap.Stage is ContentStage.Picture or ContentStage.Pages or ContentStage.Frames ? gap.Stage : ContentStage.Bytes;
}
