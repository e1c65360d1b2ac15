using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Registry.Limits;
using Registry.Model;
using Registry.Storage;

namespace Registry.Intake;

/// <summary>The person's side: submit hashes, see where a case stands, withdraw it. No account; who holds the secret holds the case.</summary>
internal static class IntakeEndpoints
{
    private const long LongestBody = 8 * 1024 * 1024;

    /// <summary>The longest body that is read to its end and thrown away, so that a browser hears the reason rather than a broken connection.</summary>
    public const long LongestDiscarded = 32 * 1024 * 1024;

    private const string SecretHeader = "Withdrawal-Secret";
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, MaxDepth = 8 };

    public static void MapIntake(this WebApplication app)
    {
        app.MapGet("/api/about", About);
        var submissions = app.MapGroup("/api/submissions");
        submissions.MapPost("", Submit).RequireRateLimiting(RateLimits.Submissions);
        submissions.MapPut("/{number}", Put).RequireRateLimiting(RateLimits.Submissions);
        submissions.MapGet("/{number}", Find).RequireRateLimiting(RateLimits.Lookups);
        submissions.MapDelete("/{number}", Withdraw).RequireRateLimiting(RateLimits.Lookups);
    }

    /// <summary>What the page tells people before they send: who keeps the list, who reads it, and whether draft translations are shown.</summary>
    private static IResult About(MemberDirectory members, IOptions<RegistryOptions> options) => Results.Json(new
    {
        keeper = options.Value.Keeper,
        platforms = members.Platforms.Select(platform => platform.Name),
        drafts = options.Value.ShowDraftLanguages,
    });

    /// <summary>For clients that draw no codes of their own. If the answer is lost, so is the case: <see cref="Put"/> has no such gap.</summary>
    private static async Task<IResult> Submit(HttpRequest request, CaseStore cases, CancellationToken cancellationToken)
    {
        var (items, refusal) = await ReadAsync(request, cancellationToken);
        if (items is null) return refusal!;
        var (number, secret) = (ReadableCode.Create(ReadableCode.CaseLength), ReadableCode.Create(ReadableCode.SecretLength));
        cases.Put(number, CaseSecret.Of(secret).Digest, items);
        return Results.Json(new { @case = number, secret, items = items.Count }, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>
    /// Submits under a case number and a secret that the device has drawn. The number is what makes repeating safe: whoever gets no answer
    /// sends the same again, and holds both codes whether or not an answer ever comes.
    /// </summary>
    private static async Task<IResult> Put(
        string number, [FromHeader(Name = SecretHeader)] string? secret, HttpRequest request, CaseStore cases, CancellationToken cancellationToken)
    {
        var (@case, code) = (ReadableCode.Read(number, ReadableCode.CaseLength), ReadableCode.Read(secret, ReadableCode.SecretLength));
        var (items, refusal) = await ReadAsync(request, cancellationToken);
        if (@case.Length == 0 || code.Length == 0)
        {
            return Refuse(StatusCodes.Status400BadRequest,
                $"A case number has {ReadableCode.CaseLength} characters and a secret {ReadableCode.SecretLength}, in the header {SecretHeader}.");
        }
        if (items is null) return refusal!;
        var (outcome, held) = cases.Put(@case, CaseSecret.Of(code).Digest, items);
        return outcome switch
        {
            CasePutOutcome.Unknown => Unknown(),
            CasePutOutcome.Withdrawn => Refuse(StatusCodes.Status409Conflict, "This case has been withdrawn. Start a new one."),
            _ => Results.Json(new { @case, items = held },
                statusCode: outcome == CasePutOutcome.Opened ? StatusCodes.Status201Created : StatusCodes.Status200OK),
        };
    }

    /// <summary>The items of a submission, or why it is refused.</summary>
    private static async Task<(IReadOnlyList<SubmittedItem>? Items, IResult? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
            return (null, Refuse(StatusCodes.Status415UnsupportedMediaType, "A submission is sent as application/json."));
        SubmissionBody? body;
        try
        {
            if (request.ContentLength > LongestBody)
            {
                await request.Body.CopyToAsync(Stream.Null, cancellationToken);
                return (null, RefuseLong());
            }
            request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LongestBody;
            body = await JsonSerializer.DeserializeAsync<SubmissionBody>(request.Body, Strict, cancellationToken);
        }
        catch (JsonException malformed)
        {
            var why = $"The submission is not in the form that is expected (line {malformed.LineNumber + 1}).";
            return (null, Refuse(StatusCodes.Status400BadRequest, why));
        }
        catch (BadHttpRequestException tooLong) when (tooLong.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, RefuseLong());
        }
        if (body is null) return (null, Refuse(StatusCodes.Status400BadRequest, "The submission is empty."));
        return SubmissionRules.Read(body, out var refusal) is { } items ? (items, null) : (null, Refuse(StatusCodes.Status400BadRequest, refusal));
    }

    private static IResult Find(string number, [FromHeader(Name = SecretHeader)] string? secret, CaseStore cases, MemberDirectory members)
    {
        var found = cases.Find(ReadableCode.Read(number, ReadableCode.CaseLength), SecretOf(secret));
        return found is null
            ? Unknown()
            : Results.Json(new
            {
                @case = found.Number,
                state = found.Withdrawn ? "withdrawn" : "listed",
                submitted = WireTime.Format(found.Submitted),
                items = found.Items,
                platforms = members.Platforms.Select(platform => new
                {
                    name = platform.Name,
                    read = found.Readers.TryGetValue(platform.Id, out var at) ? WireTime.Format(at) : null,
                }),
            });
    }

    private static IResult Withdraw(string number, [FromHeader(Name = SecretHeader)] string? secret, CaseStore cases) =>
        cases.Withdraw(ReadableCode.Read(number, ReadableCode.CaseLength), SecretOf(secret)) ? Results.NoContent() : Unknown();

    private static CaseSecret SecretOf(string? secret) => CaseSecret.Of(ReadableCode.Read(secret, ReadableCode.SecretLength));

    private static IResult RefuseLong() => Refuse(
        StatusCodes.Status413PayloadTooLarge, $"A submission may be {LongestBody / (1024 * 1024)} MB long; send the items in several.");

    private static IResult Unknown() => Refuse(StatusCodes.Status404NotFound, "There is no case with this number and this secret.");

    private static IResult Refuse(int status, string why) => Results.Problem(why, statusCode: status);
}
