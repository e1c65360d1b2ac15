using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Registry.Sharing;
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
        var submissions = app.MapGroup("/api/submissions");
        submissions.MapPost("", Submit).RequireRateLimiting(RateLimits.Submissions);
        submissions.MapGet("/{number}", Find).RequireRateLimiting(RateLimits.Lookups);
        submissions.MapDelete("/{number}", Withdraw).RequireRateLimiting(RateLimits.Lookups);
    }

    private static async Task<IResult> Submit(HttpRequest request, CaseStore cases, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType()) return Refuse(StatusCodes.Status415UnsupportedMediaType, "A submission is sent as application/json.");
        SubmissionBody? body;
        try
        {
            if (request.ContentLength > LongestBody)
            {
                await request.Body.CopyToAsync(Stream.Null, cancellationToken);
                return RefuseLong();
            }
            request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LongestBody;
            body = await JsonSerializer.DeserializeAsync<SubmissionBody>(request.Body, Strict, cancellationToken);
        }
        catch (JsonException malformed)
        {
            return Refuse(StatusCodes.Status400BadRequest, $"The submission is not in the form that is expected (line {malformed.LineNumber + 1}).");
        }
        catch (BadHttpRequestException tooLong) when (tooLong.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return RefuseLong();
        }
        if (body is null) return Refuse(StatusCodes.Status400BadRequest, "The submission is empty.");
        if (SubmissionRules.Read(body, out var refusal) is not { } items) return Refuse(StatusCodes.Status400BadRequest, refusal);

        var (number, secret) = (ReadableCode.Create(ReadableCode.CaseLength), ReadableCode.Create(ReadableCode.SecretLength));
        cases.Add(number, Digest(secret), items);
        return Results.Json(new { @case = number, secret, items = items.Count }, statusCode: StatusCodes.Status201Created);
    }

    private static IResult Find(string number, [FromHeader(Name = SecretHeader)] string? secret, CaseStore cases)
    {
        var found = cases.Find(ReadableCode.Read(number, ReadableCode.CaseLength), DigestOf(secret));
        return found is null
            ? Unknown()
            : Results.Json(new
            {
                @case = found.Number,
                state = found.Withdrawn ? "withdrawn" : "listed",
                submitted = WireTime.Format(found.Submitted),
                items = found.Items,
            });
    }

    private static IResult Withdraw(string number, [FromHeader(Name = SecretHeader)] string? secret, CaseStore cases) =>
        cases.Withdraw(ReadableCode.Read(number, ReadableCode.CaseLength), DigestOf(secret)) ? Results.NoContent() : Unknown();

    private static byte[] DigestOf(string? secret) => Digest(ReadableCode.Read(secret, ReadableCode.SecretLength));

    private static byte[] Digest(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    private static IResult RefuseLong() => Refuse(
        StatusCodes.Status413PayloadTooLarge, $"A submission may be {LongestBody / (1024 * 1024)} MB long; send the items in several.");

    private static IResult Unknown() => Refuse(StatusCodes.Status404NotFound, "There is no case with this number and this secret.");

    private static IResult Refuse(int status, string why) => Results.Problem(why, statusCode: status);
}
