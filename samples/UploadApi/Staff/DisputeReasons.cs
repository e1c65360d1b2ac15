using TakeItDown.Matching;

namespace UploadApi.Staff;

/// <summary>For which reasons matches may be called wrong.</summary>
internal static class DisputeReasons
{
    /// <summary>The reasons that the registries know for every match on which they take feedback.</summary>
    /// <exception cref="ListSourceException">A registry could not be asked.</exception>
    public static async Task<IReadOnlyList<FeedbackReason>> OfAsync(IEnumerable<Match> matches, IListFeedback feedback, CancellationToken cancelled)
    {
        List<FeedbackReason>? common = null;
        foreach (var (list, kind) in matches.Select(match => (match.List, match.Kind)).Distinct().Where(one => feedback.Supports(one.List, one.Kind)))
        {
            var reasons = await feedback.GetReasonsAsync(list, kind, cancelled);
            common = [.. reasons.Where(reason => common is null || common.Exists(other => other.Id == reason.Id))];
        }
        return common ?? [];
    }
}
