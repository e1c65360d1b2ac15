using TakeItDown.Matching;

namespace UploadApi;

/// <summary>For reviewers: what was found in uploads that were refused, and their word on it, which goes back to the registry.</summary>
internal static class ReviewEndpoints
{
    public static void MapReview(this WebApplication app)
    {
        var review = app.MapStaffGroup("/review");
        review.MapGet("", (HeldUploads uploads) => uploads.Matches.Select(held => new { id = held.Key, matches = held.Value.Select(Describe) }));
        review.MapGet("/reasons", (string list, HashKind kind, IListFeedback feedback, CancellationToken cancelled) => feedback.GetReasonsAsync(list, kind, cancelled));
        review.MapPost("/{id:guid}/affirm", (Guid id, HeldUploads uploads, IListFeedback feedback, CancellationToken cancelled) =>
            SayAsync(id, uploads, feedback, match => feedback.AffirmAsync(match, cancelled)));
        review.MapPost("/{id:guid}/dispute", (Guid id, string[] reasons, HeldUploads uploads, IListFeedback feedback, CancellationToken cancelled) =>
            SayAsync(id, uploads, feedback, match => feedback.DisputeAsync(match, reasons, cancelled)));
    }

    private static object Describe(Match match) => new { match.List, kind = match.Kind.ToName(), match.Classification, match.Distance };

    /// <summary>Says the same of every match on which the registry takes feedback; the upload is settled once all of it is kept.</summary>
    private static async Task<IResult> SayAsync(Guid id, HeldUploads uploads, IListFeedback feedback, Func<Match, Task> say)
    {
        if (!uploads.Matches.TryGetValue(id, out var matches)) return Results.NotFound();
        try
        {
            foreach (var match in matches.Where(match => feedback.Supports(match.List, match.Kind))) await say(match);
        }
        catch (ArgumentException e)
        {
            return Results.Problem(title: e.Message, statusCode: StatusCodes.Status400BadRequest);
        }
        uploads.Settle(id);
        return Results.Accepted();
    }
}
