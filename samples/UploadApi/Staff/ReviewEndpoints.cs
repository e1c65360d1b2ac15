using TakeItDown.Matching;

namespace UploadApi.Staff;

/// <summary>For reviewers: what was found in uploads that were refused, and their word on it, which goes back to the registry.</summary>
internal static class ReviewEndpoints
{
    public static void MapReview(this WebApplication app)
    {
        var review = app.MapStaffGroup("/review");
        review.MapGet("", (HeldUploads uploads) => uploads.Matches.Select(held => new { id = held.Key, matches = held.Value.Select(Describe) }));
        review.MapGet("/reasons", async (string list, string kind, IListFeedback feedback, CancellationToken cancelled) =>
            HashKindExtensions.FromName(kind) is var parsed && feedback.Supports(list, parsed)
                ? Results.Ok(await feedback.GetReasonsAsync(list, parsed, cancelled))
                : Results.NotFound());
        review.MapPost("/{id:guid}/affirm", (Guid id, HeldUploads uploads, IListFeedback feedback, CancellationToken cancelled) =>
            SayAsync(id, uploads, feedback, match => feedback.AffirmAsync(match, cancelled)));
        review.MapPost("/{id:guid}/dispute", (Guid id, string[] reasons, HeldUploads uploads, IListFeedback feedback, CancellationToken cancelled) =>
            DisputeAsync(id, reasons, uploads, feedback, cancelled));
        review.MapPost("/{id:guid}/dispute/form", (Guid id, IFormCollection form, HeldUploads uploads, IListFeedback feedback, CancellationToken cancelled) =>
            DisputeAsync(id, [.. form["reason"].OfType<string>()], uploads, feedback, cancelled));
    }

    private static async Task<IResult> DisputeAsync(Guid id, string[] reasons, HeldUploads uploads, IListFeedback feedback, CancellationToken cancelled)
    {
        if (!uploads.Matches.TryGetValue(id, out var matches)) return Results.NotFound();
        try
        {
            var known = await DisputeReasons.OfAsync(matches, feedback, cancelled);
            // The registry would refuse it later, when nobody looks any more.
            if (reasons.Any(reason => !known.Any(one => one.Id == reason))) return Problem("The registry knows no such reason.", StatusCodes.Status400BadRequest);
        }
        catch (ListSourceException)
        {
            return Problem("The registry cannot be asked for its reasons. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }
        return await SayAsync(id, uploads, feedback, match => feedback.DisputeAsync(match, reasons, cancelled));
    }

    private static object Describe(Match match) => new { match.List, match.Kind, match.Classification, match.Distance };

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
            return Problem(e.Message, StatusCodes.Status400BadRequest);
        }
        uploads.Settle(id);
        return Results.Accepted();
    }

    private static IResult Problem(string title, int status) => Results.Problem(title: title, statusCode: status);
}
