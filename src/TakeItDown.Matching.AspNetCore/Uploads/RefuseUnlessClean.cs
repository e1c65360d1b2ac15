using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching;

/// <summary>
/// The policy that fails closed: only "no match" is accepted, and what <see cref="UploadPolicyOptions.Accept"/> names. Where waiting helps
/// (<see cref="ScanResult.IsTransient"/>), the answer is 503 with <c>Retry-After</c>; else 422. The uploader cannot tell a match from a file
/// that could not be judged. A policy that does more (holds matches for a reviewer, reports) inherits from it and calls the base.
/// </summary>
/// <param name="options">What is accepted besides.</param>
/// <exception cref="OptionsValidationException">The options accept what may not be accepted.</exception>
public class RefuseUnlessClean(IOptions<UploadPolicyOptions> options) : IUploadPolicy
{
    /// <summary>Half a minute, in seconds: a scan that found no turn finds one within seconds, and a first reading of a list may take minutes.</summary>
    private const string RetryAfter = "30";

    private readonly UploadPolicyOptions _options = (options ?? throw new ArgumentNullException(nameof(options))).Value.Validated();

    /// <inheritdoc/>
    public virtual ValueTask<IResult?> DecideAsync(UploadScan scan, CancellationToken cancellationToken = default) => ValueTask.FromResult<IResult?>(Decide(scan));

    private ProblemHttpResult? Decide(UploadScan scan)
    {
        if (scan.Result.Verdict == Verdict.NoMatch) return null;
        if (scan.Result.Verdict == Verdict.NotScannable && _options.Accept.Contains(scan.Result.Reason)) return null;
        if (!scan.Result.IsTransient) return TypedResults.Problem(title: "This file cannot be accepted.", statusCode: StatusCodes.Status422UnprocessableEntity);
        scan.HttpContext.Response.Headers.RetryAfter = RetryAfter;
        return TypedResults.Problem(title: "Uploads are paused. Try again in a moment.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
